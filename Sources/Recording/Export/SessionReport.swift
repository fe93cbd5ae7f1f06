import Chat
import Foundation

/// What every export says of a session, before it takes the form of a document.
struct SessionReport {
    /// What one action of the user led to.
    struct Turn {
        var submission: RecordedScript.Submission
        /// One for each pane that answered, in the order of the first runs.
        var columns: [Column]
    }

    /// The answers of one pane; several where the prompt was repeated.
    struct Column {
        /// An index into ``RecordedSession/panes``.
        var index: Int
        var pane: RecordedPane
        var runs: [RecordedRun]
        /// Of each run.
        var metrics: [Metrics]
    }

    let session: RecordedSession
    let turns: [Turn]

    init(_ session: RecordedSession) {
        self.session = session
        turns = session.submissions.map { Turn($0, of: session) }
    }

    /// The names of the models, each once, in the order they were opened.
    var modelNames: [String] {
        session.panes.map(\.opening.profile.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Such as "2026-11-29 20:15:00 UTC".
    var started: String { Self.text(session.header.started) }

    /// Such as "a processor, 2 threads, kernels avx2, 8.59 GB of memory, Linux 6.1".
    var machine: String {
        let machine = session.header.machine
        return [
            machine.processor, machine.processors.map { $0 == 1 ? "1 processor" : "\($0) processors" },
            machine.kernels.map { "kernels \($0)" },
            machine.memoryBytes.map { FigureText.bytes($0) + " of memory" }, machine.system,
        ].compactMap { $0 }.joined(separator: ", ")
    }

    /// What the reader should know of the file; empty for most.
    var remarksOnTheFile: [String] {
        var remarks: [String] = []
        if case .torn(let line, let bytes) = session.summary.ending {
            remarks.append("The recording breaks off in line \(line); \(bytes) bytes of it are left out.")
        }
        if session.summary.unknownRecords > 0 {
            remarks.append("\(session.summary.unknownRecords) records of kinds that are not known here are left out.")
        }
        return remarks
    }

    static func text(_ date: Date) -> String {
        date.ISO8601Format().replacing("T", with: " ").replacing("Z", with: " UTC")
    }
}

extension SessionReport.Turn {
    fileprivate init(_ submission: RecordedScript.Submission, of session: RecordedSession) {
        self.submission = submission
        columns = []
        for index in submission.runs {
            let run = session.runs[index]
            let metrics = run.metrics(profile: session.panes[run.pane].opening.profile)
            if let place = columns.firstIndex(where: { $0.index == run.pane }) {
                columns[place].runs.append(run)
                columns[place].metrics.append(metrics)
            } else {
                columns.append(
                    SessionReport.Column(
                        index: run.pane, pane: session.panes[run.pane], runs: [run], metrics: [metrics]))
            }
        }
    }

    /// How the small model stands against the large one; nil where there aren't both, or where repeats have medians
    /// instead.
    var verdict: String? {
        func metrics(of role: PaneRole) -> Metrics? {
            let columns = columns.filter { $0.pane.opening.role == role && $0.runs.count == 1 }
            return columns.count == 1 ? columns.first?.metrics.first : nil
        }
        guard let small = metrics(of: .small), let large = metrics(of: .large) else { return nil }
        return Comparison(small: small, large: large).sentence
    }

    /// What kind of turn it is, where it isn't a plain prompt.
    var remark: String? {
        let purpose: String? =
            switch submission.purpose {
            case .answer: nil
            case .regeneration: "answered anew"
            case .branch: "continued from another token"
            case .repeat: "repeated to be measured; figures are medians, with the smallest and the largest"
            case .warmUp: "a run to warm up, which nobody measured"
            }
        let parts = [purpose, submission.isConcurrent ? "the panes computed at the same time" : nil]
        let text = parts.compactMap { $0 }.joined(separator: "; ")
        return text.isEmpty ? nil : text
    }
}

extension RecordedRun {
    /// What people should know of a run beside its answer: where a branch begins, why it ended, its notes.
    var remarks: [String] { [branchRemark, outcome.text].compactMap { $0 } + notes }

    private var branchRemark: String? {
        guard start.request.answerPrefix != nil else { return nil }
        guard !beginning.isEmpty else { return "the beginning of the answer is not in the recording" }
        let text = answerBeginning
        if text.isEmpty { return "the branch begins in the thoughts" }
        return "the branch begins behind “\(text.count > 40 ? "…" : "")\(text.suffix(40))”"
    }
}

extension RecordedRun.Outcome {
    /// Why a run ended, for people.
    var text: String {
        switch self {
        case .finished(.stop, _): "the model ended its turn"
        case .finished(.length, _): "the asked number of tokens"
        case .finished(.contextFull, _): "the context is full"
        case .finished(.refusal, _): "the model or a filter refused to go on"
        case .finished(.toolCall, _): "the model asked for a tool"
        case .finished(.cancelled, _), .cancelled: "stopped by the user"
        case .failed(let message, _): "failed: \(message)"
        case .unfinished: "the recording ends here"
        }
    }
}

extension Vote.Outcome {
    /// What was voted, for people.
    ///
    /// - Parameter name: what to call the pane with a number.
    public func text(_ name: (_ pane: Int) -> String) -> String {
        switch self {
        case .won(let pane): "better: \(name(pane))"
        case .tie: "a tie"
        case .bothBad: "both bad"
        }
    }
}

extension RecordedSession {
    /// The title of the model that was open in a pane at a time.
    public func title(ofPane number: Int, at time: Duration) -> String {
        panes.last { $0.opening.pane == number && $0.opening.at <= time }?.title ?? "pane \(number)"
    }
}
