import Screen

/// What is placed on a line as a whole: one character of the answer, or a glyph that is drawn.
struct LineUnit {
    enum Form: UInt8 {
        /// Its source, as it is.
        case text
        /// A space, where words may part.
        case space
        /// Spaces up to the next tab stop.
        case tab
        /// A glyph that stands for its source, or for nothing.
        case glyph
        /// A further glyph for the same source.
        case nextGlyph
        /// Left out.
        case dropped
    }

    /// UTF-8 offset in the answer; -1 for what isn't written.
    var start: Int
    /// Bytes of the source.
    var length: Int32
    var columns: Int32
    /// Which of the glyphs.
    var glyph: Int32 = 0
    var role: Role
    var form: Form
}

/// The units of a line that isn't broken yet.
struct LineUnits {
    var units: [LineUnit] = []
    var glyphs: [String] = []

    /// Columns of all of them on one line, tabs as one.
    var columns: Int { units.reduce(0) { $0 + Int($1.columns) } }

    mutating func add(_ pieces: [InlinePiece], in bytes: [UInt8]) {
        if let first = pieces.first, let last = pieces.last {
            units.reserveCapacity(units.count + last.range.upperBound - first.range.lowerBound + pieces.count)
        }
        for piece in pieces {
            if piece.range.isEmpty { addSpaces(1) } else { add(piece.range, role: piece.role, in: bytes) }
        }
    }

    /// Adds spaces that aren't written.
    mutating func addSpaces(_ count: Int) {
        guard count > 0 else { return }
        let space = LineUnit(start: -1, length: 0, columns: 1, role: .answer, form: .space)
        units += repeatElement(space, count: count)
    }

    /// Adds a glyph that stands for a source, or for nothing.
    mutating func add(glyph: String, role: Role, source: Range<Int>? = nil, form: LineUnit.Form = .glyph) {
        if glyphs.last != glyph { glyphs.append(glyph) }
        units.append(
            LineUnit(
                start: source?.lowerBound ?? -1, length: Int32(source?.count ?? 0),
                columns: Int32(TextWidth.columns(of: glyph)), glyph: Int32(glyphs.count - 1), role: role, form: form))
    }

    /// Adds the characters of the answer in a range. O(n).
    mutating func add(_ range: Range<Int>, role: Role, in bytes: [UInt8]) {
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = bytes[position]
            if byte >= 0x20, byte < 0x7F, position + 1 == range.upperBound || bytes[position + 1] < 0x80 {
                let form = byte == UInt8(ascii: " ") ? LineUnit.Form.space : .text
                units.append(LineUnit(start: position, length: 1, columns: 1, role: role, form: form))
                position += 1
            } else if byte < 0x20 || byte == 0x7F {
                addControl(at: position, byte, role: role)
                position += 1
            } else if let plain = PlainScalar(at: position, end: range.upperBound, in: bytes),
                PlainScalar.isPlain(at: position + plain.length, end: range.upperBound, in: bytes)
            {
                units.append(
                    LineUnit(
                        start: position, length: Int32(plain.length), columns: Int32(plain.columns), role: role,
                        form: byte == UInt8(ascii: " ") ? .space : .text))
                position += plain.length
            } else {
                var end = position + 1
                while !PlainScalar.isPlain(at: end, end: range.upperBound, in: bytes) { end += 1 }
                addClusters(position..<end, role: role, in: bytes)
                position = end
            }
        }
    }

    private mutating func addControl(at position: Int, _ byte: UInt8, role: Role) {
        if byte == UInt8(ascii: "\t") {
            units.append(LineUnit(start: position, length: 1, columns: 1, role: role, form: .tab))
        } else {
            let glyph = VisibleText.of(String(UnicodeScalar(byte)))
            add(glyph: glyph, role: .control, source: position..<position + 1)
        }
    }

    /// Adds characters that may be of several scalars.
    private mutating func addClusters(_ range: Range<Int>, role: Role, in bytes: [UInt8]) {
        let text = String(decoding: bytes[range], as: UTF8.self)
        let isVisible = VisibleText.of(text).utf8.elementsEqual(text.utf8)
        var position = range.lowerBound
        for character in text {
            if isVisible || VisibleText.of(String(character)).utf8.elementsEqual(character.utf8) {
                add(character, at: position, role: role)
                position += character.utf8.count
                continue
            }
            addReplacing(character, at: position, role: role)
            position += character.utf8.count
        }
    }

    /// Adds a character some of whose scalars can't be shown: those as glyphs, the others as they are.
    private mutating func addReplacing(_ character: Character, at start: Int, role: Role) {
        var position = start
        var kept = ""
        for scalar in character.unicodeScalars {
            let visible = VisibleText.of(String(scalar))
            guard !visible.unicodeScalars.elementsEqual([scalar]) else {
                kept.unicodeScalars.append(scalar)
                continue
            }
            add(kept, at: &position, role: role)
            kept = ""
            let source = position..<position + UTF8.width(scalar)
            position = source.upperBound
            for (index, glyph) in visible.enumerated() {
                add(glyph: String(glyph), role: .control, source: source, form: index == 0 ? .glyph : .nextGlyph)
            }
        }
        add(kept, at: &position, role: role)
    }

    private mutating func add(_ text: String, at position: inout Int, role: Role) {
        for character in text {
            add(character, at: position, role: role)
            position += character.utf8.count
        }
    }

    private mutating func add(_ character: Character, at position: Int, role: Role) {
        units.append(
            LineUnit(
                start: position, length: Int32(character.utf8.count),
                columns: Int32(TextWidth.columns(of: character)), role: role,
                form: character == " " ? .space : .text))
    }
}
