/// What a byte-pair vocabulary says of two neighbouring symbols.
protocol MergeRules {
    /// The merge of the symbols `left` and `right`, whose bytes together are `bytes`: the first `cut` of them are the
    /// left one's.
    func merge(_ left: TokenID, _ right: TokenID, spanning bytes: UnsafeRawBufferPointer, cut: Int) -> Merge
}

/// Merges the symbols of one word, again and again, until no two neighbours merge: the lowest order first, the
/// leftmost of equals. Keeps its storage from word to word.
///
/// Short words look for the next merge among all pairs, which is fastest where everything fits into a few cache
/// lines; long ones keep a heap, O(n log n), so that no text is slow.
struct WordMerger {
    /// A piece of the word: a token, or -1 where the vocabulary has none.
    struct Symbol {
        var token: TokenID
        /// Where it starts and ends among the word's bytes.
        var start: Int32
        var end: Int32
    }

    /// Longer words than this are given in parts, so that positions fit into 32 bits.
    static let longestWord = 1 << 30

    private static let longestScan = 40

    /// The word: filled by the caller, then reduced by `merge(_:with:)`.
    var symbols: [Symbol] = []

    private var word = UnsafeRawBufferPointer(start: nil, count: 0)

    private var merges: [Merge] = []
    private var previous: [Int32] = []
    private var next: [Int32] = []
    private var queue = MergeQueue()

    /// Merges the symbols, which stand for the bytes of `word`.
    mutating func merge(_ word: UnsafeRawBufferPointer, with rules: some MergeRules) {
        self.word = word
        if symbols.count > Self.longestScan {
            mergeByQueue(with: rules)
        } else if symbols.count > 1 {
            mergeByScan(with: rules)
        }
    }

    private mutating func mergeByScan(with rules: some MergeRules) {
        merges.removeAll(keepingCapacity: true)
        for index in 1..<symbols.count {
            merges.append(merge(symbols[index - 1], symbols[index], rules))
        }
        let word = word
        let rest = symbols.withUnsafeMutableBufferPointer { symbols in
            merges.withUnsafeMutableBufferPointer { Self.mergeByScan(word, symbols, $0, rules) }
        }
        symbols.removeLast(symbols.count - rest)
    }

    /// Merges symbols in place; returns how many are left.
    /// - Parameter merges: of each symbol with the next.
    private static func mergeByScan(
        _ word: UnsafeRawBufferPointer, _ symbols: UnsafeMutableBufferPointer<Symbol>,
        _ merges: UnsafeMutableBufferPointer<Merge>, _ rules: some MergeRules
    ) -> Int {
        var pairs = merges.count
        while pairs > 0 {
            var best = 0
            for index in 1..<pairs where merges[index].order < merges[best].order { best = index }
            guard merges[best].exists else { break }
            symbols[best].token = merges[best].token
            symbols[best].end = symbols[best + 1].end
            pairs -= 1
            for index in best..<pairs {
                symbols[index + 1] = symbols[index + 2]
                merges[index] = merges[index + 1]
            }
            if best > 0 { merges[best - 1] = merge(symbols[best - 1], symbols[best], in: word, rules) }
            if best < pairs { merges[best] = merge(symbols[best], symbols[best + 1], in: word, rules) }
        }
        return pairs + 1
    }

    private mutating func mergeByQueue(with rules: some MergeRules) {
        let count = Int32(symbols.count)
        previous = Array(-1..<count - 1)
        next = Array(1...count)
        next[next.count - 1] = -1
        queue.removeAll()
        for index in 1..<count { enqueue(index - 1, index, rules) }
        while let candidate = queue.popFirst() {
            let left = Int(candidate.left)
            // A symbol that was merged away is empty; one that has grown makes a longer pair than was queued.
            guard symbols[left].end > symbols[left].start, next[left] >= 0 else { continue }
            let right = Int(next[left])
            guard symbols[right].end - symbols[left].start == candidate.length else { continue }
            symbols[left].token = candidate.merge.token
            symbols[left].end = symbols[right].end
            symbols[right].end = symbols[right].start
            next[left] = next[right]
            if next[left] >= 0 { previous[Int(next[left])] = Int32(left) }
            enqueue(previous[left], Int32(left), rules)
            enqueue(Int32(left), next[left], rules)
        }
        symbols.removeAll { $0.end == $0.start }
    }

    private mutating func enqueue(_ left: Int32, _ right: Int32, _ rules: some MergeRules) {
        guard left >= 0, right >= 0 else { return }
        let first = symbols[Int(left)]
        let second = symbols[Int(right)]
        let merge = merge(first, second, rules)
        guard merge.exists else { return }
        queue.insert(MergeQueue.Candidate(merge: merge, left: left, length: second.end - first.start))
    }

    @inline(__always)
    private func merge(_ left: Symbol, _ right: Symbol, _ rules: some MergeRules) -> Merge {
        Self.merge(left, right, in: word, rules)
    }

    @inline(__always)
    private static func merge(
        _ left: Symbol, _ right: Symbol, in word: UnsafeRawBufferPointer, _ rules: some MergeRules
    ) -> Merge {
        let bytes = UnsafeRawBufferPointer(rebasing: word[Int(left.start)..<Int(right.end)])
        return rules.merge(left.token, right.token, spanning: bytes, cut: Int(left.end - left.start))
    }
}
