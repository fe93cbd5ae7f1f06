/// How many columns text takes on a terminal.
///
/// The widths are those of `wcwidth` in a UTF-8 locale, which curses and tmux go by, except for emoji made of several
/// scalars: they take two columns as a whole, and the terminal's side draws them so that no line drifts.
public enum TextWidth {
    /// Columns of one user-perceived character. Control characters count as the visible glyphs that stand for them.
    public static func columns(of character: Character) -> Int {
        if character.isASCII { return character.utf8.count }
        var columns = 0
        Glyph.forEach(in: character) { columns += $0.columns }
        return columns
    }

    /// Columns of a text on one line. O(n).
    public static func columns(of text: String) -> Int {
        if let bytes = asciiCount(of: text) { return bytes }
        return text.reduce(0) { $0 + columns(of: $1) }
    }

    /// The text, or as much of its beginning as fits together with "…".
    public static func truncate(_ text: String, to columns: Int) -> String {
        guard columns > 0 else { return "" }
        if Self.columns(of: text) <= columns { return text }
        return prefix(of: text, columns: columns - 1) + "…"
    }

    /// The longest beginning that fits in a number of columns. Characters are never split.
    public static func prefix(of text: String, columns: Int) -> String {
        var used = 0
        var end = text.startIndex
        while end < text.endIndex {
            used += Self.columns(of: text[end])
            if used > columns { break }
            end = text.index(after: end)
        }
        return String(text[..<end])
    }

    /// Columns of a single scalar as `wcwidth` has it: 0 for marks and format characters, 2 for wide ones.
    static func columns(of scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value == 0xAD ? 0 : 1 }
        // Vowels and final consonants of conjoining Hangul stack on the leading consonant.
        if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value) { return 0 }
        if isZeroWidth(scalar) { return 0 }
        if WideRanges.contains(scalar) { return 2 }
        return 1
    }

    private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
        // Format characters that are drawn around the digits or letters that follow them.
        switch scalar.value {
        case 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return true
        default: return false
        }
    }

    /// The number of bytes if all are printable ASCII, each one column wide.
    private static func asciiCount(of text: String) -> Int? {
        var count = 0
        for byte in text.utf8 {
            guard byte >= 0x20, byte < 0x7F else { return nil }
            count += 1
        }
        return count
    }
}
