import Chat

extension Service {
    /// Has a model answer, and sends what it says in the shape that the client wants.
    /// - Parameter makeFormat: the shape, for a model's name.
    func answer(
        _ job: CompletionJob, through exchange: any Exchange, as makeFormat: (String) -> any AnswerFormat
    ) async throws {
        let entry = try entry(named: job.model)
        let model = entry.model
        guard case .answering(let sessions) = model.work else {
            throw APIError.invalid(
                "\(model.id) makes vectors of texts, it doesn't answer; ask for /v1/embeddings.", param: "model",
                code: "model_not_capable")
        }
        await exchange.note { $0.model = model.id }
        let format = makeFormat(model.id)
        try await entry.slots.withSlot(for: job.conversation) { slot in
            let text = try await send(job, answeredBy: sessions[slot], as: format, through: exchange)
            return job.conversation + Array("assistant\0\(text)".utf8)
        }
    }

    /// - Returns: the answer's text.
    private func send(
        _ job: CompletionJob, answeredBy backend: any ChatBackend, as format: any AnswerFormat,
        through exchange: any Exchange
    ) async throws -> String {
        var reader = AnswerReader(stops: job.stops, profile: backend.profile)
        var tokens: [ChatToken] = []
        for try await event in backend.respond(to: job.request) {
            // Until now an answer could be refused, which a stream can't any more.
            if job.streams, case .prompt = event { try await begin(job, format, exchange) }
            if let piece = reader.take(event) {
                if job.streams {
                    try await exchange.sendEvent(WireJSON.encode(format.event(piece)))
                } else {
                    tokens += piece.tokens
                }
            }
            if reader.finish != nil { break }
        }
        try Task.checkCancellation()
        let metrics = reader.metrics
        await exchange.note {
            $0.promptTokens = metrics.promptTokens
            $0.cachedTokens = metrics.cachedTokens
            $0.answerTokens = metrics.generatedTokens
        }
        let answer = WholeAnswer(
            text: job.echo + reader.text, tokens: tokens, finish: reader.finish ?? "stop", usage: Usage(metrics),
            timings: Timings(metrics))
        if job.streams {
            try await end(job, answer, format, exchange)
        } else {
            try await exchange.send(HTTPResponse(json: format.document(answer)))
        }
        return reader.text
    }

    private func begin(_ job: CompletionJob, _ format: any AnswerFormat, _ exchange: any Exchange) async throws {
        try await exchange.beginEvents()
        for event in format.opening() { try await exchange.sendEvent(WireJSON.encode(event)) }
        guard !job.echo.isEmpty else { return }
        try await exchange.sendEvent(WireJSON.encode(format.event(AnswerReader.Piece(text: job.echo, tokens: []))))
    }

    /// The last event of an answer carries its times.
    private func end(
        _ job: CompletionJob, _ answer: WholeAnswer, _ format: any AnswerFormat, _ exchange: any Exchange
    ) async throws {
        let closing = format.closing(answer.finish, timings: job.includesUsage ? nil : answer.timings)
        try await exchange.sendEvent(WireJSON.encode(closing))
        if job.includesUsage {
            try await exchange.sendEvent(WireJSON.encode(format.usage(answer.usage, timings: answer.timings)))
        }
        try await exchange.sendEvent(Array("[DONE]".utf8))
        try await exchange.endEvents()
    }
}
