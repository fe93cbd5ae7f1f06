/// A text with a cursor. Positions count user-perceived characters, so that an emoji with its joiners, or a letter with
/// its accents, is stepped over and deleted as one.
public struct TextEditor: Sendable, Equatable {
    /// What an editing key does.
    public enum Command: Sendable, Equatable, Hashable {
        case left, right, wordLeft, wordRight, lineStart, lineEnd, up, down
        case deleteBackward, deleteForward
        case killToLineStart, killToLineEnd, killWordBackward, killWordForward, yank
        case newLine
    }

    private(set) var characters: [Character]
    /// The number of characters before the cursor.
    private(set) var cursor: Int
    /// What was killed last, for ``Command/yank``.
    private var killed: [Character] = []
    /// The column that moving up and down tries to keep.
    private var wantedColumn: Int?

    /// The cursor stands at the end.
    public init(_ text: String = "") {
        characters = Array(Self.withLineFeeds(text))
        cursor = characters.count
    }

    public var text: String { String(characters) }
    var isEmpty: Bool { characters.isEmpty }

    /// Puts text in at the cursor, with its line breaks as line feeds. O(n).
    mutating func insert(_ inserted: String) {
        wantedColumn = nil
        // A combining mark joins the character before it, so characters are counted anew.
        let left = Array(String(characters[..<cursor]) + Self.withLineFeeds(inserted))
        let right = characters[cursor...]
        characters = Array(String(left) + String(right))
        cursor = min(left.count, characters.count)
    }

    /// Replaces everything; the cursor goes to the end.
    mutating func replace(with text: String) {
        characters = Array(Self.withLineFeeds(text))
        cursor = characters.count
        wantedColumn = nil
    }

    /// - Parameter columns: the width that the text is shown in, which moving up and down goes by.
    /// - Returns: whether anything changed.
    @discardableResult
    mutating func perform(_ command: Command, columns: Int) -> Bool {
        let before = (cursor, characters)
        if command == .up || command == .down {
            moveLine(by: command == .up ? -1 : 1, columns: columns)
        } else {
            wantedColumn = nil
            performSideways(command)
        }
        return before != (cursor, characters)
    }

    private mutating func performSideways(_ command: Command) {
        switch command {
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .lineStart: cursor = lineStart
        case .lineEnd: cursor = lineEnd
        case .deleteBackward: remove(max(0, cursor - 1)..<cursor)
        case .deleteForward: remove(cursor..<min(characters.count, cursor + 1))
        case .killToLineStart: kill(lineStart..<cursor)
        case .killToLineEnd:
            // At the end of a line the line break itself goes, as in readline's relatives.
            kill(cursor..<(lineEnd == cursor ? min(characters.count, cursor + 1) : lineEnd))
        case .killWordBackward: kill(wordStart..<cursor)
        case .killWordForward: kill(cursor..<wordEnd)
        case .yank: insert(String(killed))
        case .newLine: insert("\n")
        case .up, .down: break
        }
    }

    /// Moves to the row above or below as shown; stays where there is none.
    private mutating func moveLine(by step: Int, columns: Int) {
        let rows = EditorRows(characters, columns: columns)
        let place = rows.place(of: cursor)
        let column = wantedColumn ?? place.column
        guard rows.ranges.indices.contains(place.row + step) else { return }
        cursor = rows.index(row: place.row + step, column: column)
        wantedColumn = column
    }

    private mutating func kill(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        killed = Array(characters[range])
        remove(range)
    }

    /// Deletes a stretch; the cursor stands where it was.
    mutating func remove(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        // What comes together may join into one character.
        let left = characters[..<range.lowerBound]
        characters = Array(String(left) + String(characters[range.upperBound...]))
        cursor = min(left.count, characters.count)
    }

    private static func withLineFeeds(_ text: String) -> String {
        guard text.utf8.contains(0x0D) else { return text }
        return String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
    }
}

extension TextEditor {
    /// The start of the line, as line feeds divide the text.
    private var lineStart: Int { (characters[..<cursor].lastIndex(of: "\n") ?? -1) + 1 }

    private var lineEnd: Int { characters[cursor...].firstIndex(of: "\n") ?? characters.count }

    /// The start of the word that the cursor is in or behind.
    private var wordStart: Int {
        guard let last = characters[..<cursor].lastIndex(where: Self.isWord) else { return 0 }
        return (characters[..<last].lastIndex { !Self.isWord($0) } ?? -1) + 1
    }

    /// The end of the word that the cursor is in or in front of.
    private var wordEnd: Int {
        guard let first = characters[cursor...].firstIndex(where: Self.isWord) else { return characters.count }
        return characters[first...].firstIndex { !Self.isWord($0) } ?? characters.count
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
