/// Whether a backend guesses tokens and checks several in one pass. The text doesn't depend on it.
public enum SpeculationMode: String, Sendable, Equatable, CaseIterable, Codable {
    case off
    /// Guesses from what the prompt and the answer said before.
    case lookup
    /// Guesses by a smaller model too, where the backend was given one with the same vocabulary (``DraftTaking``).
    case draft
}

/// What guesses brought so far in one answer.
public struct SpeculationFigures: Sendable, Equatable {
    /// Tokens that were guessed and checked.
    public var drafted: Int
    /// The part of them that the model chose too.
    public var accepted: Int
    /// Passes of the model after the prompt.
    public var passes: Int
    /// Tokens that those passes gave.
    public var tokens: Int
    /// Tokens a second relative to one token a pass: an estimate from this answer's own single-token passes.
    public var estimatedSpeedup: Double?
    /// Text of the latest guesses that were wrong; empty if the latest were right.
    public var rejectedText: String

    public init(
        drafted: Int, accepted: Int, passes: Int, tokens: Int, estimatedSpeedup: Double? = nil,
        rejectedText: String = ""
    ) {
        self.drafted = drafted
        self.accepted = accepted
        self.passes = passes
        self.tokens = tokens
        self.estimatedSpeedup = estimatedSpeedup
        self.rejectedText = rejectedText
    }

    public var rejected: Int { drafted - accepted }
    public var tokensPerPass: Double { passes > 0 ? Double(tokens) / Double(passes) : 0 }
}

/// A backend that can have another one guess for it.
public protocol DraftTaking: ChatBackend {
    /// Has another backend's model guess from the next answer on; nil for nobody.
    /// - Returns: whether it can.
    @discardableResult
    func take(draftFrom other: (any ChatBackend)?) -> Bool
}
