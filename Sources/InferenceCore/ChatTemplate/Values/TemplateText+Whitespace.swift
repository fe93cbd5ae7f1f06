extension UInt32 {
    /// Whether Python calls this code point white space (`str.isspace`, `\s`).
    var isPythonWhitespace: Bool {
        switch self {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// Whether Python's `str.splitlines` breaks a line here.
    var isPythonLineBreak: Bool {
        switch self {
        case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}

extension TemplateText {
    /// Which ends of a text are stripped.
    struct Edges: OptionSet {
        let rawValue: Int
        static let leading = Edges(rawValue: 1)
        static let trailing = Edges(rawValue: 2)
        static let both: Edges = [.leading, .trailing]
    }

    /// The text without the code points at its ends that `strips` accepts.
    func stripped(_ edges: Edges = .both, where strips: (UInt32) -> Bool = \.isPythonWhitespace) -> TemplateText {
        var start = 0
        var end = bytes.count
        if edges.contains(.leading) {
            while start < end {
                var next = start
                guard strips(Self.scalar(in: bytes, at: &next)) else { break }
                start = next
            }
        }
        if edges.contains(.trailing) {
            while start < end {
                var last = end - 1
                while last > start, bytes[last] & 0xC0 == 0x80 { last -= 1 }
                var next = last
                guard strips(Self.scalar(in: bytes, at: &next)) else { break }
                end = last
            }
        }
        return TemplateText(bytes: Array(bytes[start..<end]), isMarkup: isMarkup)
    }

    /// Whether there is at least one code point and all satisfy `predicate`.
    func allScalars(_ predicate: (UInt32) -> Bool) -> Bool {
        !isEmpty && scalars.allSatisfy(predicate)
    }

    /// How many bytes a line break may begin with: at least as many as there are breaks.
    var possibleBreakCount: Int {
        bytes.count { (0x0A...0x0D).contains($0) || (0x1C...0x1E).contains($0) || $0 == 0xC2 || $0 == 0xE2 }
    }

    /// The lines as `str.splitlines` makes them: "\r\n" is one break, a break at the end begins no further line.
    func lines(keepingBreaks: Bool = false) -> [TemplateText] {
        var lines: [TemplateText] = []
        var lineStart = 0
        var position = 0
        while position < bytes.count {
            let breakStart = position
            let scalar = Self.scalar(in: bytes, at: &position)
            guard scalar.isPythonLineBreak else { continue }
            if scalar == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
            lines.append(TemplateText(bytes[lineStart..<(keepingBreaks ? position : breakStart)]))
            lineStart = position
        }
        if lineStart < bytes.count { lines.append(TemplateText(bytes[lineStart...])) }
        return lines
    }
}
