/// Finds the last place before the end of a text where its latest tokens stood before (Saxena 2023). O(1) a token.
///
/// A run of tokens that has gone on in different ways says nothing about what comes now, however long it is: only
/// those that always went on alike count, and of these even single tokens.
struct PromptLookup {
    /// A place where the text may be about to repeat itself.
    struct Match: Equatable {
        /// Index of the token that came next.
        var place: Int
        /// How many tokens before that place are the latest ones too; at most ``longest``.
        var length: Int
    }

    /// Tokens that are compared at most.
    static let longest = 24
    /// Lengths of the runs that are kept track of.
    private static let lengths = [16, 8, 4, 3, 2, 1]

    /// Where a run of tokens stood last.
    private struct Run {
        /// Index of the token after it.
        var place: Int
        /// Whether it was followed by the same token wherever it stood.
        var isUnanimous: Bool
    }

    /// Runs of each length by their hash.
    private var runs = [[UInt64: Run]](repeating: [:], count: lengths.count)
    /// How many of the tokens are in `runs`, as the ends of runs.
    private var indexed = 0

    /// - Parameter tokens: the text, which begins as in the call before.
    mutating func match(_ tokens: [TokenID]) -> Match? {
        index(tokens)
        for (slot, length) in Self.lengths.enumerated() where tokens.count > length {
            guard let run = runs[slot][hash(tokens, endingAt: tokens.count, length: length)] else { continue }
            let agreed = agreement(tokens, before: run.place)
            guard agreed >= length else { continue }
            // Shorter runs have gone on in as many ways.
            return run.isUnanimous ? Match(place: run.place, length: agreed) : nil
        }
        return nil
    }

    /// How the text would go on as after a match. A repetition that reaches the end of the text goes round.
    static func continuation(_ tokens: [TokenID], after match: Match, count: Int) -> [TokenID] {
        let period = tokens.count - match.place
        return (0..<count).map { tokens[match.place + $0 % period] }
    }

    private func agreement(_ tokens: [TokenID], before place: Int) -> Int {
        var length = 0
        while length < min(place, Self.longest), tokens[place - 1 - length] == tokens[tokens.count - 1 - length] {
            length += 1
        }
        return length
    }

    /// Takes in every run whose next token is known.
    private mutating func index(_ tokens: [TokenID]) {
        while indexed < tokens.count - 1 {
            indexed += 1
            for (slot, length) in Self.lengths.enumerated() where indexed >= length {
                let key = hash(tokens, endingAt: indexed, length: length)
                let agrees = runs[slot][key].map { $0.isUnanimous && tokens[$0.place] == tokens[indexed] }
                runs[slot][key] = Run(place: indexed, isUnanimous: agrees ?? true)
            }
        }
    }

    /// FNV-1a; what it finds is compared token by token.
    private func hash(_ tokens: [TokenID], endingAt end: Int, length: Int) -> UInt64 {
        tokens[end - length..<end].reduce(14_695_981_039_346_656_037) {
            ($0 ^ UInt64(UInt32(bitPattern: $1))) &* 1_099_511_628_211
        }
    }
}
