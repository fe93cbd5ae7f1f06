import Screen

/// A stretch of a line in one role. An empty range is a space that isn't written.
struct InlinePiece: Equatable {
    var range: Range<Int>
    var role: Role
}

/// Finds emphasis, code and links in the lines of a paragraph.
///
/// The rules are CommonMark's (spec.commonmark.org, 0.31, section 6), made stricter where models mean something else:
/// code and links end with their line, HTML and entities are text, a backslash counts only before what Markdown would
/// take, so that formulas keep theirs, and marks between two ASCII letters or digits are text, for `2*3*4` and
/// `snake_case`.
struct InlineParser {
    struct Token {
        enum Kind: Equatable {
            case text, code, address, hidden, bracket
            case mark(Mark)
            case lineEnd
        }
        var range: Range<Int>
        var kind: Kind
    }

    /// A run of "*" or "_", and what became of it. Closing ones are taken from its left, opening ones from its right.
    struct Mark: Equatable {
        var character: UInt8
        var canOpen: Bool
        var canClose: Bool
        var free: Int
        var closedEmphasis = 0, closedStrong = 0, openedEmphasis = 0, openedStrong = 0
    }

    let bytes: [UInt8]
    var tokens: [Token] = []
    /// Where "[" and "![" stand among the tokens of the line.
    private var brackets: [Int] = []
    private var hasMarks = false

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The pieces of each line, in order. O(n) in the lines' length.
    /// - Parameter base: the role of what isn't marked; a heading keeps its own whatever is marked in it.
    static func pieces(of lines: [Range<Int>], in bytes: [UInt8], base: Role) -> [[InlinePiece]] {
        var parser = InlineParser(bytes)
        for (index, line) in lines.enumerated() {
            parser.tokenize(line, isLast: index == lines.count - 1)
            parser.tokens.append(Token(range: line.upperBound..<line.upperBound, kind: .lineEnd))
        }
        if parser.hasMarks { parser.matchMarks() }
        return parser.pieces(base: base)
    }

    private mutating func tokenize(_ line: Range<Int>, isLast: Bool) {
        brackets.removeAll(keepingCapacity: true)
        var spans = CodeSpans(line: line)
        var links = LinkFinder(line: line)
        var text = line.lowerBound
        var position = line.lowerBound

        func byte(_ index: Int) -> UInt8? { line.contains(index) ? bytes[index] : nil }
        func flush() {
            if text < position { tokens.append(Token(range: text..<position, kind: .text)) }
        }

        while position < line.upperBound {
            switch bytes[position] {
            case UInt8(ascii: "\\"):
                let next = byte(position + 1)
                if next == nil, !isLast {
                    // A line break that is meant.
                    flush()
                    position += 1
                    text = position
                } else if let next, Self.isEscapable(next) {
                    flush()
                    text = position + 1
                    position += 2
                } else {
                    // Two backslashes are both shown, and the second one escapes nothing.
                    position += next == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: "`"):
                let span = spans.span(at: position, in: bytes)
                if let code = span.code {
                    flush()
                    tokens.append(Token(range: code, kind: .code))
                    text = span.end
                }
                position = span.end
            case UInt8(ascii: "*"), UInt8(ascii: "_"):
                let mark = self.mark(at: position, in: line)
                let end = position + mark.free
                if mark.canOpen || mark.canClose {
                    flush()
                    tokens.append(Token(range: position..<end, kind: .mark(mark)))
                    text = end
                    hasMarks = true
                }
                position = end
            case UInt8(ascii: "!") where byte(position + 1) == UInt8(ascii: "["), UInt8(ascii: "["):
                flush()
                let end = position + (bytes[position] == UInt8(ascii: "[") ? 1 : 2)
                brackets.append(tokens.count)
                tokens.append(Token(range: position..<end, kind: .bracket))
                (position, text) = (end, end)
            case UInt8(ascii: "]"):
                guard let bracket = brackets.popLast(), let address = links.address(at: position + 1, in: bytes) else {
                    position += 1
                    continue
                }
                flush()
                tokens[bracket].kind = .hidden
                tokens.append(Token(range: position..<position + 1, kind: .hidden))
                tokens.append(Token(range: address, kind: .address))
                (position, text) = (address.upperBound, address.upperBound)
            default: position += 1
            }
        }
        flush()
    }

    /// Whether a backslash before the byte vanishes. Brackets and parentheses aren't among them: with a backslash they
    /// enclose formulas.
    private static func isEscapable(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "#"), UInt8(ascii: "~"),
            UInt8(ascii: "|"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ">"):
            return true
        default: return false
        }
    }

    private func pieces(base: Role) -> [[InlinePiece]] {
        var lines: [[InlinePiece]] = []
        var line: [InlinePiece] = []
        var emphasis = 0
        var strong = 0

        func add(_ range: Range<Int>, _ role: Role) {
            // Characters may be made of bytes on both sides, so what stands together stays together.
            if let last = line.last, last.range.upperBound == range.lowerBound, last.role == role, !last.range.isEmpty {
                line[line.count - 1].range = last.range.lowerBound..<range.upperBound
            } else if !range.isEmpty {
                line.append(InlinePiece(range: range, role: role))
            }
        }
        var role: Role { base == .heading ? base : strong > 0 ? .strong : emphasis > 0 ? .emphasis : base }

        for token in tokens {
            switch token.kind {
            case .text, .bracket: add(token.range, role)
            case .code: add(token.range, .code)
            case .address:
                line.append(InlinePiece(range: token.range.lowerBound..<token.range.lowerBound, role: .muted))
                add(token.range, .muted)
            case .hidden: break
            case .mark(let mark):
                emphasis -= mark.closedEmphasis
                strong -= mark.closedStrong
                let start = token.range.lowerBound + mark.closedEmphasis + 2 * mark.closedStrong
                add(start..<start + mark.free, role)
                emphasis += mark.openedEmphasis
                strong += mark.openedStrong
            case .lineEnd:
                lines.append(line)
                line.removeAll()
            }
        }
        return lines
    }
}
