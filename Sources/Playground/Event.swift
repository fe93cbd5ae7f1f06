import Chat
import Reports
import Screen

/// Everything that can happen to the playground.
public enum Event: Sendable, Equatable {
    /// The first event, once.
    case started
    case input(InputEvent)
    case load(LoadID, LoadEvent)
    case run(RunID, RunEvent)
    /// The answer to ``Effect/render(_:_:)``.
    case rendered(PaneID, Outcome<RenderedPrompt>)
    /// The answer to ``Effect/check(_:)``: why no answer can be held to it, on one line; nil where one can.
    case checked(AnswerConstraint, fault: String?)
    case follow(RunID, FollowEvent)
    /// The answer to ``Effect/listModels``.
    case modelsListed([ModelListing])
    /// Why the models can't be listed, on one line.
    case modelsUnlisted(String)
    /// What became of the pull of a catalog entry.
    case pull(CatalogEntry.ID, PullEvent)
    /// The answer to ``Effect/readPromptLibrary``: prompts of earlier times, oldest first, and those to start from.
    case libraryRead(history: [String], starters: [StarterPrompt])
    /// The text of a file, or why it can't be had.
    case fileRead(String, Outcome<String>)
    /// The path that was written, or why it wasn't.
    case fileWritten(Outcome<String>)
    /// What the user's editor left, or why there is no such text.
    case edited(Outcome<String>)
    /// How many characters were handed to the terminal, or why none were.
    case copied(Outcome<Int>)
    /// The answer to ``Effect/loadSession(path:)``.
    case sessionRead(Outcome<EarlierSession>)
    /// What a recorded conversation did next.
    case replay(ReplayAction)
    /// What became of ``Effect/runTask(_:_:)``.
    case task(TaskID, TaskEvent)
    /// Something that the user should know and that nobody asked for.
    case warned(String)
}

/// What came of something that can fail.
public enum Outcome<Value: Sendable & Equatable>: Sendable, Equatable {
    case success(Value)
    /// What was wrong and what to do, on one line.
    case failure(String)
}

/// What becomes of ``Effect/load(_:)``.
public enum LoadEvent: Sendable, Equatable {
    /// The part that is done, from 0 to 1; nil where it can't be known.
    case progress(Double?)
    case ready(ModelProfile, MemoryUse?)
    /// What was wrong and what to do, on one line.
    case failed(String)
}

/// What becomes of ``Effect/generate(_:)``.
public enum RunEvent: Sendable, Equatable {
    case chat(ChatEvent)
    /// What was wrong and what to do, on one line.
    case failed(String)
    /// The stream has ended; needed only where no ``ChatEvent/finished(_:at:)`` came before.
    case ended
}

/// What becomes of ``Effect/follow(_:)``.
public enum FollowEvent: Sendable, Equatable {
    case scoring(ScoringEvent)
    /// What was wrong and what to do, on one line.
    case failed(String)
    case ended
}

/// What becomes of ``Effect/pull(_:)``.
public enum PullEvent: Sendable, Equatable {
    case progress(PullProgress)
    /// All bytes are here and their SHA-256 is being computed.
    case verifying
    /// The file is whole and has its name.
    case finished
    /// What was wrong and what to do, on one line.
    case failed(String)
    case cancelled
}

/// What becomes of ``Effect/runTask(_:_:)``.
public enum TaskEvent: Sendable, Equatable {
    /// The first one is ``TaskUpdate/began(_:)``; ``TaskUpdate/finished(_:)``, with the report, is the last event.
    case update(TaskUpdate)
    /// What was wrong and what to do, on one line. The last event.
    case failed(String)
    /// The task has ended without a report; needed only where it was stopped by something else than
    /// ``Effect/cancelTask(_:)``. The last event.
    case ended
}

/// How far a pull is.
public struct PullProgress: Sendable, Equatable {
    /// Bytes in the file, those of earlier attempts among them.
    public var received: Int
    public var total: Int
    public var bytesPerSecond: Double?
    public var timeLeft: Duration?

    public init(received: Int, total: Int, bytesPerSecond: Double? = nil, timeLeft: Duration? = nil) {
        self.received = received
        self.total = total
        self.bytesPerSecond = bytesPerSecond
        self.timeLeft = timeLeft
    }

    /// From 0 to 1.
    var fraction: Double { total > 0 ? min(1, max(0, Double(received) / Double(total))) : 0 }
}

/// A prompt to start from.
public struct StarterPrompt: Sendable, Equatable {
    /// What it is good for, such as "summarise".
    public var task: String
    public var title: String
    /// What to fill in stands in double braces, such as "{{text}}".
    public var text: String

    public init(task: String, title: String, text: String) {
        self.task = task
        self.title = title
        self.text = text
    }
}

/// A conversation of an earlier time.
public struct EarlierSession: Sendable, Equatable {
    /// The conversation of one pane.
    public struct Side: Sendable, Equatable {
        public var role: PaneRole?
        /// MODEL as on the command line.
        public var model: String
        /// Prompts with the answers to them, oldest first.
        public var exchanges: [Exchange]

        public init(role: PaneRole?, model: String, exchanges: [Exchange]) {
            self.role = role
            self.model = model
            self.exchanges = exchanges
        }
    }

    public struct Exchange: Sendable, Equatable {
        public var prompt: String
        public var events: [ChatEvent]
        public var profile: ModelProfile

        public init(prompt: String, events: [ChatEvent], profile: ModelProfile) {
            self.prompt = prompt
            self.events = events
            self.profile = profile
        }
    }

    public var sides: [Side]

    public init(sides: [Side]) { self.sides = sides }
}
