import Chat

/// Tokens that an answer took.
struct Usage: Encodable, Equatable {
    struct PromptDetails: Encodable, Equatable {
        var cachedTokens: Int
    }

    var promptTokens: Int
    var completionTokens: Int
    var totalTokens: Int
    var promptTokensDetails: PromptDetails

    init(_ metrics: Metrics) {
        promptTokens = metrics.promptTokens ?? 0
        completionTokens = metrics.generatedTokens
        totalTokens = promptTokens + completionTokens
        promptTokensDetails = PromptDetails(cachedTokens: metrics.cachedTokens ?? 0)
    }
}

/// Times of an answer by the server's clock, under the names that llama-server gives them. Waiting for a slot is no part
/// of them.
struct Timings: Encodable, Equatable {
    /// Prompt tokens that were in the cache.
    var cacheN: Int
    /// Prompt tokens that were computed, and in what time; up to the first token of the answer.
    var promptN: Int
    var promptMs: Double
    var promptPerSecond: Double
    /// Tokens of the answer; the time is from the first one to the last.
    var predictedN: Int
    var predictedMs: Double
    var predictedPerSecond: Double

    init(_ metrics: Metrics) {
        cacheN = metrics.cachedTokens ?? 0
        promptN = metrics.computedTokens ?? 0
        promptMs = (metrics.prefillDuration ?? .zero) / .milliseconds(1)
        promptPerSecond = metrics.prefillTokensPerSecond ?? 0
        predictedN = metrics.generatedTokens
        predictedMs = ((metrics.timeToLastToken ?? .zero) - (metrics.timeToFirstToken ?? .zero)) / .milliseconds(1)
        predictedPerSecond = metrics.decodeTokensPerSecond ?? 0
    }
}
