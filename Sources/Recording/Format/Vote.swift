/// Somebody judged the answers to a prompt without knowing whose they were.
public struct Vote: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        /// The pane with this number answered better.
        case won(pane: Int)
        case tie
        case bothBad
    }

    public var prompt: String
    /// The numbers of the panes that were judged, in the order they were shown in.
    public var panes: [Int]
    public var outcome: Outcome
    /// From the start of the session.
    public var at: Duration

    public init(prompt: String, panes: [Int], outcome: Outcome, at: Duration) {
        self.prompt = prompt
        self.panes = panes
        self.outcome = outcome
        self.at = at
    }
}

/// Something that is to be remembered with the session.
public struct Remark: Sendable, Equatable {
    public var text: String
    /// From the start of the session.
    public var at: Duration

    public init(text: String, at: Duration) {
        self.text = text
        self.at = at
    }
}
