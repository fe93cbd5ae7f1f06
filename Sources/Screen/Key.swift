/// One thing that a person did at the terminal.
public enum InputEvent: Sendable, Equatable {
    case key(Key)
    /// Text that was pasted as one piece; it may hold line breaks.
    case paste(String)
    case resize(Size)
    case mouse(MouseEvent)
}

/// What the mouse did, and at which cell. Only comes where the mouse is listened to.
public enum MouseEvent: Sendable, Equatable {
    /// The left button went down.
    case press(Point)
    case wheelUp(Point)
    case wheelDown(Point)
}

/// A key press. Ctrl+M, Ctrl+I and Ctrl+H don't exist: terminals send Enter, Tab and Backspace for them.
public enum Key: Sendable, Equatable, Hashable {
    case character(Character)
    /// Ctrl with a lower-case letter.
    case control(Character)
    /// Alt with a character.
    case alt(Character)
    case altEnter
    case enter, tab, backTab, escape, backspace, delete
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
}
