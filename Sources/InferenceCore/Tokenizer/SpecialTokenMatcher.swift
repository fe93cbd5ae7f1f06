/// Finds the special tokens that a text spells out.
///
/// Where candidates overlap, the longest token of all wins, wherever it begins, then the next longest; of equal
/// lengths the lowest id; and each takes its leftmost occurrence first. So llama.cpp has it, which searches the text
/// once for each token; here one pass finds where candidates overlap, and only those places are searched again.
/// The tokens of a Hugging Face folder are found as `tokenizers` finds them: the leftmost first, of these the longest.
struct SpecialTokenMatcher: Sendable {
    /// The tokens in the order of their bytes, no two alike.
    private let tokens: [TokenID]
    /// The indices of `tokens` in the order in which they are looked for, and the place of each in it.
    private let order: [Int]
    private let priorities: [Int]
    /// Which of `tokens` begin with each byte.
    private let ranges: [Range<Int>]
    /// Whether a token begins with two given bytes, or is the first of them: one bit a pair.
    private let pairs: [UInt64]
    private let strings: PackedStrings
    private let swallowsWhitespace: Set<TokenID>
    /// The rules of a folder's tokens; nil where the file has none.
    private let added: [TokenID: PublishedRules.AddedToken]?

    /// - Parameters:
    ///   - added: The tokens that a Hugging Face folder added to its vocabulary.
    ///   - inNormalizedText: Of these, only those that are found in normalized text; otherwise the others.
    ///   - includes: Which tokens are looked for.
    init(
        _ vocabulary: Vocabulary, added: [PublishedRules.AddedToken]? = nil, inNormalizedText: Bool = false,
        includes: (TokenAttributes) -> Bool
    ) {
        let added = added.map { tokens in
            Dictionary(tokens.filter { $0.isNormalized == inNormalizedText }.map { ($0.id, $0) }) { first, _ in first }
        }
        let strings = inNormalizedText ? Self.normalizedNames(added ?? [:], vocabulary) : vocabulary.strings
        let candidates = vocabulary.attributes.indices.filter { token in
            includes(vocabulary.attributes[token]) && !strings.range(token).isEmpty
                && added?.keys.contains(TokenID(token)) ?? true
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
        var pairs = [UInt64](repeating: 0, count: 1 << 10)
        for (index, token) in tokens.enumerated() {
            let string = strings.string(Int(token))
            let first = Int(string[string.startIndex])
            ranges[first] = (ranges[first].isEmpty ? index : ranges[first].lowerBound)..<index + 1
            let seconds = string.count > 1 ? [Int(string[string.startIndex + 1])] : Array(0...255)
            for second in seconds { pairs[first << 2 | second >> 6] |= 1 << UInt64(second & 63) }
        }
        let order = tokens.indices.sorted { first, second in
            let (left, right) = (Int(tokens[first]), Int(tokens[second]))
            let (leftCount, rightCount) = (strings.range(left).count, strings.range(right).count)
            return leftCount == rightCount ? left < right : leftCount > rightCount
        }
        var priorities = [Int](repeating: 0, count: tokens.count)
        for (priority, index) in order.enumerated() { priorities[index] = priority }
        self.tokens = tokens
        self.order = order
        self.priorities = priorities
        self.ranges = ranges
        self.pairs = pairs
        self.strings = strings
        swallowsWhitespace = vocabulary.special.swallowsWhitespace
        self.added = added
    }

    /// The names of the given tokens as they look in normalized text; empty ones for all others.
    private static func normalizedNames(
        _ added: [TokenID: PublishedRules.AddedToken], _ vocabulary: Vocabulary
    ) -> PackedStrings {
        var names = PackedStrings(reservingCount: vocabulary.count)
        for token in 0..<vocabulary.count {
            var name: [UInt8] = []
            if added[TokenID(token)] != nil {
                vocabulary.strings.withString(token) {
                    if $0.isEmpty { return }
                    vocabulary.normalizer.append($0, start: .whole, to: &name)
                }
            }
            name.withUnsafeBytes { names.append($0) }
        }
        return names
    }

    /// A part of a text cut at its special tokens, as if nothing were around it.
    func pieces(of text: UnsafeRawBufferPointer, in range: Range<Int>) -> [TextPiece] {
        pieces(of: UnsafeRawBufferPointer(rebasing: text[range])).map { piece in
            guard case .text(let part) = piece else { return piece }
            return .text(part.lowerBound + range.lowerBound..<part.upperBound + range.lowerBound)
        }
    }

    /// The text cut at its special tokens; pieces of text are never empty.
    func pieces(of text: UnsafeRawBufferPointer) -> [TextPiece] {
        if let added { return pieces(of: text, by: added) }
        var pieces: [TextPiece] = []
        var textStart = 0
        var start = 0
        while start < text.count {
            // Few bytes begin a token, and most of a text gets no further than this.
            guard !ranges[Int(text[start])].isEmpty, let first = longest(at: start, of: text) else {
                start += 1
                continue
            }
            let clusterEnd = endOfCluster(from: start + 1, to: first.end, of: text)
            // A token that fills the whole cluster is longer than any other in it.
            let found =
                clusterEnd == first.end
                ? [(start..<clusterEnd, first.token)] : resolve(start..<clusterEnd, of: text)
            for (range, token) in found {
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

    /// The same for a folder's tokens.
    private func pieces(
        of text: UnsafeRawBufferPointer, by added: [TokenID: PublishedRules.AddedToken]
    ) -> [TextPiece] {
        var pieces: [TextPiece] = []
        let scanner = TextScanner(bytes: text)
        var textStart = 0
        var position = 0
        while position < text.count {
            guard !ranges[Int(text[position])].isEmpty, let found = longest(at: position, of: text) else {
                position += 1
                continue
            }
            var range = position..<found.end
            position = found.end
            let rules = added[found.token]
            if rules?.isSingleWord ?? false, scanner.hasWordCharacter(beside: range) { continue }
            if rules?.stripsLeft ?? false {
                range = scanner.startOfWhitespace(before: range.lowerBound, from: textStart)..<range.upperBound
            }
            if rules?.stripsRight ?? false {
                position = scanner.endOfRun(from: position, limit: text.count) { $0 == .whitespace }
            }
            if textStart < range.lowerBound { pieces.append(.text(textStart..<range.lowerBound)) }
            pieces.append(.token(found.token))
            textStart = position
        }
        if textStart < text.count { pieces.append(.text(textStart..<text.count)) }
        return pieces
    }

    /// The end of the stretch in which each candidate overlaps the one before it.
    private func endOfCluster(from start: Int, to end: Int, of text: UnsafeRawBufferPointer) -> Int {
        var end = end
        var position = start
        while position < end {
            if let next = longest(at: position, of: text) { end = max(end, next.end) }
            position += 1
        }
        return end
    }

    /// The longest token that the text spells at `start`.
    private func longest(at start: Int, of text: UnsafeRawBufferPointer) -> (token: TokenID, end: Int)? {
        var longest: (token: TokenID, end: Int)?
        forEachToken(at: start, of: text) { longest = (tokens[$0], $1) }
        return longest
    }

    /// Calls `body` with each token that the text spells at `start`, the shortest first: its index in `tokens` and
    /// where it ends.
    @inline(__always)
    private func forEachToken(at start: Int, of text: UnsafeRawBufferPointer, _ body: (Int, Int) -> Void) {
        let first = Int(text[start])
        var range = ranges[first]
        guard !range.isEmpty else { return }
        if start + 1 < text.count {
            let second = Int(text[start + 1])
            guard pairs[first << 2 | second >> 6] >> UInt64(second & 63) & 1 == 1 else { return }
        }
        var depth = 1
        while true {
            // The shortest of strings with the same beginning is sorted first.
            if strings.range(Int(tokens[range.lowerBound])).count == depth {
                body(range.lowerBound, start + depth)
                range = range.lowerBound + 1..<range.upperBound
            }
            guard !range.isEmpty, start + depth < text.count else { return }
            range = narrowed(range, depth, to: text[start + depth])
            guard !range.isEmpty else { return }
            depth += 1
        }
    }

    /// Those of the sorted tokens in `range` that have this byte at `depth`; all have bytes there.
    private func narrowed(_ range: Range<Int>, _ depth: Int, to byte: UInt8) -> Range<Int> {
        if self.byte(range.lowerBound, depth) == byte, self.byte(range.upperBound - 1, depth) == byte { return range }
        let low = firstIndex(in: range, depth) { $0 >= byte }
        return low..<firstIndex(in: low..<range.upperBound, depth) { $0 > byte }
    }

    private func byte(_ index: Int, _ depth: Int) -> UInt8 {
        strings.bytes[strings.range(Int(tokens[index])).lowerBound + depth]
    }

    /// The first of the sorted tokens in `range` whose byte at `depth` satisfies the predicate.
    private func firstIndex(in range: Range<Int>, _ depth: Int, where satisfies: (UInt8) -> Bool) -> Int {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high {
            let middle = (low + high) / 2
            if satisfies(byte(middle, depth)) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The tokens of a cluster, from left to right.
    private func resolve(_ cluster: Range<Int>, of text: UnsafeRawBufferPointer) -> [(Range<Int>, TokenID)] {
        var candidates: Set<Int> = []
        for position in cluster {
            forEachToken(at: position, of: text) { index, _ in candidates.insert(priorities[index]) }
        }
        let ordered = candidates.sorted().map { tokens[order[$0]] }
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

extension TextScanner {
    /// Whether the character before or the one after the range is a part of words.
    fileprivate func hasWordCharacter(beside range: Range<Int>) -> Bool {
        if range.upperBound < bytes.count, isWordCharacter(at: range.upperBound, limit: bytes.count) { return true }
        return range.lowerBound > 0
            && isWordCharacter(at: startOfCharacter(before: range.lowerBound), limit: range.lowerBound)
    }

    /// Where the whitespace begins that ends at `end`.
    fileprivate func startOfWhitespace(before end: Int, from limit: Int) -> Int {
        var start = end
        while start > limit {
            let previous = startOfCharacter(before: start)
            guard previous >= limit, character(at: previous, limit: start).kind == .whitespace else { break }
            start = previous
        }
        return start
    }

    private func startOfCharacter(before offset: Int) -> Int {
        var start = offset - 1
        while start > 0, start > offset - 4, UTF8Sequence.isContinuation(bytes[start]) { start -= 1 }
        return start
    }
}
