import Chat

/// A prompt, and what a pane's model made of it.
public struct Turn: Sendable, Equatable {
    public enum Phase: Sendable, Equatable {
        /// Waits for the model to load or for another pane to finish.
        case queued
        /// The prompt is being computed.
        case prefilling(computed: Int, of: Int)
        case answering
        case finished(FinishReason)
        /// What was wrong and what to do.
        case failed(String)
    }

    public let run: RunID
    public let prompt: String
    public internal(set) var answer = ""
    /// Which parts of the answer had been guessed.
    var drafts = DraftedRuns()
    public internal(set) var phase = Phase.queued
    /// What the backend had to say about this run.
    public internal(set) var notes: [String] = []
    /// Figures so far; nil before the run has begun.
    public internal(set) var recorder: MetricsRecorder?
    /// The model's name, once the run has begun.
    public internal(set) var model: String?

    /// Whether a backend is at work on it.
    public var isRunning: Bool {
        switch phase {
        case .prefilling, .answering: true
        case .queued, .finished, .failed: false
        }
    }

    /// Whether more is to come.
    public var isOpen: Bool { isRunning || phase == .queued }
}
