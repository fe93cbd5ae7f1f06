import Chat
import Reports

/// Something that the program is asked to do. Data only; what comes of it returns as events.
public enum Effect: Sendable, Equatable {
    // Models.

    /// Opens a model for a pane, in place of the one that the pane has. Answered with ``Event/load(_:_:)``.
    case load(LoadRequest)
    /// Lets go of a pane's model, since the pane is gone.
    case close(PaneID)
    /// Answered with ``Event/modelsListed(_:)``.
    case listModels
    /// Fetches a catalog entry, or goes on where an earlier pull stopped. Answered with ``Event/pull(_:_:)``.
    case pull(CatalogEntry.ID)
    /// Answered with ``PullEvent/cancelled``; what was fetched is kept for later.
    case cancelPull(CatalogEntry.ID)

    // Runs.

    /// Answers a request with the pane's model. Answered with ``Event/run(_:_:)``.
    case generate(RunRequest)
    /// Stops a run within one token. Nothing more is expected of it; events still on their way are dropped.
    case cancel(RunID)
    /// Makes a pane's prompt without computing it. Answered with ``Event/rendered(_:_:)``.
    case render(PaneID, ChatRequest)
    /// Finds out whether answers can be held to a constraint. Answered with ``Event/checked(_:fault:)``.
    case check(AnswerConstraint)
    /// Leads a pane's model through an answer. Answered with ``Event/follow(_:_:)``; stopped by ``cancel(_:)``.
    case follow(FollowRequest)

    // Tasks.

    /// Does a task with the panes' models, or goes on with it where the same task was stopped earlier. Answered with
    /// ``Event/task(_:_:)``. While it runs, nothing else is asked of the models.
    case runTask(TaskID, TaskRequest)
    /// Stops a task within one example, and keeps what it has done. Nothing more is expected of it; events still on their
    /// way are dropped.
    case cancelTask(TaskID)

    // Files and the world outside.

    /// Reads the prompts of earlier times and the prompt library. Answered with ``Event/libraryRead(history:starters:)``.
    case readPromptLibrary
    /// Adds a prompt to those of earlier times.
    case remember(String)
    /// Answered with ``Event/fileRead(_:_:)``.
    case readFile(String)
    /// Answered with ``Event/fileWritten(_:)``.
    case writeFile(path: String, text: String)
    /// Opens the user's editor with a text. Answered with ``Event/edited(_:)``.
    case editExternally(String)
    /// Puts a text on the clipboard of the terminal's machine. Answered with ``Event/copied(_:)``.
    case copy(String)
    /// Keeps the recorded conversation in another file. Answered with ``Event/fileWritten(_:)``.
    case saveSession(path: String)
    /// Reads a recorded conversation. Answered with ``Event/sessionRead(_:)``.
    case loadSession(path: String)
    /// Writes the recorded conversation in a format that the path's ending names. Answered with
    /// ``Event/fileWritten(_:)``.
    case exportSession(path: String)
    /// Keeps a vote with the conversation.
    case recordVote(Vote)

    // The terminal.

    /// Listens to the mouse, or leaves it to the terminal.
    case listenToMouse(Bool)
    /// Gives the terminal back to the shell until the program is continued.
    case suspend
    /// Draws every cell anew, whatever the terminal is thought to show.
    case redraw
    case exit
}

/// A model to open.
public struct LoadRequest: Sendable, Equatable {
    public var id: LoadID
    public var pane: PaneID
    public var role: PaneRole?
    /// MODEL as on the command line: a path, a catalog entry's id, a name of the configuration.
    public var model: String
    /// What the pane is set to; its context length is the one to open the model with.
    public var settings: PaneSettings

    public init(
        id: LoadID, pane: PaneID, role: PaneRole? = nil, model: String, settings: PaneSettings = PaneSettings()
    ) {
        self.id = id
        self.pane = pane
        self.role = role
        self.model = model
        self.settings = settings
    }
}

/// A conversation to answer.
public struct RunRequest: Sendable, Equatable {
    public var id: RunID
    public var pane: PaneID
    /// Names what the user did: runs that one action started share it.
    public var action: Int
    public var kind: Turn.Kind
    /// What the user wrote.
    public var prompt: String
    public var chat: ChatRequest
    /// The pane whose model guesses for this one; nil for nobody.
    public var draftPane: PaneID?
    /// Whether other runs share the machine with this one.
    public var isConcurrent: Bool

    public init(
        id: RunID, pane: PaneID, action: Int = 0, kind: Turn.Kind = .answer, prompt: String = "", chat: ChatRequest,
        draftPane: PaneID? = nil, isConcurrent: Bool = false
    ) {
        self.id = id
        self.pane = pane
        self.action = action
        self.kind = kind
        self.prompt = prompt
        self.chat = chat
        self.draftPane = draftPane
        self.isConcurrent = isConcurrent
    }
}

/// An answer that another model is led through.
public struct FollowRequest: Sendable, Equatable {
    public var id: RunID
    /// Whose model is led.
    public var follower: PaneID
    /// Whose model gave the answer.
    public var leader: PaneID
    /// What was asked, as the follower is to see it.
    public var chat: ChatRequest
    /// The answer in the leader's tokens, and as text for a follower with another vocabulary.
    public var tokens: AnswerText?
    public var text: String
}
