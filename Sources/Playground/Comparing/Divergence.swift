import Chat

/// Where a pane's answer parts from the one that it is compared with, seen by the pane's own model.
struct Divergence: Equatable {
    /// A gap in log-probability that is small enough for rounding to decide between both tokens.
    static let nearTie = 0.5

    /// What the model thought of the other answer's choice.
    enum Other: Equatable {
        /// The other answer ended here.
        case ended
        case ranked(text: String, rank: Int, logprob: Double)
        /// Not among so many likeliest tokens, which all are at least this likely.
        case beyond(text: String, count: Int, logprob: Double)
        /// The backend listed no alternatives.
        case unknown(text: String)
    }

    /// Index of the token in the pane's answer at which both part; nil where this answer ended first.
    var token: Int?
    /// The text that it chose there.
    var chosen: String
    var chosenLogprob: Double?
    var other: Other
    /// Whether the pane's model can be led through the other answer, which tells a rank beyond the alternatives.
    var canFollow = true

    /// Whether both choices were about as likely.
    var isNearTie: Bool {
        guard case .ranked(_, _, let logprob) = other, let chosenLogprob else { return false }
        return abs(chosenLogprob - logprob) <= Self.nearTie
    }

    /// - Returns: nil where one of the answers goes on and hasn't parted yet, or both are the same.
    init?(of answer: AnswerTokens, from other: AnswerTokens, isOpen: Bool, isOtherOpen: Bool) {
        let (start, otherStart) = (Self.start(of: answer.text), Self.start(of: other.text))
        let (count, otherCount) = (answer.text.utf8.count - start, other.text.utf8.count - otherStart)
        let common = Self.common(answer.text, from: start, other.text, from: otherStart)
        if common == count, isOpen || common == otherCount { return nil }
        if common == otherCount, isOtherOpen { return nil }
        let there = other.text.utf8.dropFirst(otherStart)
        guard common < count, let token = answer.token(at: start + common) else {
            self.token = nil
            chosen = ""
            self.other = .unknown(text: Self.beginning(there.dropFirst(common)))
            return
        }
        self.token = token
        chosen = answer.tokens[token].text
        chosenLogprob = answer.tokens[token].logprob
        guard common < otherCount else {
            self.other = .ended
            return
        }
        // What the other answer says from where this token begins.
        let begin = answer.range(of: token).lowerBound - start
        self.other = Self.other(
            saying: there.dropFirst(max(0, min(common, begin))), beside: answer.tokens[token], isFirst: begin <= 0)
    }

    /// - Parameter isFirst: whether the text is an answer's beginning, at which white space doesn't count.
    private static func other(saying text: Substring.UTF8View, beside token: ChatToken, isFirst: Bool) -> Other {
        let candidates = token.alternatives.enumerated().filter { _, alternative in
            let said = alternative.text.utf8.dropFirst(isFirst ? start(of: alternative.text) : 0)
            return !said.isEmpty && !token.isSame(as: alternative) && text.starts(with: said)
        }
        if let (index, best) = candidates.max(by: { $0.element.text.utf8.count < $1.element.text.utf8.count }) {
            return .ranked(text: best.text, rank: index + 1, logprob: best.logprob)
        }
        guard let last = token.alternatives.last else { return .unknown(text: beginning(text)) }
        return .beyond(text: beginning(text), count: token.alternatives.count, logprob: last.logprob)
    }

    /// The first word, with the space before it.
    private static func beginning(_ bytes: Substring.UTF8View) -> String {
        let text = String(decoding: bytes.prefix(64), as: UTF8.self)
        let space = text.prefix { $0.isWhitespace }
        return String(space) + text.dropFirst(space.count).prefix { !$0.isWhitespace }
    }

    /// How many bytes two texts have in common from these on.
    private static func common(_ one: String, from start: Int, _ other: String, from otherStart: Int) -> Int {
        // Answers are compared whenever they are drawn, and may be long: this loop is the fast one.
        var (one, other) = (one, other)
        return one.withUTF8 { here in
            other.withUTF8 { there in
                let most = min(here.count - start, there.count - otherStart)
                var count = 0
                while count < most, here[start + count] == there[otherStart + count] { count += 1 }
                return count
            }
        }
    }

    /// Answers begin with white space or not, by their models' habits.
    private static func start(of text: String) -> Int {
        text.utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.count
    }
}

extension State {
    /// For each pane, where its latest answer parts from the first pane's, and for the first pane, where it parts from
    /// the second's. Nil for panes whose answer doesn't.
    var divergences: [Divergence?] {
        guard panes.count > 1, !isHidden else { return panes.map { _ in nil } }
        return panes.indices.map { index in
            guard let here = panes[index].turns.last, let there = panes[index == 0 ? 1 : 0].turns.last,
                here.prompt == there.prompt
            else { return nil }
            // An answer that was cut short doesn't say that it would have ended there.
            var divergence = Divergence(
                of: here.answer, from: there.answer, isOpen: here.phase != .finished(.stop),
                isOtherOpen: there.phase != .finished(.stop))
            divergence?.canFollow = panes[index].profile?.server == nil
            return divergence
        }
    }
}
