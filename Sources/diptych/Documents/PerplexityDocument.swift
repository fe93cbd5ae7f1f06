import Foundation
import InferenceCore

/// What `perplexity --json` writes.
struct PerplexityDocument: JSONDocument {
    var schema = 1
    let model: String
    let perplexity: Double
    let standardError: Double
    let scoredTokens: Int
    let tokens: Int
    let chunkLength: Int

    init(model: String, _ result: Perplexity) {
        self.model = model
        perplexity = result.value
        standardError = result.standardError
        scoredTokens = result.scoredTokens
        tokens = result.tokens
        chunkLength = result.chunkLength
    }

    /// The document for people.
    var text: String {
        let chunks = tokens / chunkLength
        return "perplexity \(Self.figures(perplexity, standardError)), "
            + "\(scoredTokens) tokens scored in \(chunks) \(chunks == 1 ? "chunk" : "chunks") of \(chunkLength)\n"
    }

    static func figures(_ result: Perplexity) -> String { figures(result.value, result.standardError) }

    private static func figures(_ value: Double, _ error: Double) -> String {
        String(format: "%.4f ± %.4f", value, error)
    }
}
