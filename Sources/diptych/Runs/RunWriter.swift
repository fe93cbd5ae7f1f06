import Chat

/// Has one model answer, and writes the answer as it comes or as one document.
struct RunWriter: Sendable {
    var isJSON: Bool
    var output: Output
    /// Where notes for people go.
    var notes: Output

    func write(_ request: ChatRequest, answeredBy backend: any ChatBackend) async throws {
        let generation = try await backend.generate(request) { event in
            switch event {
            case .token(let token) where !isJSON && token.channel == .answer: try output.writeUntrusted(token.text)
            // Thoughts aren't the answer, but whoever waits may read them.
            case .token(let token) where !isJSON && notes.isTerminal: try notes.writeUntrusted(token.text)
            case .note(let note): notes.tell(note)
            default: break
            }
        }
        if isJSON {
            try output.write(RunDocument(request, generation).encoded())
            if let failure = generation.failure { throw failure }
        } else {
            if !generation.text.isEmpty || generation.failure == nil { try output.write("\n") }
            if let failure = generation.failure { throw failure }
            if let remark = generation.remark { notes.tell(remark) }
            if notes.isTerminal { notes.tell(MetricsDocument(generation.metrics).sentence) }
        }
    }
}

extension Generation {
    /// What the reader of an answer should know of its end; nil for most.
    fileprivate var remark: String? {
        switch finish {
        case .refusal: "the model, or a filter, refused to go on"
        case .toolCall: "the model asked for a tool, and there are none here"
        case .stop where text.isEmpty: "the answer is empty"
        default: nil
        }
    }
}

extension MetricsDocument {
    /// One line for people.
    fileprivate var sentence: String {
        let cached = (cachedTokens ?? 0) > 0 ? ", \(cachedTokens ?? 0) of them cached" : ""
        let prompt = promptTokens.map { "prompt of \($0) tokens\(cached)" } ?? "prompt of unknown length"
        let price = cost.map { "; \($0.text(of: 1)) at the price configured" }
        let drafts = speculation.map {
            "; \($0.accepted) of \($0.drafted) guesses accepted, "
                + "\(FigureText.number($0.tokensPerPass)) tokens a pass"
        }
        return "\(generatedTokens) \(generatedUnit), the first after \(FigureText.milliseconds(ttftMs)), then "
            + "\(FigureText.rate(decodeTokensPerSecond)); " + prompt + (drafts ?? "") + (price ?? "")
    }
}

extension RunDocument {
    init(_ request: ChatRequest, _ generation: Generation) {
        model = generation.profile.name
        prompt = request.messages.last?.content ?? ""
        text = generation.text
        reasoning = generation.reasoning
        promptTokens = generation.metrics.promptTokens
        finish = generation.finish
        error = generation.failure.map { String(oneLine: $0) }
        notes = generation.notes
        steps = generation.tokens.map { token in
            Step(
                id: token.id, text: token.text, channel: token.channel == .answer ? nil : token.channel,
                chunk: token.isChunk ? true : nil, logprob: token.logprob, entropy: token.entropy,
                drafted: request.speculation == .off ? nil : token.isDrafted, top: token.alternatives)
        }
        metrics = MetricsDocument(generation.metrics)
    }
}
