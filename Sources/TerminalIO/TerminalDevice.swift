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
    /// Gives the terminal to another program, such as an editor; returns when it has ended, with the screen entered
    /// again. Nothing is read meanwhile.
    ///
    /// - Parameters:
    ///   - command: what `sh` runs, such as `$EDITOR "$1"`.
    ///   - arguments: `$1`, `$2` … of the command, so that no name of a file has to be quoted.
    /// - Returns: the command's exit status; 128 more than a signal's number where one ended it.
    /// - Throws: ``TerminalError`` where the shell can't be started.
    func run(_ command: String, arguments: [String]) throws -> Int32
    /// Puts a text into the clipboard of the computer that the terminal runs on.
    func copy(_ text: String) -> CopyResult
    /// Whether the mouse is reported, as ``InputEvent/mouse(_:)``; it isn't at first. While it is, most terminals let
    /// their own selection work with Shift alone.
    func setMouse(_ isHeard: Bool)
    /// Restores the terminal. May be called twice; drawing afterwards does nothing.
    func close()
}
