import Screen

extension LineUnits {
    private static let tabColumns: Int32 = 4

    /// Breaks the units into lines as ``Wrap`` does: at spaces, between wide characters, and in words that are longer
    /// than a line. Spaces at a break vanish. O(n).
    mutating func wrapped(columns: Int) -> [Range<Int>] {
        var filler = LineFiller(columns: Int32(clamping: max(1, columns)))
        for index in units.indices {
            switch units[index].form {
            case .space:
                filler.place(upTo: index, &units)
                filler.addSpaces(1, at: index)
            case .tab:
                filler.place(upTo: index, &units)
                units[index].columns = Self.tabColumns - filler.column % Self.tabColumns
                filler.addSpaces(units[index].columns, at: index)
            default:
                filler.add(units[index].columns, at: index, &units)
            }
        }
        return filler.finish(&units)
    }

    /// Breaks the units wherever a line is full, as code is. O(n).
    mutating func chopped(columns: Int) -> [Range<Int>] {
        let columns = Int32(clamping: max(1, columns))
        var lines: [Range<Int>] = []
        var start = 0
        var used: Int32 = 0
        for index in units.indices {
            if units[index].form == .tab {
                units[index].columns = min(columns, Self.tabColumns - used % Self.tabColumns)
            }
            if used + units[index].columns > columns, index > start {
                lines.append(start..<index)
                start = index
                used = 0
                if units[index].form == .tab { units[index].columns = min(columns, Self.tabColumns) }
            }
            used += units[index].columns
        }
        lines.append(start..<units.count)
        return lines
    }

    /// The runs of units on one line.
    func runs(_ range: Range<Int>, in bytes: [UInt8]) -> [ShownRun] {
        var runs: [ShownRun] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let unit = units[index]
            let source = unit.start < 0 ? nil : unit.start..<unit.start + Int(unit.length)
            var next = index + 1
            switch unit.form {
            case .text, .space:
                var end = unit.start + Int(unit.length)
                while next < range.upperBound, units[next].role == unit.role,
                    units[next].form == .text || units[next].form == .space,
                    unit.start < 0 ? units[next].start < 0 : units[next].start == end
                {
                    end += Int(units[next].length)
                    next += 1
                }
                let text =
                    unit.start < 0
                    ? String(repeating: " ", count: next - index)
                    : String(decoding: bytes[unit.start..<end], as: UTF8.self)
                runs.append(ShownRun(text: text, role: unit.role, source: source.map { $0.lowerBound..<end }))
            case .tab:
                runs.append(
                    ShownRun(
                        text: String(repeating: " ", count: Int(unit.columns)), role: unit.role, source: source))
            case .glyph, .nextGlyph:
                var text = glyphs[Int(unit.glyph)]
                while next < range.upperBound, units[next].role == unit.role,
                    units[next].form == .nextGlyph || unit.start < 0 && units[next].form == .glyph,
                    units[next].start == unit.start
                {
                    text += glyphs[Int(units[next].glyph)]
                    next += 1
                }
                // Glyphs behind a break have left their source to those before it.
                runs.append(ShownRun(text: text, role: unit.role, source: unit.form == .glyph ? source : nil))
            case .dropped: break
            }
            index = next
        }
        return runs
    }
}

/// Fills lines with words, greedily. Lines and words are ranges of units.
private struct LineFiller {
    let columns: Int32
    private var lines: [Range<Int>] = []
    private var line = 0..<0
    private var lineColumns: Int32 = 0
    /// Of the spaces between the line and the word.
    private var spaceColumns: Int32 = 0
    private var wordStart = 0
    private var wordColumns: Int32 = 0
    /// Of the word's last unit; 0 if there is no word.
    private var lastColumns: Int32 = 0

    init(columns: Int32) { self.columns = columns }

    var column: Int32 { lineColumns + spaceColumns }

    mutating func addSpaces(_ columns: Int32, at index: Int) {
        spaceColumns += columns
        wordStart = index + 1
    }

    mutating func add(_ width: Int32, at index: Int, _ units: inout [LineUnit]) {
        // Scripts of wide characters break between any two of them.
        if width == 2 || lastColumns == 2 && width > 0 { place(upTo: index, &units) }
        if wordColumns + width > columns { place(upTo: index, &units) }
        wordColumns += width
        lastColumns = width
    }

    /// Places the word that ends before a unit.
    mutating func place(upTo end: Int, _ units: inout [LineUnit]) {
        guard wordStart < end else { return }
        if column + wordColumns > columns {
            if lineColumns > 0 {
                lines.append(line)
                line = wordStart..<wordStart
                lineColumns = 0
                spaceColumns = 0
            } else {
                // An indentation that leaves the first word no room gives way, rather than standing on a line alone.
                shrinkSpaces(to: max(0, columns - wordColumns), before: wordStart, &units)
            }
        }
        lineColumns += spaceColumns + wordColumns
        spaceColumns = 0
        line = line.lowerBound..<end
        wordStart = end
        wordColumns = 0
        lastColumns = 0
    }

    mutating func finish(_ units: inout [LineUnit]) -> [Range<Int>] {
        place(upTo: units.count, &units)
        shrinkSpaces(to: min(spaceColumns, columns - lineColumns), before: units.count, &units)
        lines.append(line.lowerBound..<units.count)
        return lines
    }

    /// Takes columns from the spaces that stand between the line and an index.
    private mutating func shrinkSpaces(to limit: Int32, before end: Int, _ units: inout [LineUnit]) {
        var index = line.upperBound
        while spaceColumns > max(0, limit), index < end {
            let taken = min(units[index].columns, spaceColumns - max(0, limit))
            units[index].columns -= taken
            spaceColumns -= taken
            if units[index].columns == 0 { units[index].form = .dropped }
            index += 1
        }
    }
}
