import Chat

/// One line of a session file.
public enum SessionRecord: Sendable, Equatable {
    /// The first line, and only the first.
    case header(SessionHeader)
    case paneOpened(PaneOpening)
    /// - Parameter at: from the start of the session.
    case paneClosed(pane: Int, at: Duration)
    case runStarted(RunStart)
    /// What a run's backend said; ``ChatEvent/finished(_:at:)`` among it.
    case event(run: Int, ChatEvent)
    /// The last record of a run whose stream threw an error.
    /// - Parameter at: from the start of the run.
    case failed(run: Int, message: String, at: Duration)
    /// The last record of a run that the user stopped.
    /// - Parameter at: from the start of the run.
    case cancelled(run: Int, at: Duration)
    case vote(Vote)
    case remark(Remark)
}
