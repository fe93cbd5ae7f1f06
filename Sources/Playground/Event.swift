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
    /// The answer to ``Effect/listModels``.
    case modelsListed([ModelListing])
    /// Why the models can't be listed, on one line.
    case modelsUnlisted(String)
    /// What became of the pull of a catalog entry.
    case pull(CatalogEntry.ID, PullEvent)
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
