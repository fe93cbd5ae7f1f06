/// Breaks text into lines.
public enum Wrap {
    /// Tab stops stand this many columns apart.
    static let tabColumns = 4

    /// The lines of a text in a number of columns: broken at spaces, between wide characters, and inside words that
    /// are longer than a line. Line feeds (and CR LF) end a line, tabs become spaces, leading spaces stay. Every
    /// character is kept, except for spaces at a break. An empty text is one empty line. O(n).
    public static func lines(of text: String, columns: Int) -> [String] {
        let columns = max(1, columns)
        var lines: [String] = []
        for paragraph in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            if paragraph.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
                lines += asciiLines(of: Array(paragraph.utf8), columns: columns)
            } else {
                var breaker = LineBreaker(columns: columns)
                for character in paragraph { breaker.add(character) }
                lines += breaker.finish()
            }
        }
        return lines
    }

    /// The same lines as ``LineBreaker``'s, for printable ASCII, where each line is a stretch of the paragraph. Answers
    /// are wrapped anew for every frame, beside models that are being measured.
    private static func asciiLines(of bytes: [UInt8], columns: Int) -> [String] {
        var lines: [String] = []
        var start = 0
        var end = 0
        var hasWord = false
        while end < bytes.count {
            var word = end
            while word < bytes.count, bytes[word] == UInt8(ascii: " ") { word += 1 }
            guard word < bytes.count else {
                end = min(bytes.count, start + columns)
                break
            }
            var wordEnd = word
            while wordEnd < bytes.count, wordEnd - word < columns, bytes[wordEnd] != UInt8(ascii: " ") { wordEnd += 1 }
            if wordEnd - start > columns {
                if hasWord { lines.append(String(decoding: bytes[start..<end], as: UTF8.self)) }
                start = hasWord ? word : wordEnd - columns
            }
            hasWord = true
            end = wordEnd
        }
        lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
        return lines
    }
}

/// Fills lines word by word, greedily.
struct LineBreaker {
    let columns: Int
    private var lines: [String] = []
    private var line = ""
    private var lineColumns = 0
    /// Spaces after the line's last word; they vanish if the next word starts a line.
    private var spaces = 0
    private var word = ""
    private var wordColumns = 0

    init(columns: Int) { self.columns = columns }

    mutating func add(_ character: Character) {
        switch character {
        case " ":
            placeWord()
            spaces += 1
        case "\t":
            placeWord()
            spaces += Wrap.tabColumns - (lineColumns + spaces) % Wrap.tabColumns
        default:
            let width = TextWidth.columns(of: character)
            // Scripts of wide characters break between any two of them.
            if width == 2 || word.last.map({ TextWidth.columns(of: $0) == 2 }) == true, width > 0 { placeWord() }
            if wordColumns + width > columns, !word.isEmpty { placeWord() }
            word.append(character)
            wordColumns += width
        }
    }

    mutating func finish() -> [String] {
        placeWord()
        line += String(repeating: " ", count: max(0, min(spaces, columns - lineColumns)))
        lines.append(line)
        return lines
    }

    private mutating func placeWord() {
        guard !word.isEmpty else { return }
        if lineColumns + spaces + wordColumns > columns {
            if lineColumns > 0 {
                lines.append(line)
                line = ""
                lineColumns = 0
                spaces = 0
            } else {
                // An indentation that leaves the first word no room gives way, rather than standing on a line alone.
                spaces = max(0, columns - wordColumns)
            }
        }
        line += String(repeating: " ", count: spaces) + word
        lineColumns += spaces + wordColumns
        spaces = 0
        word = ""
        wordColumns = 0
    }
}
