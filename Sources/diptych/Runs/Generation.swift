import Chat

/// One answer: its tokens, its text and its figures, as far as it came.
struct Generation: Sendable {
    var profile: ModelProfile
    var tokens: [ChatToken] = []
    /// Nil where it failed.
    var finish: FinishReason?
    /// Why it isn't whole.
    var failure: (any Error)?
    var notes: [String] = []
    var metrics: Metrics

    var text: String { text(in: .answer) }
    /// What the model thought before it answered; nil where it didn't.
    var reasoning: String? {
        let text = text(in: .reasoning)
        return text.isEmpty ? nil : text
    }

    private func text(in channel: ChatToken.Channel) -> String {
        tokens.lazy.filter { $0.channel == channel }.map(\.text).joined()
    }
}

extension ChatBackend {
    /// Answers `request` to the end, handing on each event as it comes.
    ///
    /// - Returns: the answer; where the backend failed, what came before, with the reason.
    /// - Throws: what `onEvent` throws, or `CancellationError` if the run was cancelled.
    func generate(
        _ request: ChatRequest, onEvent: @Sendable (ChatEvent) async throws -> Void = { _ in }
    ) async throws -> Generation {
        var recorder = MetricsRecorder(profile: profile)
        var tokens: [ChatToken] = []
        var notes: [String] = []
        var events = respond(to: request).makeAsyncIterator()
        while true {
            let event: ChatEvent
            do {
                guard let next = try await events.next() else { break }
                event = next
            } catch let error as CancellationError {
                throw error
            } catch {
                return Generation(
                    profile: profile, tokens: tokens, failure: error, notes: notes, metrics: recorder.metrics)
            }
            recorder.record(event)
            switch event {
            case .token(let token): tokens.append(token)
            case .note(let note): notes.append(note)
            case .finished(let finish, _):
                try await onEvent(event)
                if let memory = memoryUse() { recorder.record(.memory(memory)) }
                return Generation(
                    profile: profile, tokens: tokens, finish: finish, notes: notes, metrics: recorder.metrics)
            case .request, .server, .prompt, .prefill, .memory, .resources, .speculation: break
            }
            try await onEvent(event)
        }
        throw CancellationError()
    }
}
