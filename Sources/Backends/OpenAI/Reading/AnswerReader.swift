import Chat

/// Turns the pieces of a server's answer into Chat's events. A pure state machine: the times come with the pieces.
struct AnswerReader: Sendable {
    /// The server's host, for errors.
    private let host: String
    /// Whether the answer was limited by the request.
    private let hasLimit: Bool
    private var scanner = ThinkTagScanner()
    private(set) var hasTokens = false
    private var finish: FinishReason?
    private var isDone = false

    init(host: String, hasLimit: Bool) {
        self.host = host
        self.hasLimit = hasLimit
    }

    /// Whether the server has said that nothing more comes.
    var isComplete: Bool { isDone }

    /// One event's data.
    ///
    /// - Throws: ``OpenAIError`` for an error of the server's, and for what isn't of the protocol.
    mutating func take(_ data: String, at time: Duration) throws -> [ChatEvent] {
        if data.allSatisfy(\.isWhitespace) { return [] }
        if data == "[DONE]" {
            isDone = true
            return []
        }
        guard let chunk = try? CompletionChunk(json: data.utf8) else {
            throw OpenAIError.malformed(host: host, expected: "an event with JSON", found: Self.excerpt(data))
        }
        return try take(chunk, at: time)
    }

    mutating func take(_ chunk: CompletionChunk, at time: Duration) throws -> [ChatEvent] {
        if let error = chunk.error { throw OpenAIError.failedMidway(host: host, message: Self.excerpt(error.message)) }
        guard chunk.choices != nil || chunk.usage != nil || chunk.timings != nil else {
            if let message = chunk.detail ?? chunk.message {
                throw OpenAIError.failedMidway(host: host, message: Self.excerpt(message))
            }
            return []
        }
        var events: [ChatEvent] = []
        // Several answers at once were never asked for.
        for choice in chunk.choices ?? [] where (choice.index ?? 0) == 0 {
            events += take(choice, at: time)
        }
        let report = chunk.report
        if !report.isEmpty { events.append(.server(report)) }
        return events
    }

    private mutating func take(_ choice: CompletionChunk.Choice, at time: Duration) -> [ChatEvent] {
        let message = choice.delta ?? choice.message
        var tokens: [ChatToken] = []
        if let thoughts = message?.reasoningContent ?? message?.reasoning, !thoughts.isEmpty {
            tokens += self.tokens(of: thoughts, channel: .reasoning, logprobs: [], at: time)
        }
        if let refusal = message?.refusal, !refusal.isEmpty {
            tokens += self.tokens(of: refusal, channel: .answer, logprobs: [], at: time)
            finish = .refusal
        }
        let content = message?.content ?? choice.text ?? ""
        let named = choice.logprobs?.named ?? []
        if !content.isEmpty || !named.isEmpty {
            tokens += self.tokens(of: content, channel: nil, logprobs: named, at: time)
        }
        if !tokens.isEmpty { hasTokens = true }
        if message?.toolCalls?.isEmpty == false { finish = .toolCall }
        if let reason = choice.finishReason { finish = finish == .refusal ? .refusal : Self.reason(reason, hasLimit) }
        return tokens.map { .token($0) }
    }

    /// - Parameter channel: nil where tags in the text may tell it.
    private mutating func tokens(
        of text: String, channel: ChatToken.Channel?, logprobs: [NamedToken], at time: Duration
    ) -> [ChatToken] {
        let isNamed = !logprobs.isEmpty
        // Where the names don't add up to the text, the text is what was said.
        let areExact = logprobs.map(\.text).joined() == text
        let parts: [(String, NamedToken?)] =
            isNamed
            ? logprobs.enumerated().map { index, token in
                (areExact ? token.text : index == logprobs.count - 1 ? text : "", token)
            } : [(text, nil)]
        var tokens: [ChatToken] = []
        for (part, name) in parts {
            let pieces = channel.map { [ThinkTagScanner.Piece(channel: $0, text: part)] } ?? scanner.append(part)
            // A token whose text is kept back, or is a tag, counts all the same.
            let last = pieces.last ?? ThinkTagScanner.Piece(channel: scanner.channel, text: "")
            for piece in pieces.dropLast() {
                tokens.append(ChatToken(text: piece.text, channel: piece.channel, isChunk: !isNamed, at: time))
            }
            tokens.append(
                ChatToken(
                    text: last.text, logprob: name?.logprob, alternatives: name?.alternatives ?? [],
                    channel: last.channel, isChunk: !isNamed, at: time))
        }
        return tokens
    }

    /// The events that end the answer.
    ///
    /// - Throws: ``OpenAIError/brokenOff(host:)`` if the server never said that it was the end.
    mutating func end(at time: Duration) throws -> [ChatEvent] {
        let rest = scanner.finish().map {
            ChatEvent.token(ChatToken(text: $0.text, channel: $0.channel, isChunk: true, at: time))
        }
        guard isDone || finish != nil else { throw OpenAIError.brokenOff(host: host) }
        return rest + [.finished(finish ?? .stop, at: time)]
    }

    /// Without a limit of ours, it is the context that was too short.
    private static func reason(_ text: String, _ hasLimit: Bool) -> FinishReason {
        switch text {
        case "length", "max_tokens", "model_length": hasLimit ? .length : .contextFull
        case "content_filter", "safety", "refusal": .refusal
        case "tool_calls", "function_call": .toolCall
        default: .stop
        }
    }

    /// The beginning of a text on one line, for an error.
    static func excerpt(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 300 ? line.prefix(300) + "…" : line
    }
}

/// A token that a server names, with what it says of it.
struct NamedToken: Sendable, Equatable {
    var text: String
    var logprob: Double?
    var alternatives: [ChatToken.Alternative]
}

extension CompletionChunk.Logprobs {
    /// The tokens in either form that the protocol has.
    var named: [NamedToken] {
        if let content {
            return content.map { token in
                NamedToken(
                    text: token.token, logprob: token.logprob.asLogprob,
                    alternatives: (token.topLogprobs ?? []).map { alternative($0.token, $0.logprob) })
            }
        }
        return (tokens ?? []).enumerated().map { index, text in
            let top = topLogprobs.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? [:]
            let logprob = tokenLogprobs.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            return NamedToken(
                text: text, logprob: logprob?.asLogprob,
                alternatives: top.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
                    .map { alternative($0.key, $0.value) })
        }
    }

    private func alternative(_ text: String, _ logprob: Double) -> ChatToken.Alternative {
        ChatToken.Alternative(id: nil, text: text, logprob: logprob)
    }
}

extension Double {
    /// Some servers write the logarithm of nothing as a very small number, and of what they don't know as a positive one.
    fileprivate var asLogprob: Double? { self <= 1e-6 ? Swift.min(self, 0) : nil }
}
