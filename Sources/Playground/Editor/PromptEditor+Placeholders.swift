extension PromptEditor {
    /// Whether something stands in double braces, to be filled in.
    var hasPlaceholder: Bool { placeholder(from: 0) != nil }

    /// Takes the next thing to be filled in out, from the cursor on or else from the beginning; the cursor stands in its
    /// place.
    /// - Returns: what it was called; nil where there is none.
    mutating func takePlaceholder() -> String? {
        guard let range = placeholder(from: editor.cursor) ?? placeholder(from: 0) else { return nil }
        let name = String(editor.characters[range].dropFirst(2).dropLast(2))
        editor.remove(range)
        return name
    }

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
