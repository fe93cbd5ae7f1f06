/// Guesses that the text goes on as it did after the last place where its latest tokens stood.
struct PromptLookup: Drafter {
    /// Tokens that have to agree; the longest that is found counts.
    private static let lengths = [4, 3, 2]

    /// For each length, where the tokens after a run of that length begin. A run is known by its hash: a collision
    /// makes a bad guess, never a wrong text.
    private var places = [[UInt64: Int]](repeating: [:], count: lengths.count)
    /// How many of the tokens are in `places`, as the ends of runs.
    private var indexed = 0

    mutating func draft(after tokens: [TokenID], limit: Int, cancellation: CancellationFlag) -> [TokenID] {
        // The run at the very end goes in only after it was looked for.
        index(tokens, upTo: tokens.count - 1)
        defer { index(tokens, upTo: tokens.count) }
        for (slot, length) in Self.lengths.enumerated() where tokens.count > length {
            guard let place = places[slot][hash(tokens, endingAt: tokens.count, length: length)] else { continue }
            return Array(tokens[place...].prefix(limit))
        }
        return []
    }

    private mutating func index(_ tokens: [TokenID], upTo count: Int) {
        while indexed < count {
            indexed += 1
            for (slot, length) in Self.lengths.enumerated() where indexed >= length {
                places[slot][hash(tokens, endingAt: indexed, length: length)] = indexed
            }
        }
    }

    private func hash(_ tokens: [TokenID], endingAt end: Int, length: Int) -> UInt64 {
        tokens[end - length..<end].reduce(14_695_981_039_346_656_037) {
            ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 1_099_511_628_211
        }
    }
}
