/// What a server says of an answer by its own counters and its own clock. Nil where it doesn't say.
public struct ServerReport: Sendable, Equatable {
    /// All tokens of the prompt.
    public var promptTokens: Int?
    /// The part of them that the server didn't compute again.
    public var cachedTokens: Int?
    /// All tokens of the answer, those of its reasoning among them.
    public var completionTokens: Int?
    /// The part of the answer that is reasoning.
    public var reasoningTokens: Int?
    /// How long the server computed the prompt.
    public var prefill: Duration?
    /// Prompt tokens that it computed in that time.
    public var prefillTokens: Int?
    /// How long it generated.
    public var decode: Duration?
    /// Tokens that it generated in that time.
    public var decodeTokens: Int?
    /// How long it loaded the model for this request.
    public var load: Duration?

    public init(
        promptTokens: Int? = nil, cachedTokens: Int? = nil, completionTokens: Int? = nil, reasoningTokens: Int? = nil,
        prefill: Duration? = nil, prefillTokens: Int? = nil, decode: Duration? = nil, decodeTokens: Int? = nil,
        load: Duration? = nil
    ) {
        self.promptTokens = promptTokens
        self.cachedTokens = cachedTokens
        self.completionTokens = completionTokens
        self.reasoningTokens = reasoningTokens
        self.prefill = prefill
        self.prefillTokens = prefillTokens
        self.decode = decode
        self.decodeTokens = decodeTokens
        self.load = load
    }

    /// Whether it says nothing at all.
    public var isEmpty: Bool { self == ServerReport() }

    /// By the server's clock.
    public var prefillTokensPerSecond: Double? { Self.rate(prefillTokens, prefill) }

    /// By the server's clock.
    public var decodeTokensPerSecond: Double? { Self.rate(decodeTokens, decode) }

    private static func rate(_ tokens: Int?, _ time: Duration?) -> Double? {
        guard let tokens, tokens > 0, let seconds = time?.inSeconds, seconds > 0 else { return nil }
        return Double(tokens) / seconds
    }

    /// Takes what another report knows; where both know something, the other one's stands.
    public mutating func merge(_ other: ServerReport) {
        promptTokens = other.promptTokens ?? promptTokens
        cachedTokens = other.cachedTokens ?? cachedTokens
        completionTokens = other.completionTokens ?? completionTokens
        reasoningTokens = other.reasoningTokens ?? reasoningTokens
        prefill = other.prefill ?? prefill
        prefillTokens = other.prefillTokens ?? prefillTokens
        decode = other.decode ?? decode
        decodeTokens = other.decodeTokens ?? decodeTokens
        load = other.load ?? load
    }
}
