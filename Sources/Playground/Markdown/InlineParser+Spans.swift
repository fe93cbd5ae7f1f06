/// Finds where a line's code spans end. O(length of the line) for all of them.
struct CodeSpans {
    /// Longer runs of backticks are text.
    private static let longest = 32

    let line: Range<Int>
    /// For each length of a run of backticks, where the last one starts; empty until the first is asked for.
    private var last: [Int] = []

    init(line: Range<Int>) { self.line = line }

    /// The span that a run of backticks begins.
    /// - Returns: its code, without a blank that stands inside both ends, and where to go on; no code if no run as long
    ///   follows.
    mutating func span(at start: Int, in bytes: [UInt8]) -> (code: Range<Int>?, end: Int) {
        if last.isEmpty { findRuns(from: start, in: bytes) }
        let length = Self.length(at: start, in: bytes, line: line)
        let inside = start + length
        guard length <= Self.longest, last[length] > start else { return (nil, inside) }
        var close = inside
        while close < line.upperBound {
            guard bytes[close] == UInt8(ascii: "`") else {
                close += 1
                continue
            }
            let found = Self.length(at: close, in: bytes, line: line)
            if found == length { break }
            close += found
        }
        let blank = UInt8(ascii: " ")
        let code = inside..<close
        let isPadded = code.count > 2 && bytes[inside] == blank && bytes[close - 1] == blank
        let isBlank = bytes[code].allSatisfy { $0 == blank }
        return (isPadded && !isBlank ? inside + 1..<close - 1 : code, close + length)
    }

    private mutating func findRuns(from start: Int, in bytes: [UInt8]) {
        last = Array(repeating: -1, count: Self.longest + 1)
        var position = start
        while position < line.upperBound {
            let length = Self.length(at: position, in: bytes, line: line)
            if length > 0, length <= Self.longest { last[length] = position }
            position += max(1, length)
        }
    }

    private static func length(at start: Int, in bytes: [UInt8], line: Range<Int>) -> Int {
        var end = start
        while end < line.upperBound, bytes[end] == UInt8(ascii: "`") { end += 1 }
        return end - start
    }
}

/// Finds the addresses of a line's links. O(length of the line) for all of them.
struct LinkFinder {
    let line: Range<Int>
    /// Where each parenthesis of the line closes; nil until the first is asked for.
    private var closing: [Int: Int]?

    init(line: Range<Int>) { self.line = line }

    /// The address that follows a link's text, parentheses included: no blanks in it, unless a title in quotes follows.
    mutating func address(at start: Int, in bytes: [UInt8]) -> Range<Int>? {
        guard start < line.upperBound, bytes[start] == UInt8(ascii: "(") else { return nil }
        if closing == nil { findParentheses(from: start, in: bytes) }
        guard let close = closing?[start], close > start + 1 else { return nil }
        let inside = bytes[start + 1..<close]
        if let blank = inside.firstIndex(where: { $0 == 0x20 || $0 == 0x09 }) {
            guard blank > start + 1, let title = bytes[blank..<close].first(where: { $0 != 0x20 && $0 != 0x09 }),
                title == UInt8(ascii: "\"") || title == UInt8(ascii: "'")
            else { return nil }
        }
        return start..<close + 1
    }

    private mutating func findParentheses(from start: Int, in bytes: [UInt8]) {
        var found: [Int: Int] = [:]
        var open: [Int] = []
        for position in start..<line.upperBound {
            if bytes[position] == UInt8(ascii: "(") { open.append(position) }
            if bytes[position] == UInt8(ascii: ")"), let opening = open.popLast() { found[opening] = position }
        }
        closing = found
    }
}
