import Chat

/// A prompt, and what a pane's model made of it.
public struct Turn: Sendable, Equatable {
    public enum Phase: Sendable, Equatable {
        /// Waits for the model to load or for another pane to finish.
        case queued
        /// A server was asked; how far the request has come is in the figures.
        case requesting
        /// The prompt is being computed.
        case prefilling(computed: Int, of: Int)
        case answering
        case finished(FinishReason)
        /// What was wrong and what to do.
        case failed(String)
    }

    /// Why the model was asked.
    public enum Kind: Sendable, Equatable {
        case answer
        /// The same prompt once more.
        case regeneration
        /// Goes on behind another choice at one token of the former answer.
        case branch
        /// The same work once more, to be measured.
        case `repeat`(round: Int)
        /// A repeat that isn't counted.
        case warmUp
    }

    public let run: RunID
    /// Names what the user did: runs that one action started share it.
    public let action: Int
    public let prompt: String
    public let kind: Kind
    public internal(set) var answer: AnswerTokens
    public internal(set) var phase = Phase.queued
    /// What the backend had to say about this run.
    public internal(set) var notes: [String] = []
    /// Figures so far; nil before the run has begun.
    public internal(set) var recorder: MetricsRecorder?
    /// The figures as they were shown last while the answer came.
    private var steady: Metrics?
    /// The model's name, once the run has begun.
    public internal(set) var model: String?
    /// The answers to this prompt that this one took the place of, oldest first.
    public internal(set) var former: [Turn] = []

    /// - Parameter prefix: how the answer begins already.
    init(run: RunID, action: Int, prompt: String, kind: Kind = .answer, prefix: AnswerTokens = AnswerTokens()) {
        self.run = run
        self.action = action
        self.prompt = prompt
        self.kind = kind
        answer = prefix
    }

    /// Whether a backend is at work on it.
    public var isRunning: Bool {
        switch phase {
        case .requesting, .prefilling, .answering: true
        case .queued, .finished, .failed: false
        }
    }

    /// The figures to show; nil before the run has begun. While an answer comes they follow in steps.
    public var metrics: Metrics? { isRunning ? steady ?? recorder?.metrics : recorder?.metrics }

    /// Whether more is to come.
    public var isOpen: Bool { isRunning || phase == .queued }

    /// The gap before a token; nil for the first one and for tokens of another run.
    func gap(before token: Int) -> Duration? {
        let index = token - answer.inherited - 1
        guard let gaps = recorder?.metrics.gaps, gaps.indices.contains(index) else { return nil }
        return gaps[index]
    }
}

extension Turn {
    mutating func take(_ event: ChatEvent) {
        recorder?.record(event)
        switch event {
        case .request:
            // A request's last moments may be told behind its first token.
            if phase != .answering { phase = .requesting }
        case .prompt(let summary):
            // What a server is waited for says more than how long the prompt is.
            guard phase != .answering, phase != .requesting else { break }
            phase = .prefilling(computed: 0, of: max(0, summary.tokens - summary.cachedTokens))
        case .prefill(let computed, let total, _):
            if case .prefilling = phase { phase = .prefilling(computed: computed, of: total) }
        case .token(let token):
            phase = .answering
            answer.append(token)
            if let current = recorder?.metrics, current.isWorthShowing(after: steady) { steady = current }
        case .server, .memory, .speculation, .resources:
            break
        case .note(let note):
            notes.append(note)
        case .finished(let reason, _):
            phase = .finished(reason)
        }
    }
}

extension Metrics {
    /// Whether figures that were shown are to be replaced: digits that change with every token can't be read, and cost
    /// more on the wire than the token. The first tokens show theirs at once.
    fileprivate func isWorthShowing(after shown: Metrics?) -> Bool {
        guard let shown, generatedTokens > 8, let now = timeToLastToken, let then = shown.timeToLastToken else {
            return true
        }
        let isAwaited = now - then >= .seconds(2)
        return isAwaited || now - then >= .seconds(1) && generatedTokens - shown.generatedTokens >= 16
    }
}
