extension TextEncoder {
    /// One of the classes that a model knows.
    public struct Label: Sendable, Equatable {
        public let name: String
        public let probability: Double
    }

    /// Something that a text names.
    public struct Entity: Sendable, Equatable {
        /// Its class, without the B- or I- of its tokens.
        public let label: String
        /// As it stands in the text.
        public let text: String
        /// The mean of its tokens' probabilities.
        public let probability: Double
    }

    /// A passage that answers a question.
    public struct Answer: Sendable, Equatable {
        /// As it stands in the text.
        public let text: String
        /// Of the passage among all that are allowed.
        public let probability: Double
    }

    /// The classes of a text, or of two texts in their relation, the likeliest first.
    /// - Throws: ``ModelError/missingHead(path:task:)``.
    public func classify(_ text: String, and second: String? = nil) async throws -> [Label] {
        let tokens: [TokenID]
        let types: [TokenID]
        if let second {
            let pair = tokenizer.encodePair(text, second)
            (tokens, types) = (Array(pair.tokens.prefix(longestText)), Array(pair.segments.prefix(longestText)))
        } else {
            tokens = encode(text).tokens
            types = Self.zeros(tokens.count)
        }
        return try await classProbabilities(of: tokens, types: types).enumerated()
            .map { Label(name: name(ofClass: $0.offset), probability: $0.element) }
            .sorted { $0.probability > $1.probability }
    }

    /// What a text names, from the classes of its tokens: "B-" begins an entity, "I-" goes on with it, "O" is none.
    /// - Throws: ``ModelError/missingHead(path:task:)``.
    public func entities(in text: String) async throws -> [Entity] {
        let aligned = AlignedText(text, tokenizer: tokenizer)
        let (begin, end) = frame
        let count = min(aligned.tokens.count, longestText - begin.count - end.count)
        guard count > 0 else { return [] }
        let probabilities = try await tokenProbabilities(of: begin + aligned.tokens.prefix(count) + end)
        var entities: [Entity] = []
        var open: (label: String, tokens: ClosedRange<Int>, sum: Double)?
        func close() {
            guard let entity = open else { return }
            entities.append(
                Entity(
                    label: entity.label, text: aligned.passage(entity.tokens),
                    probability: entity.sum / Double(entity.tokens.count)))
            open = nil
        }
        for token in 0..<count {
            let row = probabilities[begin.count + token]
            let best = row.indices.max { row[$0] < row[$1] } ?? 0
            let (label, isBeginning) = Self.entityLabel(name(ofClass: best))
            // A word is one entity, whatever its later pieces are taken for.
            let isSameWord = token > 0 && aligned.ranges[token] == aligned.ranges[token - 1]
            if let entity = open, isSameWord || (entity.label == label && !isBeginning) {
                open = (entity.label, entity.tokens.lowerBound...token, entity.sum + row[best])
            } else if !isSameWord {
                close()
                if let label { open = (label, token...token, row[best]) }
            }
        }
        close()
        return entities
    }

    /// The passage of a text that answers a question best (Devlin et al. 2019, section 4.2).
    /// - Parameter longest: tokens of the longest answer.
    /// - Returns: nil for a text of no tokens.
    /// - Throws: ``ModelError/missingHead(path:task:)``.
    public func answer(_ question: String, in text: String, longest: Int = 30) async throws -> Answer? {
        let aligned = AlignedText(text, tokenizer: tokenizer)
        let (begin, end) = frame
        let before = begin + tokenizer.encode(question, addSpecial: false) + end
        let count = min(aligned.tokens.count, longestText - before.count - end.count)
        guard count > 0 else { return nil }
        let tokens = before + aligned.tokens.prefix(count) + end
        let types = tokens.indices.map { TokenID($0 < before.count ? 0 : 1) }
        let scores = try await spanScores(of: tokens, types: types)
        var best: (range: ClosedRange<Int>, score: Float)?
        var all: [Float] = []
        for first in 0..<count {
            for last in first..<min(count, first + longest) {
                let score = scores.begins[before.count + first] + scores.ends[before.count + last]
                all.append(score)
                if score > best?.score ?? -.infinity { best = (first...last, score) }
            }
        }
        guard let best else { return nil }
        let sum = all.reduce(0.0) { $0 + exponential(Double($1 - best.score)) }
        return Answer(text: aligned.passage(best.range), probability: 1 / sum)
    }

    /// What stands before and behind a text.
    private var frame: (begin: [TokenID], end: [TokenID]) {
        let empty = tokenizer.encode("")
        return (Array(empty.prefix(1)), Array(empty.dropFirst().prefix(1)))
    }

    private func name(ofClass index: Int) -> String { index < labels.count ? labels[index] : "LABEL_\(index)" }

    /// The class of an entity, nil for none, and whether the token is its first.
    private static func entityLabel(_ name: String) -> (label: String?, isBeginning: Bool) {
        if name == "O" { return (nil, false) }
        if name.hasPrefix("B-") { return (String(name.dropFirst(2)), true) }
        if name.hasPrefix("I-") { return (String(name.dropFirst(2)), false) }
        return (name, false)
    }
}
