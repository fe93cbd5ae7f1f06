import Chat

/// What a replay goes through, step by step, so that it can lead a screen or print a conversation.
public struct RecordedScript: Sendable, Equatable {
    /// Something that the user did.
    public enum Step: Sendable, Equatable {
        /// A model appears in a pane. An index into ``RecordedSession/panes``.
        case open(Int)
        /// A pane goes. An index into ``RecordedSession/panes``.
        case close(Int)
        /// The user thinks, or types; at the recording's own speed.
        case pause(Duration)
        case send(Submission)
        case vote(Vote)
        case remark(Remark)
    }

    /// One action that made one or several panes answer.
    public struct Submission: Sendable, Equatable {
        public var turn: Int
        public var purpose: RunStart.Purpose
        public var prompt: String
        public var isConcurrent: Bool
        /// Indices into ``RecordedSession/runs``, in the order they were started.
        public var runs: [Int]
    }

    public var steps: [Step]

    /// - Parameter longestPause: pauses are cut to this.
    public init(_ session: RecordedSession, longestPause: Duration = .seconds(3)) {
        var writer = Writer(session: session, longestPause: longestPause)
        for happening in session.happenings { writer.take(happening) }
        writer.finishSubmission()
        steps = writer.steps
    }

    private struct Writer {
        let session: RecordedSession
        let longestPause: Duration
        var steps: [Step] = []
        /// The submission whose runs are being collected.
        private var submission: Submission?
        /// When the latest thing ended, from the start of the session.
        private var latest: Duration?

        init(session: RecordedSession, longestPause: Duration) {
            self.session = session
            self.longestPause = longestPause
        }

        mutating func take(_ happening: RecordedSession.Happening) {
            if case .started(let index) = happening { return start(index) }
            finishSubmission()
            switch happening {
            case .opened(let index):
                steps.append(.open(index))
                latest = session.panes[index].opening.at
            case .closed(let index):
                steps.append(.close(index))
            case .voted(let vote):
                pause(until: vote.at)
                steps.append(.vote(vote))
            case .remarked(let remark):
                pause(until: remark.at)
                steps.append(.remark(remark))
            case .started: break
            }
        }

        mutating func finishSubmission() {
            if let submission { steps.append(.send(submission)) }
            submission = nil
        }

        private mutating func start(_ index: Int) {
            let run = session.runs[index]
            if submission?.turn == run.start.turn, submission?.purpose == run.start.purpose {
                submission?.runs.append(index)
            } else {
                finishSubmission()
                pause(until: run.start.at)
                submission = Submission(
                    turn: run.start.turn, purpose: run.start.purpose, prompt: run.start.prompt,
                    isConcurrent: run.start.isConcurrent, runs: [index])
            }
            latest = max(latest ?? .zero, run.start.at + run.lastTime)
        }

        private mutating func pause(until time: Duration) {
            let gap = min(time - (latest ?? time), longestPause)
            if gap > .zero { steps.append(.pause(gap)) }
            latest = max(latest ?? .zero, time)
        }
    }
}

extension RecordedSession {
    /// The submissions in order: what a document about the session shows one after the other.
    public var submissions: [RecordedScript.Submission] {
        RecordedScript(self).steps.compactMap { if case .send(let submission) = $0 { submission } else { nil } }
    }
}
