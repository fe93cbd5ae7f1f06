/// What happens while a folder is indexed, in order.
public enum IndexingEvent: Sendable, Equatable {
    /// What the folder holds, before anything is read.
    case found(files: Int)
    /// Files looked at so far.
    case reading(done: Int, of: Int)
    /// Tokens whose vectors are computed so far, of those that need it.
    case embedding(done: Int, of: Int, passages: Int)
    /// The file is being written.
    case writing
    /// The last event.
    case finished(IndexSummary)
}

/// What an index holds, and what it took to make it.
public struct IndexSummary: Sendable, Equatable {
    public var files = 0
    public var passages = 0
    /// Of the index file.
    public var bytes = 0
    /// Files that weren't in the index before, that changed, and that went.
    public var added = 0
    public var changed = 0
    public var removed = 0
    /// Passages whose vectors were computed now, and their tokens.
    public var embedded = 0
    public var embeddedTokens = 0
    /// Passages whose vectors an interrupted run had left.
    public var recovered = 0
    public var skipped: [SkippedFile] = []
    /// Files that hold no text.
    public var binaries = 0
    /// Why the index that was there couldn't be gone on with; nil where there was none, or nothing was wrong.
    public var startedAnew: String?
    public var duration = Duration.zero
    /// The part of it in which vectors were computed.
    public var embeddingDuration = Duration.zero

    public init() {}
}
