import Foundation

/// What `GET /models` answers, with the facts that servers add to the protocol.
struct ModelList: Decodable {
    struct Model: Decodable {
        struct Meta: Decodable {
            /// Tokens of context of a conversation.
            var nCtx: Int?
            /// Tokens of context that the model was trained for.
            var nCtxTrain: Int?
            var nParams: Int?
            /// Bytes.
            var size: Int?
            /// The weights' format.
            var ftype: String?
        }

        var id: String
        var ownedBy: String?
        /// vLLM, SGLang.
        var maxModelLen: Int?
        /// OpenRouter, LM Studio, Groq.
        var contextLength: Int?
        var maxContextLength: Int?
        var loadedContextLength: Int?
        var contextWindow: Int?
        /// llama.cpp and diptych.
        var meta: Meta?
        /// LM Studio.
        var arch: String?
        var quantization: String?

        enum CodingKeys: String, CodingKey {
            case id, ownedBy, maxModelLen, contextLength, maxContextLength, loadedContextLength, contextWindow, meta
            case arch, quantization
        }

        /// A fact of the wrong type is none: it isn't part of the protocol.
        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            id = try fields.decode(String.self, forKey: .id)
            func fact<Fact: Decodable>(_ key: CodingKeys) -> Fact? {
                (try? fields.decodeIfPresent(Fact.self, forKey: key)).flatMap { $0 }
            }
            ownedBy = fact(.ownedBy)
            maxModelLen = fact(.maxModelLen)
            contextLength = fact(.contextLength)
            maxContextLength = fact(.maxContextLength)
            loadedContextLength = fact(.loadedContextLength)
            contextWindow = fact(.contextWindow)
            meta = fact(.meta)
            arch = fact(.arch)
            quantization = fact(.quantization)
        }

        /// What to show: llama.cpp's names are paths.
        var title: String {
            guard id.hasPrefix("/"), let last = id.split(separator: "/").last else { return id }
            return String(last)
        }

        /// Tokens of context, by whoever is nearest to the truth about a single conversation.
        var context: Int? {
            let known = [
                meta?.nCtx, loadedContextLength, maxModelLen, contextLength, contextWindow, maxContextLength,
                meta?.nCtxTrain,
            ]
            return known.compactMap { $0 }.first { $0 > 0 }
        }
    }

    var data: [Model]

    init(json: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(json))
    }

    /// The model of this name. Ollama leaves a tag out that is "latest".
    func model(named name: String) -> Model? {
        data.first { $0.id == name } ?? data.first { $0.id == name + ":latest" }
    }
}
