import Chat

/// Names one task that was started.
public struct TaskID: Sendable, Equatable, Hashable {
    public let number: Int

    public init(_ number: Int) { self.number = number }
}

/// A task to do with the panes' models: what the command of the same name does, with the same words.
public struct TaskRequest: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case classify, extract, retrieve, distill, cascade, ladder, advise

        /// Whether several sides answer the same examples, so that they can disagree or be wrong.
        var hasAnswersToCompare: Bool {
            switch self {
            case .classify, .extract, .distill, .cascade, .advise: true
            case .retrieve, .ladder: false
            }
        }
    }

    /// One model that takes part.
    public struct Side: Sendable, Equatable {
        public var pane: PaneID
        public var role: PaneRole?
        /// MODEL as on the command line.
        public var model: String

        public init(pane: PaneID, role: PaneRole?, model: String) {
            self.pane = pane
            self.role = role
            self.model = model
        }
    }

    public var kind: Kind
    /// What was filled in, by the name of its ``WorkflowField``; a field that was left empty isn't there. Each is what
    /// its field's rule allows, files unread.
    public var arguments: [String: String]
    /// The small model first, the large one last; at least one.
    public var sides: [Side]

    public init(kind: Kind, arguments: [String: String], sides: [Side]) {
        self.kind = kind
        self.arguments = arguments
        self.sides = sides
    }
}
