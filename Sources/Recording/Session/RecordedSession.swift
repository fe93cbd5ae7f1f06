import Chat

/// A session as its file tells it.
public struct RecordedSession: Sendable, Equatable {
    /// What happened, in the order of the file.
    public enum Happening: Sendable, Equatable {
        /// An index into ``panes``.
        case opened(Int)
        /// An index into ``panes``.
        case closed(Int)
        /// An index into ``runs``.
        case started(Int)
        case voted(Vote)
        case remarked(Remark)
    }

    public var header: SessionHeader
    /// Every opening of a pane, in order; a pane that got another model is here twice.
    public var panes: [RecordedPane] = []
    /// In the order they were started.
    public var runs: [RecordedRun] = []
    public var happenings: [Happening] = []
    /// How the file ends.
    public var summary = SessionFile.Summary(ending: .whole, unknownRecords: 0)

    public var votes: [Vote] {
        happenings.compactMap { if case .voted(let vote) = $0 { vote } else { nil } }
    }

    public var remarks: [Remark] {
        happenings.compactMap { if case .remarked(let remark) = $0 { remark } else { nil } }
    }
}

/// One opening of a pane.
public struct RecordedPane: Sendable, Equatable {
    public var opening: PaneOpening
    /// When it was closed, or opened anew, from the start of the session.
    public var closed: Duration?

    public init(opening: PaneOpening, closed: Duration? = nil) {
        self.opening = opening
        self.closed = closed
    }

    /// The role and the model's name, as a heading.
    public var title: String {
        [opening.role?.rawValue, opening.profile.name].compactMap { $0 }.joined(separator: ": ")
    }
}

/// One run and all that was heard of it.
public struct RecordedRun: Sendable, Equatable {
    /// How a run ended.
    public enum Outcome: Sendable, Equatable {
        case finished(FinishReason, at: Duration)
        case failed(String, at: Duration)
        /// The user stopped it.
        case cancelled(at: Duration)
        /// The file ends before the run does.
        case unfinished
    }

    public var start: RunStart
    /// An index into ``RecordedSession/panes``.
    public var pane: Int
    /// What a branch took over from the pane's answer before, and the other choice at its end. Empty for runs that begin
    /// at the beginning, and where that answer isn't in the file.
    public var beginning: [ChatToken] = []
    public var events: [ChatEvent] = []
    public var outcome = Outcome.unfinished

    public var tokens: [ChatToken] {
        events.compactMap { if case .token(let token) = $0 { token } else { nil } }
    }

    public var notes: [String] {
        events.compactMap { if case .note(let note) = $0 { note } else { nil } }
    }

    /// The whole answer, its beginning included, without what the model thought before it.
    public var answer: String { text(of: .answer) }

    /// What the model thought before it answered; empty for most.
    public var thoughts: String { text(of: .reasoning) }

    /// The part of ``answer`` that was there before the run; empty for most.
    public var answerBeginning: String { beginning.reduce(into: "") { $0 += $1.channel == .answer ? $1.text : "" } }

    private func text(of channel: ChatToken.Channel) -> String {
        (beginning + tokens).reduce(into: "") { $0 += $1.channel == channel ? $1.text : "" }
    }

    /// The figures, as they were seen when the run went on.
    public func metrics(profile: ModelProfile) -> Metrics {
        var recorder = MetricsRecorder(profile: profile)
        for event in events { recorder.record(event) }
        return recorder.metrics
    }

    /// When the run ended, or was last heard of, from its start.
    public var lastTime: Duration {
        switch outcome {
        case .finished(_, let at), .failed(_, let at), .cancelled(let at): return at
        case .unfinished: return events.lazy.compactMap(\.time).max() ?? .zero
        }
    }
}

extension ChatEvent {
    /// When it happened, from the start of the run; nil for events that come with the one before them.
    var time: Duration? {
        switch self {
        case .prefill(_, _, let at), .finished(_, let at): at
        case .token(let token): token.at
        case .request(let timeline): timeline.phases.last.map { $0.from + $0.duration }
        case .server, .prompt, .speculation, .memory, .resources, .note: nil
        }
    }
}
