import Chat

/// An answer as text and as the tokens that it came in, with what the model thought before it.
public struct AnswerTokens: Sendable, Equatable {
    /// All tokens, those of the thoughts among them, as they came.
    public private(set) var tokens: [ChatToken] = []
    /// How many of the tokens were another run's.
    public private(set) var inherited = 0
    /// Whether any token had been guessed.
    private(set) var hasDrafts = false
    /// How long the model thought, and in how many tokens.
    private(set) var thinking = Thinking()
    private var answer = Lane()
    private var reasoning = Lane()

    /// The text of one channel.
    private struct Lane: Sendable, Equatable {
        var text = ""
        /// Where each token's part of the text ends, in UTF-8; tokens of the other channel have an empty part.
        var ends: [Int] = []

        mutating func append(_ piece: String) {
            text += piece
            ends.append((ends.last ?? 0) + piece.utf8.count)
        }
    }

    public init() {}

    /// What is meant for the user.
    public var text: String { answer.text }
    /// What the model thought before it answered, or in between.
    public var thoughts: String { reasoning.text }
    /// Whether there is nothing for the user, whatever was thought.
    public var isEmpty: Bool { answer.text.isEmpty }
    /// Whether there are thoughts to see.
    var hasThoughts: Bool { reasoning.text.contains { !$0.isWhitespace } }

    mutating func append(_ token: ChatToken) {
        tokens.append(token)
        answer.append(token.channel == .answer ? token.text : "")
        reasoning.append(token.channel == .reasoning ? token.text : "")
        thinking.take(token)
        if token.isDrafted { hasDrafts = true }
    }

    /// The first tokens, and another choice behind them: how a branch begins.
    func branch(at index: Int, choosing alternative: ChatToken.Alternative) -> AnswerTokens {
        var branch = AnswerTokens()
        for token in tokens.prefix(index) { branch.append(token) }
        var chosen = ChatToken(
            id: alternative.id, text: alternative.text, logprob: alternative.logprob, channel: tokens[index].channel,
            at: tokens[index].at)
        chosen.alternatives = tokens[index].alternatives
        chosen.entropy = tokens[index].entropy
        branch.append(chosen)
        branch.inherited = branch.tokens.count
        return branch
    }

    /// The UTF-8 offsets of a token's text in the text of its channel, or of another one.
    func range(of token: Int, in channel: ChatToken.Channel? = nil) -> Range<Int> {
        let ends = lane(channel ?? tokens[token].channel).ends
        return (token > 0 ? ends[token - 1] : 0)..<ends[token]
    }

    /// The token whose text holds a UTF-8 offset of a channel's text; nil behind the last one. O(log n).
    func token(at offset: Int, in channel: ChatToken.Channel = .answer) -> Int? {
        let ends = lane(channel).ends
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > offset { high = middle } else { low = middle + 1 }
        }
        return low < ends.count ? low : nil
    }

    private func lane(_ channel: ChatToken.Channel) -> Lane {
        switch channel {
        case .answer: answer
        case .reasoning: reasoning
        }
    }

    /// The tokens for a backend to go on behind: ids where all are known, otherwise the text of the answer, of which
    /// thoughts are no part.
    var asPrefix: AnswerText? {
        guard !tokens.isEmpty else { return nil }
        return Self.ids(of: tokens) ?? .text(text)
    }

    /// The answer without its thoughts, for another model to be led through: ids where all are known.
    var asAnswer: AnswerText? {
        let said = tokens.filter { $0.channel == .answer }
        return said.isEmpty ? nil : Self.ids(of: said) ?? .text(text)
    }

    private static func ids(of tokens: [ChatToken]) -> AnswerText? {
        let ids = tokens.compactMap(\.id)
        return ids.count == tokens.count ? .tokens(ids) : nil
    }

    /// Whether a backend can be made to go on behind another choice at a token. Thoughts can't be told in text.
    func canBranch(at index: Int) -> Bool {
        tokens[index].channel == .answer || tokens.prefix(index + 1).allSatisfy { $0.id != nil }
    }
}

/// How long a model thought before it answered, as far as its tokens tell.
struct Thinking: Sendable, Equatable {
    /// Tokens, or chunks of them.
    private(set) var count = 0
    private(set) var hasChunks = false
    private var began: Duration?
    private var ended: Duration?
    private var isOver = false

    fileprivate mutating func take(_ token: ChatToken) {
        switch token.channel {
        case .reasoning:
            count += 1
            if token.isChunk { hasChunks = true }
            began = began ?? token.at
            if !isOver { ended = token.at }
        case .answer:
            // The first word of the answer ends the thinking before it.
            if !isOver, began != nil { ended = token.at }
            isOver = isOver || began != nil
        }
    }

    /// From the first thought to the answer, or to the last thought so far.
    var duration: Duration? {
        guard let began, let ended, ended > began else { return nil }
        return ended - began
    }
}
