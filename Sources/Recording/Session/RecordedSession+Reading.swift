import Chat

extension RecordedSession {
    /// Reads a whole file. Blocks.
    ///
    /// - Parameter keepsAlternatives: whether tokens keep what else could have been chosen; where nobody asks for it, a
    ///   long session takes a fraction of the memory.
    /// - Throws: ``SessionFileError``.
    public init(reading file: SessionFile, keepsAlternatives: Bool = true) throws {
        self.init(header: try file.header())
        var assembly = Assembly(path: file.path, keepsAlternatives: keepsAlternatives)
        summary = try file.forEachRecord { record, line in
            try assembly.take(record, line: line, into: &self)
        }
    }

    /// What must be known of the lines before to understand the next one.
    private struct Assembly {
        let path: String
        let keepsAlternatives: Bool
        /// For the number of each open pane its index.
        private var panes: [Int: Int] = [:]
        /// For the number of each run its index.
        private var runs: [Int: Int] = [:]
        /// For the number of each pane its latest answer, which a branch goes on from.
        private var answers: [Int: Answer] = [:]

        /// An answer as a pane has it on the screen.
        private struct Answer {
            /// Its run's number.
            let run: Int
            /// With their alternatives, whatever is kept of the others.
            var tokens: [ChatToken]
        }

        init(path: String, keepsAlternatives: Bool) {
            self.path = path
            self.keepsAlternatives = keepsAlternatives
        }

        mutating func take(_ record: SessionRecord, line: Int, into session: inout RecordedSession) throws {
            switch record {
            case .header: break
            case .paneOpened(let opening):
                if let index = panes[opening.pane] { session.panes[index].closed = opening.at }
                panes[opening.pane] = session.panes.count
                session.happenings.append(.opened(session.panes.count))
                session.panes.append(RecordedPane(opening: opening))
            case .paneClosed(let pane, let at):
                let index = try paneIndex(pane, line: line)
                panes[pane] = nil
                session.panes[index].closed = at
                session.happenings.append(.closed(index))
            case .runStarted(let start):
                guard runs[start.run] == nil else {
                    throw failure(line, "a run number that is new", "run \(start.run) a second time")
                }
                runs[start.run] = session.runs.count
                session.happenings.append(.started(session.runs.count))
                var run = RecordedRun(start: start, pane: try paneIndex(start.pane, line: line))
                run.beginning = begin(start)
                session.runs.append(run)
            case .event(let run, let event):
                let index = try runIndex(run, line: line)
                if case .token(let token) = event, answers[session.runs[index].start.pane]?.run == run {
                    answers[session.runs[index].start.pane]?.tokens.append(token)
                }
                session.runs[index].events.append(kept(event))
                if case .finished(let reason, let at) = event {
                    session.runs[index].outcome = .finished(reason, at: at)
                }
            case .failed(let run, let message, let at):
                session.runs[try runIndex(run, line: line)].outcome = .failed(message, at: at)
            case .cancelled(let run, let at):
                session.runs[try runIndex(run, line: line)].outcome = .cancelled(at: at)
            case .vote(let vote): session.happenings.append(.voted(vote))
            case .remark(let remark): session.happenings.append(.remarked(remark))
            }
        }

        /// Notes the run whose answer its pane has from now on.
        /// - Returns: what it takes over from the answer before.
        private mutating func begin(_ start: RunStart) -> [ChatToken] {
            let former = answers[start.pane]?.tokens ?? []
            let beginning = start.request.answerPrefix?.tokens(from: former) ?? []
            switch start.purpose {
            case .answer, .regeneration, .branch: answers[start.pane] = Answer(run: start.run, tokens: beginning)
            case .repeat, .warmUp: break
            }
            return beginning.map(kept)
        }

        private func kept(_ event: ChatEvent) -> ChatEvent {
            guard case .token(let token) = event else { return event }
            return .token(kept(token))
        }

        private func kept(_ token: ChatToken) -> ChatToken {
            guard !keepsAlternatives else { return token }
            var token = token
            token.alternatives = []
            return token
        }

        private func paneIndex(_ pane: Int, line: Int) throws -> Int {
            guard let index = panes[pane] else { throw failure(line, "a pane that is open", "pane \(pane)") }
            return index
        }

        private func runIndex(_ run: Int, line: Int) throws -> Int {
            guard let index = runs[run] else { throw failure(line, "a run that was started", "run \(run)") }
            return index
        }

        private func failure(_ line: Int, _ expected: String, _ found: String) -> SessionFileError {
            SessionFileError(path: path, line: line, expected: expected, found: found)
        }
    }
}
