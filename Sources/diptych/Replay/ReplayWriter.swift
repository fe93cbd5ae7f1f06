import Chat
import Recording

/// Plays a recorded session as text: prompts, answers as they came, figures below them.
struct ReplayWriter: Sendable {
    var session: RecordedSession
    var speed: ReplaySpeed
    var output: Output
    /// Where notes for people go.
    var notes: Output

    func write() async throws {
        let backends = session.panes.indices.map { RecordedBackend(session, pane: $0, speed: speed) }
        for step in RecordedScript(session).steps {
            try Task.checkCancellation()
            switch step {
            case .open(let index): try output.write(session.panes[index].line)
            case .close(let index): try output.write("closed: \(session.panes[index].title.onOneLine)\n")
            case .pause(let pause): try await Task.sleep(for: speed.playing(pause))
            case .send(let submission): try await write(submission, backends)
            case .vote(let vote):
                let outcome = vote.outcome.text { session.title(ofPane: $0, at: vote.at) }
                try output.write("vote: \(outcome.onOneLine)\n\n")
            case .remark(let remark): try output.write("remark: \(remark.text.onOneLine)\n\n")
            }
        }
        if case .torn(let line, _) = session.summary.ending {
            notes.tell("the recording breaks off in line \(line)")
        }
    }

    private func write(_ submission: RecordedScript.Submission, _ backends: [RecordedBackend]) async throws {
        try output.write("\n> ")
        try output.writeUntrusted(submission.prompt.replacing("\n", with: "\n> "))
        try output.write("\n\n")
        let runs = submission.runs.map { session.runs[$0] }
        let transcript = Transcript(headings: runs.map { session.panes[$0.pane].title }, output: output)
        try await transcript.begin()
        if submission.isConcurrent {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (place, run) in runs.enumerated() {
                    // Asked here, in order: each request gets the next run of its pane.
                    let events = backends[run.pane].respond(to: run.start.request)
                    group.addTask { try await play(events, of: run, to: transcript, place: place) }
                }
                try await group.waitForAll()
            }
        } else {
            for (place, run) in runs.enumerated() {
                let events = backends[run.pane].respond(to: run.start.request)
                try await play(events, of: run, to: transcript, place: place)
            }
        }
        try output.write(CompareDocument(submission, of: session).summary + "\n")
    }

    private func play(
        _ events: AsyncThrowingStream<ChatEvent, any Error>, of run: RecordedRun, to transcript: Transcript, place: Int
    ) async throws {
        let title = session.panes[run.pane].title
        try await transcript.append(run.answerBeginning, pane: place)
        do {
            for try await event in events {
                switch event {
                case .token(let token) where token.channel == .answer:
                    try await transcript.append(token.text, pane: place)
                case .note(let note): notes.tell("\(title): \(note)")
                case .token, .request, .server, .prompt, .prefill, .speculation, .memory, .resources, .finished: break
                }
            }
        } catch let failure as RecordedFailure {
            try await transcript.append("× \(failure.message)", pane: place)
        }
        try Task.checkCancellation()
        try await transcript.finish(pane: place)
    }
}

extension RecordedPane {
    /// What a person should know of the model, as one line.
    fileprivate var line: String {
        let profile = opening.profile
        let facts = [
            title, profile.server.map { "on \($0.host)" }, profile.architecture, profile.format,
            profile.contextLength.map { "context of \($0) tokens" },
        ]
        return facts.compactMap { $0 }.joined(separator: ", ").onOneLine + "\n"
    }
}

extension CompareDocument {
    /// The figures of a recorded submission; of panes that answered repeatedly, medians.
    init(_ submission: RecordedScript.Submission, of session: RecordedSession) {
        prompt = submission.prompt
        mode = submission.isConcurrent ? .concurrent : .sequential
        var order: [Int] = []
        var runs: [Int: [RecordedRun]] = [:]
        for run in submission.runs.map({ session.runs[$0] }) {
            if runs[run.pane] == nil { order.append(run.pane) }
            runs[run.pane, default: []].append(run)
        }
        var medians: [PaneRole: Metrics] = [:]
        panes = []
        for index in order {
            let (opening, runs) = (session.panes[index].opening, runs[index] ?? [])
            let metrics = runs.map { $0.metrics(profile: opening.profile) }
            guard let first = runs.first, let median = Metrics(medianOf: metrics) else { continue }
            if let role = opening.role { medians[role] = median }
            let repeats = metrics.count > 1 ? metrics.map { MetricsDocument($0) } : []
            panes.append(
                Pane(
                    role: opening.role, model: opening.profile.name, answer: first.answer, finish: first.finish,
                    notes: first.notes, metrics: MetricsDocument(median), repeats: repeats, spread: Spread(repeats)))
        }
        comparison = medians[.small].flatMap { small in
            medians[.large].map { Verdict(Comparison(small: small, large: $0)) }
        }
    }
}

extension RecordedRun {
    /// A run that broke off has the reason of one that was stopped.
    fileprivate var finish: FinishReason {
        if case .finished(let reason, _) = outcome { reason } else { .cancelled }
    }
}
