import EngineTestSupport
import Foundation
import Synchronization
import Testing

@testable import InferenceCore

/// What the tests of this folder share: recorded outputs, real tokenizers, small vocabularies.
enum TokenizerFixtures {
    /// Recorded from llama.cpp: `References/<model id>.json`.
    struct Reference: Decodable {
        struct Text: Decodable {
            var text: String
            var ids: [TokenID]
            var idsParsingSpecial: [TokenID]

            enum CodingKeys: String, CodingKey {
                case text, ids
                case idsParsingSpecial = "ids_parse_special"
            }
        }

        var tokenize: [Text]
    }

    /// Recorded from llama.cpp: hard texts, and their tokens by model.
    struct Texts: Decodable {
        struct Tokens: Decodable {
            var ids: [[TokenID]]
            var idsParsingSpecial: [[TokenID]]

            enum CodingKeys: String, CodingKey {
                case ids
                case idsParsingSpecial = "ids_parse_special"
            }
        }

        var texts: [String]
        var models: [String: Tokens]
    }

    /// Made with Python's `regex` from the published expressions: how many bytes each word of each text has.
    struct Words: Decodable {
        var texts: [String]
        var lengths: [String: [[Int]]]
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        let folder = try #require(Bundle.module.url(forResource: "References", withExtension: nil))
        return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
    }

    /// Those of real models that are open: without optimisation, making their tables takes a second.
    private static let tokenizers = Mutex<[String: Tokenizer]>([:])

    /// The tokenizer of a model of the catalog, or nil if that isn't here.
    static func tokenizer(_ id: String) throws -> Tokenizer? {
        guard let path = try RealModel.path(id) else { return nil }
        return try tokenizers.withLock { open in
            if let tokenizer = open[id] { return tokenizer }
            let tokenizer = try Tokenizer(metadata: GGUFFile(path: path).metadata)
            open[id] = tokenizer
            return tokenizer
        }
    }

    /// A SentencePiece vocabulary: `<unk>`, `<s>`, `</s>`, the byte tokens, then the given pieces.
    static func sentencePiece(_ pieces: [(text: String, score: Double)]) -> VocabularyContents {
        let controls = ["<unk>", "<s>", "</s>"]
        let bytes = (0...UInt8.max).map { String(decoding: ByteToken.name($0), as: UTF8.self) }
        var contents = VocabularyContents()
        contents.file = "test.gguf"
        contents.model = "llama"
        contents.tokens = PackedStrings(controls + bytes + pieces.map(\.text))
        contents.tokenTypes = [2, 3, 3] + bytes.map { _ in 6 } + pieces.map { _ in 1 }
        contents.scores = [Double](repeating: 0, count: controls.count + bytes.count) + pieces.map(\.score)
        return contents
    }

    /// A byte-pair vocabulary: all bytes, then what the merges make, then control tokens.
    static func bytePair(merges: [String], controls: [String] = []) -> VocabularyContents {
        let made = merges.map { $0.replacing(" ", with: "") }
        var contents = VocabularyContents()
        contents.file = "test.gguf"
        contents.model = "gpt2"
        contents.pretokenizer = "gpt-2"
        contents.tokens = PackedStrings(TinyVocabulary.byteCharacters + made + controls)
        contents.tokenTypes =
            [Int](repeating: 1, count: 256 + made.count) + [Int](repeating: 3, count: controls.count)
        contents.merges = .names(PackedStrings(merges))
        return contents
    }
}

extension PackedStrings {
    init(_ strings: [String]) {
        self.init(reservingCount: strings.count)
        for string in strings { Array(string.utf8).withUnsafeBytes { append($0) } }
    }
}
