import Chat

/// What `run --json` writes.
struct RunDocument: JSONDocument {
    /// One sampled token.
    struct Step: Codable, Sendable, Equatable {
        var id: Int?
        var text: String
        /// "reasoning" for what the model thinks before it answers; missing for tokens of the answer.
        var channel: ChatToken.Channel?
        /// Whether it may be several tokens, sent at once by a server; missing where it is one.
        var chunk: Bool?
        /// Natural logarithm, of the model's own distribution.
        var logprob: Double?
        /// Of the model's own distribution, in nats; missing unless `--logprobs` asked for alternatives.
        var entropy: Double?
        /// Whether it had been guessed; missing where nothing was to be.
        var drafted: Bool?
        /// The likeliest tokens at this step, likeliest first, as many as `--logprobs` asked for.
        var top: [ChatToken.Alternative]
    }

    var schema = 1
    var model: String
    var prompt: String
    var text: String
    /// What the model thought before it answered; missing where it didn't.
    var reasoning: String?
    /// Missing where a server doesn't say.
    var promptTokens: Int?
    /// Missing where the answer failed.
    var finish: FinishReason?
    /// Why the answer isn't whole.
    var error: String?
    /// What else the reader should know, such as that the model has no chat template.
    var notes: [String]
    var steps: [Step]
    var metrics: MetricsDocument
}
