/// A backend that can say how likely each of some answers is to it, without giving one.
public protocol ChoiceScoring: ChatBackend {
    /// Scores answers to a request's last message. What earlier calls computed of the same beginning isn't computed again.
    /// Ending the task cancels it.
    /// - Parameters:
    ///   - choices: whole answers; different ones, and none empty.
    ///   - request: what is asked. Sampling, limits and constraint have no part in it.
    /// - Throws: what ``ChatBackend/respond(to:)`` throws, and `CancellationError`.
    func score(choices: [String], for request: ChatRequest) async throws -> ChoiceScores
}

/// How likely some answers are to a model.
public struct ChoiceScores: Sendable, Equatable, Codable {
    /// Natural logarithm of each choice's probability: the sum over its tokens, in the model's own distribution. [choices]
    public var logprobs: [Double]
    /// How many tokens each choice has. [choices]
    public var tokenCounts: [Int]
    public var promptTokens: Int
    /// Of those, what was in the KV cache.
    public var cachedTokens: Int

    public init(logprobs: [Double], tokenCounts: [Int], promptTokens: Int, cachedTokens: Int) {
        self.logprobs = logprobs
        self.tokenCounts = tokenCounts
        self.promptTokens = promptTokens
        self.cachedTokens = cachedTokens
    }

    /// The probability of each choice, given that it is one of them. [choices]
    public var probabilities: [Double] { Self.normalized(logprobs) }

    /// Probabilities that are proportional to the exponentials of some logarithms. Sums to 1.
    public static func normalized(_ logprobs: [Double]) -> [Double] {
        guard let largest = logprobs.max(), largest > -.infinity else {
            return logprobs.map { _ in 1 / Double(max(1, logprobs.count)) }
        }
        let shares = logprobs.map { ($0 - largest).asProbability }
        let sum = shares.reduce(0, +)
        return shares.map { $0 / sum }
    }
}
