import Chat

/// An answer as text and as the tokens that it came in.
public struct AnswerTokens: Sendable, Equatable {
    public private(set) var text = ""
    public private(set) var tokens: [ChatToken] = []
    /// Where each token's text ends, in UTF-8.
    private var ends: [Int] = []
    /// How many of the tokens were another run's.
    public private(set) var inherited = 0
    /// Whether any token had been guessed.
    private(set) var hasDrafts = false

    public init() {}

    public var isEmpty: Bool { text.isEmpty }

    mutating func append(_ token: ChatToken) {
        tokens.append(token)
        text += token.text
        ends.append((ends.last ?? 0) + token.text.utf8.count)
        if token.isDrafted { hasDrafts = true }
    }

    /// The first tokens, and another choice behind them: how a branch begins.
    func branch(at index: Int, choosing alternative: ChatToken.Alternative) -> AnswerTokens {
        var branch = AnswerTokens()
        for token in tokens.prefix(index) { branch.append(token) }
        var chosen = ChatToken(
            id: alternative.id, text: alternative.text, logprob: alternative.logprob, at: tokens[index].at)
        chosen.alternatives = tokens[index].alternatives
        chosen.entropy = tokens[index].entropy
        branch.append(chosen)
        branch.inherited = branch.tokens.count
        return branch
    }

    /// The UTF-8 offsets of a token's text.
    func range(of token: Int) -> Range<Int> { (token > 0 ? ends[token - 1] : 0)..<ends[token] }

    /// The token whose text holds a UTF-8 offset; nil behind the last one. O(log n).
    func token(at offset: Int) -> Int? {
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > offset { high = middle } else { low = middle + 1 }
        }
        return low < ends.count ? low : nil
    }

    /// The tokens for a backend to go on behind: ids where all are known, text otherwise.
    var asPrefix: AnswerText? {
        guard !tokens.isEmpty else { return nil }
        let ids = tokens.compactMap(\.id)
        return ids.count == tokens.count ? .tokens(ids) : .text(text)
    }
}
