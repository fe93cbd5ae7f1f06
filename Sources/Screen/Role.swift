/// What a cell means. The theme, not the view, decides how that looks; a view never names a colour.
public enum Role: String, Sendable, CaseIterable, Codable {
    /// Ordinary text and the screen's background.
    case text
    /// Text of less weight: units, hints, what has passed.
    case muted
    /// Headings and the program's name.
    case title
    /// Frames of panes and dialogs.
    case border
    /// The frame of the focused pane.
    case borderFocused
    /// The small model's colour.
    case small
    /// The large model's colour.
    case large
    /// The colours of further models.
    case third, fourth
    /// Text that a model wrote.
    case answer
    /// … and that had been guessed before the model chose it.
    case drafted
    /// Guesses that the model didn't choose.
    case rejected
    /// The token that the inspector stands on.
    case token
    /// Where two answers part.
    case divergence
    /// Tokens that another model would have chosen too, and those it wouldn't.
    case agreeing, differing
    /// Neighbouring tokens, told apart by their backgrounds.
    case tokenEven, tokenOdd
    /// Tokens by how unlikely or how slow they were, from the coolest to the hottest.
    case heat1, heat2, heat3, heat4, heat5
    /// Headings in an answer.
    case heading
    /// Emphasis in an answer, and strong emphasis.
    case emphasis, strong
    /// Code in an answer, and the line beside it.
    case code, gutter
    /// What the user wrote, shown in the conversation.
    case question
    /// The line that the user types on.
    case input
    /// A measured figure.
    case metric
    /// A figure that is an estimate.
    case estimate
    /// Bars, sparklines, progress.
    case chart
    /// Where latency stalled.
    case stall
    /// Names of keys in hints and in the help screen.
    case key
    /// The chosen row of a list.
    case selection
    /// The one line that sums the comparison up.
    case verdict
    case success
    case warning
    case error
    /// Control characters of untrusted text, shown as visible glyphs.
    case control
}
