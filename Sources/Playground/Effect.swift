import Chat
import Reports

/// Something that the program is asked to do. Data only; what comes of it returns as events.
public enum Effect: Sendable, Equatable {
    /// Opens a model for a pane, in place of the one that the pane has. Answered with ``Event/load(_:_:)``.
    case load(LoadRequest)
    /// Answers a request with the pane's model. Answered with ``Event/run(_:_:)``.
    case generate(RunRequest)
    /// Stops a run within one token. Nothing more is expected of it; events still on their way are dropped.
    case cancel(RunID)
    /// Answered with ``Event/modelsListed(_:)``.
    case listModels
    /// Fetches a catalog entry, or goes on where an earlier pull stopped. Answered with ``Event/pull(_:_:)``.
    case pull(CatalogEntry.ID)
    /// Answered with ``PullEvent/cancelled``; what was fetched is kept for later.
    case cancelPull(CatalogEntry.ID)
    /// Gives the terminal back to the shell until the program is continued.
    case suspend
    /// Draws every cell anew, whatever the terminal is thought to show.
    case redraw
    case exit
}

/// A model to open.
public struct LoadRequest: Sendable, Equatable {
    public var id: LoadID
    /// Index of the pane.
    public var pane: Int
    /// MODEL as on the command line: a path, a catalog entry's id, a name of the configuration.
    public var model: String
    /// Tokens of context; nil is the program's default for this model.
    public var contextLength: Int?

    public init(id: LoadID, pane: Int, model: String, contextLength: Int? = nil) {
        self.id = id
        self.pane = pane
        self.model = model
        self.contextLength = contextLength
    }
}

/// A conversation to answer.
public struct RunRequest: Sendable, Equatable {
    public var id: RunID
    /// Index of the pane.
    public var pane: Int
    public var chat: ChatRequest
    /// Index of the pane whose model guesses for this one; nil for nobody.
    public var draftPane: Int?

    public init(id: RunID, pane: Int, chat: ChatRequest, draftPane: Int? = nil) {
        self.id = id
        self.pane = pane
        self.chat = chat
        self.draftPane = draftPane
    }
}
