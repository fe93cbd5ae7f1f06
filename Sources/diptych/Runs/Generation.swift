import Chat

/// One answer, whole: its tokens, its text and its figures.
struct Generation: Sendable {
    var profile: ModelProfile
    var tokens: [ChatToken] = []
    var finish: FinishReason
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
    /// - Throws: what the backend throws, what `onEvent` throws, or `CancellationError` if the run was cancelled.
    func generate(
        _ request: ChatRequest, onEvent: @Sendable (ChatEvent) async throws -> Void = { _ in }
    ) async throws -> Generation {
        var recorder = MetricsRecorder(profile: profile)
        var tokens: [ChatToken] = []
        var notes: [String] = []
        for try await event in respond(to: request) {
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
