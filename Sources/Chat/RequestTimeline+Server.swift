extension RequestTimeline {
    /// What a server says that it did before its first token, placed on the clock of this side.
    public struct ServerPhase: Sendable, Equatable {
        public enum Work: String, Sendable, Equatable {
            case load, prefill
        }

        public var work: Work
        /// The step that it is part of, or most of it.
        public var step: Step
        /// Where it is drawn: nobody knows when it began by the clock of this side.
        public var from: Duration
        /// By the server's clock.
        public var duration: Duration
    }

    /// Loading and prefill inside the wait that they explain, in order. They are placed as late as they can have been, for
    /// a token follows its prefill at once: at the end of the longer one of both waits, and not before the request was
    /// sent, whatever a clock that runs otherwise may say.
    public func serverPhases(_ report: ServerReport?) -> [ServerPhase] {
        let waits = phases.filter { $0.step == .firstByte || $0.step == .firstToken }
        guard let report, let start = waits.first?.from,
            let longest = waits.max(by: { $0.duration < $1.duration })
        else { return [] }
        var end = longest.from + longest.duration
        var placed: [ServerPhase] = []
        for (work, duration) in [(ServerPhase.Work.prefill, report.prefill), (.load, report.load)] {
            guard let duration, duration > .zero else { continue }
            end = max(start, end - duration)
            placed.insert(ServerPhase(work: work, step: longest.step, from: end, duration: duration), at: 0)
        }
        return placed
    }
}
