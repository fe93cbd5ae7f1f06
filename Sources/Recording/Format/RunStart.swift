import Chat
import Foundation

/// A model begins to answer.
public struct RunStart: Sendable, Equatable {
    /// Why a run was made.
    public enum Purpose: String, Sendable, Codable, CaseIterable {
        /// A prompt was sent.
        case answer
        /// The last prompt was answered anew.
        case regeneration
        /// The answer goes on from another token.
        case branch
        /// One of several measurements of the same prompt.
        case `repeat`
        /// Nobody looks at the answer: it made the machine ready for a measurement.
        case warmUp = "warm_up"
    }

    /// The run's number, unique in its session.
    public var run: Int
    /// The number of a pane that is open.
    public var pane: Int
    /// The number of what the user asked for: runs that one action started, in several panes or repeatedly, share it.
    public var turn: Int
    public var purpose: Purpose
    /// What the user typed.
    public var prompt: String
    /// What the backend was asked: all messages, sampling, limits, the answer's beginning, speculation.
    public var request: ChatRequest
    /// Whether other panes were allowed to compute at the same time.
    public var isConcurrent: Bool
    /// By the wall clock, to the second.
    public var started: Date
    /// From the start of the session; the times of the run's events count from here.
    public var at: Duration

    public init(
        run: Int, pane: Int, turn: Int, purpose: Purpose = .answer, prompt: String, request: ChatRequest,
        isConcurrent: Bool = false, started: Date, at: Duration
    ) {
        self.run = run
        self.pane = pane
        self.turn = turn
        self.purpose = purpose
        self.prompt = prompt
        self.request = request
        self.isConcurrent = isConcurrent
        self.started = started
        self.at = at
    }

    /// What the first system message says; nil where there is none.
    public var systemPrompt: String? { request.messages.first { $0.role == .system }?.content }
}
