/// How well a model predicts a text: the exponential of its mean negative log-likelihood a token.
public struct Perplexity: Sendable, Equatable {
    /// 1 at best; a model that knows nothing has its vocabulary's size.
    public var value: Double
    /// Of the value, from the spread of the tokens' log-likelihoods.
    public var standardError: Double
    /// Tokens that were predicted.
    public var scoredTokens: Int
    /// Tokens of the text.
    public var tokens: Int
    /// Tokens of a chunk.
    public var chunkLength: Int

    /// The losses' sum and the sum of their squares.
    struct Sums {
        var count = 0
        var loss = 0.0
        var squares = 0.0

        mutating func add(_ value: Double) {
            count += 1
            loss += value
            squares += value * value
        }

        func perplexity(tokens: Int, chunkLength: Int) -> Perplexity {
            let mean = loss / Double(count)
            let value = exponential(mean)
            let variance = max(0, squares / Double(count) - mean * mean)
            return Perplexity(
                value: value, standardError: value * (variance / Double(max(1, count - 1))).squareRoot(),
                scoredTokens: count, tokens: tokens, chunkLength: chunkLength)
        }
    }
}
