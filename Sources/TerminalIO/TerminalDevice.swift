import Screen

/// What comes from a terminal.
public enum TerminalEvent: Sendable, Equatable {
    case input(InputEvent)
    /// Someone other than the user asks to stop for a while (SIGTSTP): answer with ``TerminalDevice/suspend()``.
    case suspendRequested
    /// The program was stopped and continues: answer with ``TerminalDevice/resume()``.
    case resumed
    /// A signal asks to end.
    case terminated(signal: Int32)
    /// The terminal is gone. Nothing comes after it.
    case closed
}

/// A terminal, or a twin of one in memory.
public protocol TerminalDevice: AnyObject, Sendable {
    /// What the terminal measures now; at least one cell.
    var size: Size { get }
    /// Whether only ASCII may be drawn.
    var isASCIIOnly: Bool { get }

    /// Waits for the next events; an empty list after ``wake()``. Blocks, so it is called on a thread of its own.
    func nextEvents() -> [TerminalEvent]
    /// Makes a waiting ``nextEvents()`` return, now or the next time.
    func wake()
    /// Shows a frame. Only cells that changed since the last one travel.
    func draw(_ frame: Frame, palette: Palette)
    /// Makes the next frame travel whole, whatever the terminal is thought to show.
    func invalidate()
    /// Gives the terminal back to the shell and stops; returns when the program is continued.
    func suspend()
    /// Takes the terminal again after another program may have changed it.
    func resume()
    /// Restores the terminal. May be called twice; drawing afterwards does nothing.
    func close()
}
