/// The prompt being written, and those that were sent before.
public struct PromptEditor: Sendable, Equatable {
    public internal(set) var editor = TextEditor()
    /// Oldest first.
    public internal(set) var history: [String] = []
    /// The entry of the history that is shown; nil for the text that isn't sent yet.
    private var recalled: Int?
    /// The unsent text, while an entry of the history is shown.
    private var draft = ""

    public var text: String { editor.text }
    public var isEmpty: Bool { editor.isEmpty }

    /// Takes the text out, ready to be sent, and remembers it.
    mutating func take() -> String {
        let text = editor.text
        remember(text)
        editor = TextEditor()
        recalled = nil
        draft = ""
        return text
    }

    mutating func insert(_ text: String) { editor.insert(text) }

    /// Puts another text in the place of the one that is written, which can be found among the earlier prompts then.
    mutating func replace(with text: String) {
        if editor.text.contains(where: { !$0.isWhitespace }), history.last != editor.text {
            history.append(editor.text)
        }
        editor.replace(with: text)
        recalled = nil
        draft = ""
    }

    /// Whether a prompt of earlier times is shown.
    var isRecalled: Bool { recalled != nil }

    var isAtEnd: Bool { editor.cursor == editor.characters.count }

    /// Ends what is being typed.
    mutating func complete(with text: String) { editor.replace(with: text) }

    /// Adds prompts of earlier times before those of this one.
    mutating func recall(history earlier: [String]) {
        history = earlier + history
        if let recalled { self.recalled = recalled + earlier.count }
    }

    /// Puts a text among the earlier prompts that wasn't written here.
    mutating func remember(_ text: String) {
        if history.last != text { history.append(text) }
    }

    /// Empties it without remembering what stood there.
    mutating func clear() {
        editor = TextEditor()
        recalled = nil
        draft = ""
    }

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
