import Foundation
import Testing

/// What llama.cpp answered for one model; recorded once, in `References/`.
struct Reference: Decodable {
    struct Tokenization: Decodable {
        var text: String
        var ids: [Int32]
        var idsParseSpecial: [Int32]
    }

    struct Chat: Decodable {
        struct Message: Decodable {
            var role: String
            var content: String
        }
        var messages: [Message]
        var prompt: String
    }

    struct Completion: Decodable {
        struct Step: Decodable {
            var id: Int32
            /// Natural logarithm of the probability of `id`.
            var logprob: Double
            /// The ten likeliest, as [id, logprob].
            var top: [[Double]]
        }
        var prompt: String
        var text: String
        var promptTokens: Int
        var steps: [Step]
    }

    var tokenize: [Tokenization]
    var chat: [Chat]
    var complete: [Completion]

    /// The reference of one model of the catalog.
    static func named(_ name: String) throws -> Reference {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "References"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Reference.self, from: Data(contentsOf: url))
    }
}
