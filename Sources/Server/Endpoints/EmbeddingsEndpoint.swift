import Chat
import Foundation

extension Route {
    /// `POST /v1/embeddings`: vectors of texts.
    static let embeddings = Route(method: "POST", path: "/embeddings") { request, service, exchange in
        let wanted = try WireJSON.decode(EmbeddingRequest.self, from: request.body)
        let entry = try service.entry(named: wanted.model)
        guard case .embedding(let encoder) = entry.model.work else {
            throw APIError.invalid(
                "\(entry.model.id) answers, it makes no vectors of texts; serve a sentence encoder such as "
                    + "all-MiniLM-L6-v2 for that.", param: "model", code: "model_not_capable")
        }
        await exchange.note { $0.model = entry.model.id }
        let texts = try wanted.texts(dimensions: encoder.dimensions)
        let isBase64 = try wanted.isBase64()
        try await entry.slots.withSlot(for: []) { _ in
            var vectors: [TextVector] = []
            for text in texts {
                try Task.checkCancellation()
                vectors.append(try await encoder.embed(text))
            }
            let document = EmbeddingList(vectors, model: entry.model.id, isBase64: isBase64)
            await exchange.note { $0.promptTokens = document.usage.promptTokens }
            try await exchange.send(HTTPResponse(json: document))
            return []
        }
    }
}

private struct EmbeddingList: Encodable {
    struct Embedding: Encodable {
        var object = "embedding"
        var index: Int
        var embedding: Components
    }

    /// A vector as numbers, or as the Base64 of its little-endian floats.
    enum Components: Encodable {
        case numbers([Float])
        case base64(String)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .numbers(let numbers): try container.encode(numbers)
            case .base64(let text): try container.encode(text)
            }
        }
    }

    struct Usage: Encodable {
        var promptTokens: Int
        var totalTokens: Int
    }

    var object = "list"
    var data: [Embedding]
    var model: String
    var usage: Usage

    init(_ vectors: [TextVector], model: String, isBase64: Bool) {
        data = vectors.enumerated().map { index, vector in
            Embedding(
                index: index,
                embedding: isBase64 ? .base64(Self.base64(vector.components)) : .numbers(vector.components))
        }
        self.model = model
        let tokens = vectors.reduce(0) { $0 + $1.tokens }
        usage = Usage(promptTokens: tokens, totalTokens: tokens)
    }

    private static func base64(_ components: [Float]) -> String {
        components.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }.base64EncodedString()
    }
}
