/// How far the gaps of a prompt to start from are filled in.
struct FillingIn: Sendable, Equatable {
    /// What belongs at the cursor, until something is written there.
    var gap: String?
    /// Whether the user knows that something is missing, and may send the prompt all the same.
    var isWarned = false
}

extension PromptEditor {
    /// Whether something stands in double braces, to be filled in.
    var hasPlaceholder: Bool { nextPlaceholder != nil }

    /// What the next thing to be filled in is called, from the cursor on or else from the beginning.
    var placeholderName: String? {
        nextPlaceholder.map { String(editor.characters[$0].dropFirst(2).dropLast(2)) }
    }

    /// Takes the next thing to be filled in out; the cursor stands in its place.
    /// - Returns: what it was called; nil where there is none.
    mutating func takePlaceholder() -> String? {
        guard let name = placeholderName, let range = nextPlaceholder else { return nil }
        editor.remove(range)
        return name
    }

    private var nextPlaceholder: Range<Int>? { placeholder(from: editor.cursor) ?? placeholder(from: 0) }

    /// Where something in double braces stands, on one line.
    private func placeholder(from start: Int) -> Range<Int>? {
        let characters = editor.characters
        var open: Int?
        for index in characters.indices.dropFirst(start).dropLast() {
            switch (characters[index], characters[index + 1]) {
            case ("{", "{"): open = index
            case ("\n", _): open = nil
            case ("}", "}"):
                if let open, index > open + 2 { return open..<index + 2 }
            default: break
            }
        }
        return nil
    }
}

extension State {
    /// Goes to the next gap of a prompt to start from.
    /// - Returns: false where there is none.
    mutating func fillIn() -> Bool {
        guard let filling = fillingIn else { return false }
        if let gap = filling.gap {
            tell(.information, "Fill in here: \(gap).")
            return true
        }
        guard let name = prompt.takePlaceholder() else { return false }
        fillingIn?.gap = name
        let rest = prompt.hasPlaceholder ? " Tab goes on to what else is to be filled in." : ""
        tell(.information, "Fill in here: \(name).\(rest)")
        return true
    }

    /// Says once what is missing in a prompt that is to be sent.
    /// - Returns: whether something was said, and the prompt should wait.
    mutating func warnOfGaps() -> Bool {
        guard let filling = fillingIn, !filling.isWarned, let missing = filling.gap ?? prompt.placeholderName else {
            return false
        }
        fillingIn?.isWarned = true
        tell(.warning, "Still to be filled in: \(missing). Enter again sends the prompt as it stands.")
        return true
    }

    /// Something was written or moved over in the prompt.
    mutating func continueFillingIn() {
        if fillingIn != nil { fillingIn = prompt.isEmpty ? nil : FillingIn() }
    }
}
