/// The prompt being written, and those that were sent before.
public struct PromptEditor: Sendable, Equatable {
    public internal(set) var editor = TextEditor()
    /// Oldest first.
    private(set) var history: [String] = []
    /// The entry of the history that is shown; nil for the text that isn't sent yet.
    private var recalled: Int?
    /// The unsent text, while an entry of the history is shown.
    private var draft = ""

    public var text: String { editor.text }
    public var isEmpty: Bool { editor.isEmpty }

    /// Takes the text out, ready to be sent, and remembers it.
    mutating func take() -> String {
        let text = editor.text
        if history.last != text { history.append(text) }
        editor = TextEditor()
        recalled = nil
        draft = ""
        return text
    }

    mutating func insert(_ text: String) { editor.insert(text) }

    /// Up in the first row and Down in the last one walk through the history.
    mutating func perform(_ command: TextEditor.Command, columns: Int) {
        let rows = EditorRows(editor.characters, columns: columns)
        let row = rows.place(of: editor.cursor).row
        switch command {
        case .up where row == 0: recall(-1)
        case .down where row == rows.ranges.count - 1: recall(1)
        default: editor.perform(command, columns: columns)
        }
    }

    private mutating func recall(_ step: Int) {
        let index = (recalled ?? history.count) + step
        guard index >= 0, index <= history.count, recalled != nil || step < 0 else { return }
        if recalled == nil { draft = editor.text }
        recalled = index == history.count ? nil : index
        editor.replace(with: index == history.count ? draft : history[index])
    }
}
