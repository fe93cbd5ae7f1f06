import Screen

/// How an edited text falls into rows: broken at line feeds and, in rows that are too long, after the last space.
///
/// Unlike ``Wrap``, every character keeps its place, spaces at a break too, so that a cursor can stand on each.
struct EditorRows: Equatable {
    /// The characters of each row, without the line feed that ends it. Never empty.
    private(set) var ranges: [Range<Int>] = []
    private let characters: [Character]

    init(_ characters: [Character], columns: Int) {
        self.characters = characters
        // One column stays free at the end of a row, where the cursor may stand.
        let limit = max(2, columns - 1)
        var start = 0
        var used = 0
        var breakable: Int?
        for (index, character) in characters.enumerated() {
            if character == "\n" {
                ranges.append(start..<index)
                (start, used, breakable) = (index + 1, 0, nil)
                continue
            }
            let width = TextWidth.columns(of: character)
            while used + width > limit, index > start {
                let end = character == " " ? index : breakable ?? index
                ranges.append(start..<end)
                (start, breakable) = (end, nil)
                used = Self.columns(characters[start..<index])
            }
            used += width
            if character == " " { breakable = index + 1 }
        }
        ranges.append(start..<characters.count)
    }

    func text(_ row: Int) -> String { String(characters[ranges[row]]) }

    /// Where the cursor stands. Between two rows that were broken at a space, that is the start of the second one.
    func place(of cursor: Int) -> (row: Int, column: Int) {
        let row = ranges.lastIndex { $0.lowerBound <= cursor } ?? 0
        return (row, Self.columns(characters[ranges[row].lowerBound..<max(cursor, ranges[row].lowerBound)]))
    }

    /// The cursor position in a row that is closest to a column from the left.
    func index(row: Int, column: Int) -> Int {
        let range = ranges[row]
        var used = 0
        for index in range {
            used += TextWidth.columns(of: characters[index])
            if used > column { return index }
        }
        // The end of a row that goes on below is the start of the next one; stay before its last character.
        let goesOn = row + 1 < ranges.count && ranges[row + 1].lowerBound == range.upperBound
        return goesOn ? max(range.lowerBound, range.upperBound - 1) : range.upperBound
    }

    private static func columns(_ characters: ArraySlice<Character>) -> Int {
        characters.reduce(0) { $0 + TextWidth.columns(of: $1) }
    }
}
