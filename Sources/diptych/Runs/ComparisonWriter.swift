import Chat

/// Has several models answer, and writes answers, figures and verdict as they come or as one document.
struct ComparisonWriter: Sendable {
    var isJSON: Bool
    var output: Output
    /// Where progress and notes for people go.
    var notes: Output

    func write(_ run: ComparisonRun) async throws {
        let transcript = isJSON ? nil : Transcript(headings: run.contenders.map(\.heading), output: output)
        try await transcript?.begin()
        let progress = ComparisonProgress(run: run, notes: notes, transcript: transcript)
        let results = try await run.perform { try await progress.report($0) }
        let document = CompareDocument(run, results)
        try output.write(isJSON ? document.encoded() : document.summary)
        for (contender, generations) in zip(run.contenders, results) {
            guard let failure = generations.lazy.compactMap(\.failure).first else { continue }
            throw CommandFailure(message: "\(contender.heading): \(String(oneLine: failure))")
        }
    }
}

extension ComparisonRun.Contender {
    var heading: String { [role?.rawValue, model].compactMap { $0 }.joined(separator: ": ") }
}

/// Tells people how a comparison gets on: answers to the transcript, the rest to standard error.
private actor ComparisonProgress {
    private let run: ComparisonRun
    private let notes: Output
    private let transcript: Transcript?
    private var number = 1

    init(run: ComparisonRun, notes: Output, transcript: Transcript?) {
        self.run = run
        self.notes = notes
        self.transcript = transcript
    }

    func report(_ progress: ComparisonRun.Progress) async throws {
        switch progress {
        case .repeating(let number):
            self.number = number
            if run.repeats > 1 { notes.tell("repeat \(number) of \(run.repeats)") }
        case .opened:
            break
        case .failed(let pane, let error):
            guard number == 1 else { return }
            try await transcript?.append("\n× \(String(oneLine: error))", pane: pane)
            try await transcript?.finish(pane: pane)
        case .event(let pane, let event):
            // Later repeats are only measured.
            guard number == 1 else { return }
            switch event {
            case .token(let token) where token.channel == .answer:
                try await transcript?.append(token.text, pane: pane)
            case .note(let note): notes.tell("\(run.contenders[pane].heading): \(note)")
            case .finished: try await transcript?.finish(pane: pane)
            case .token, .request, .server, .prompt, .prefill, .speculation, .memory, .resources: break
            }
        }
    }
}
