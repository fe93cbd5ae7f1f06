/// A stretch of a text: still to be encoded, or a special token.
enum TextPiece: Equatable {
    case text(Range<Int>)
    case token(TokenID)
}

/// Finds the special tokens that a text spells out.
///
/// Where candidates overlap, the longest token of all wins, wherever it begins, then the next longest; of equal
/// lengths the lowest id; and each takes its leftmost occurrence first. So llama.cpp has it, which searches the text
/// once for each token; here one pass finds where candidates overlap, and only those places are searched again.
struct SpecialTokenMatcher: Sendable {
    /// The tokens in the order of their bytes, no two alike.
    private let tokens: [TokenID]
    /// Which of `tokens` begin with each byte.
    private let ranges: [Range<Int>]
    private let strings: PackedStrings
    private let swallowsWhitespace: Set<TokenID>

    init(_ vocabulary: Vocabulary, includes: (TokenAttributes) -> Bool) {
        let strings = vocabulary.strings
        let candidates = vocabulary.attributes.indices.filter {
            includes(vocabulary.attributes[$0]) && !strings.range($0).isEmpty
        }
        let sorted = candidates.sorted { first, second in
            let (left, right) = (strings.string(first), strings.string(second))
            return left == right ? first < second : left.lexicographicallyPrecedes(right)
        }
        var tokens: [TokenID] = []
        for token in sorted {
            if let last = tokens.last, strings.string(Int(last)) == strings.string(token) { continue }
            tokens.append(TokenID(token))
        }
        var ranges = [Range<Int>](repeating: 0..<0, count: 256)
        for (index, token) in tokens.enumerated() {
            let first = Int(strings.bytes[strings.range(Int(token)).lowerBound])
            ranges[first] = (ranges[first].isEmpty ? index : ranges[first].lowerBound)..<index + 1
        }
        self.tokens = tokens
        self.ranges = ranges
        self.strings = strings
        swallowsWhitespace = vocabulary.special.swallowsWhitespace
    }

    /// The text cut at its special tokens; pieces of text are never empty.
    func pieces(of text: UnsafeRawBufferPointer) -> [TextPiece] {
        var pieces: [TextPiece] = []
        var textStart = 0
        var candidates = CandidateSet(count: tokens.count)
        var start = 0
        while start < text.count {
            guard let end = collect(at: start, of: text, into: &candidates) else {
                start += 1
                continue
            }
            let clusterEnd = extendCluster(from: start + 1, to: end, of: text, into: &candidates)
            for (range, token) in resolve(start..<clusterEnd, of: text, candidates.removeAll()) {
                if textStart < range.lowerBound { pieces.append(.text(textStart..<range.lowerBound)) }
                pieces.append(.token(token))
                textStart = range.upperBound
                if swallowsWhitespace.contains(token) {
                    while textStart < text.count, Self.isSpace(text[textStart]) { textStart += 1 }
                }
            }
            start = clusterEnd
        }
        if textStart < text.count { pieces.append(.text(textStart..<text.count)) }
        return pieces
    }

    /// The end of the stretch in which each candidate overlaps the one before it.
    private func extendCluster(
        from start: Int, to end: Int, of text: UnsafeRawBufferPointer, into candidates: inout CandidateSet
    ) -> Int {
        var end = end
        var position = start
        while position < end {
            if let next = collect(at: position, of: text, into: &candidates) { end = max(end, next) }
            position += 1
        }
        return end
    }

    /// Adds every token that the text spells at `start`; returns the end of the longest.
    private func collect(
        at start: Int, of text: UnsafeRawBufferPointer, into candidates: inout CandidateSet
    ) -> Int? {
        var range = ranges[Int(text[start])]
        var end: Int?
        var depth = 1
        while !range.isEmpty {
            // The shortest of strings with the same beginning is sorted first.
            if strings.range(Int(tokens[range.lowerBound])).count == depth {
                candidates.insert(range.lowerBound)
                end = start + depth
                range = range.lowerBound + 1..<range.upperBound
            }
            guard start + depth < text.count else { break }
            let byte = text[start + depth]
            let low = firstIndex(in: range, depth) { $0 >= byte }
            range = low..<firstIndex(in: low..<range.upperBound, depth) { $0 > byte }
            depth += 1
        }
        return end
    }

    /// The first of the sorted tokens in `range` whose byte at `depth` satisfies the predicate.
    private func firstIndex(in range: Range<Int>, _ depth: Int, where satisfies: (UInt8) -> Bool) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            let string = strings.range(Int(tokens[middle]))
            if satisfies(strings.bytes[string.lowerBound + depth]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The tokens of a cluster, from left to right.
    private func resolve(
        _ cluster: Range<Int>, of text: UnsafeRawBufferPointer, _ candidates: [Int]
    ) -> [(Range<Int>, TokenID)] {
        let ordered = candidates.map { tokens[$0] }.sorted {
            let (left, right) = (strings.range(Int($0)).count, strings.range(Int($1)).count)
            return left == right ? $0 < $1 : left > right
        }
        var found: [(Range<Int>, TokenID)] = []
        var free = [cluster]
        for token in ordered where !free.isEmpty {
            var rest: [Range<Int>] = []
            strings.withString(Int(token)) { string in
                for range in free {
                    var start = range.lowerBound
                    var position = start
                    while position + string.count <= range.upperBound {
                        guard ByteHash.equal(text[position..<position + string.count], string) else {
                            position += 1
                            continue
                        }
                        if start < position { rest.append(start..<position) }
                        found.append((position..<position + string.count, token))
                        position += string.count
                        start = position
                    }
                    if start < range.upperBound { rest.append(start..<range.upperBound) }
                }
            }
            free = rest
        }
        return found.sorted { $0.0.lowerBound < $1.0.lowerBound }
    }

    /// C's `isspace`.
    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}

/// A set of small numbers that is emptied often.
private struct CandidateSet {
    private var isMember: [Bool]
    private var members: [Int] = []

    init(count: Int) { isMember = [Bool](repeating: false, count: count) }

    mutating func insert(_ member: Int) {
        guard !isMember[member] else { return }
        isMember[member] = true
        members.append(member)
    }

    mutating func removeAll() -> [Int] {
        for member in members { isMember[member] = false }
        defer { members.removeAll(keepingCapacity: true) }
        return members
    }
}
