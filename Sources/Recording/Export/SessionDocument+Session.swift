import Chat

extension SessionDocument {
    init(_ session: RecordedSession) {
        program = session.header.program
        version = session.header.version
        started = session.header.started
        machine = session.header.machine
        isWhole = session.summary.ending == .whole
        panes = session.panes.map(Pane.init)
        turns = session.submissions.map { submission in
            Turn(
                turn: submission.turn, purpose: submission.purpose, prompt: submission.prompt,
                concurrent: submission.isConcurrent,
                answers: submission.runs.map { index in
                    let run = session.runs[index]
                    return Answer(run, session.panes[run.pane].opening.profile)
                })
        }
        votes = session.votes.map(Vote.init)
        remarks = session.remarks.map { Remark(text: $0.text, atMs: $0.at.millisecondsForJSON) }
    }
}

extension SessionDocument.Pane {
    init(_ recorded: RecordedPane) {
        let (opening, profile) = (recorded.opening, recorded.opening.profile)
        self.init(
            pane: opening.pane, role: opening.role, model: opening.model, name: profile.name,
            server: profile.server, architecture: profile.architecture, format: profile.format,
            parameterCount: profile.parameterCount,
            fileBytes: profile.fileBytes, contextLength: profile.contextLength,
            hasChatTemplate: profile.hasChatTemplate, threads: profile.threads,
            loadMs: profile.loadDuration.millisecondsForJSON, file: opening.file, parameters: opening.parameters,
            openedMs: opening.at.millisecondsForJSON, closedMs: recorded.closed?.millisecondsForJSON)
    }
}

extension SessionDocument.Answer {
    init(_ recorded: RecordedRun, _ profile: ModelProfile) {
        let (start, request) = (recorded.start, recorded.start.request)
        self.init(
            run: start.run, pane: recorded.pane, startedMs: start.at.millisecondsForJSON, messages: request.messages,
            sampling: request.sampling, maximumTokens: request.maximumTokens, speculation: request.speculation,
            usesCache: request.usesCache, answer: recorded.answer,
            answerBeginning: recorded.beginning.isEmpty ? nil : recorded.answerBeginning,
            thoughts: recorded.thoughts.isEmpty ? nil : recorded.thoughts,
            outcome: SessionDocument.Outcome(recorded.outcome),
            notes: recorded.notes, metrics: MetricsDocument(recorded.metrics(profile: profile)),
            tokens: recorded.tokens.map(SessionDocument.Token.init))
    }
}

extension SessionDocument.Outcome {
    init(_ outcome: RecordedRun.Outcome) {
        switch outcome {
        case .finished(let reason, _): self.init(kind: .finished, finish: reason)
        case .failed(let message, _): self.init(kind: .failed, error: message)
        case .cancelled: self.init(kind: .cancelled)
        case .unfinished: self.init(kind: .unfinished)
        }
    }
}

extension SessionDocument.Token {
    init(_ token: ChatToken) {
        self.init(
            id: token.id, text: token.text, atMs: token.at.millisecondsForJSON, logprob: token.logprob,
            entropy: token.entropy, drafted: token.isDrafted ? true : nil,
            channel: token.channel == .answer ? nil : token.channel, chunk: token.isChunk ? true : nil,
            top: token.alternatives.isEmpty ? nil : token.alternatives)
    }
}

extension SessionDocument.Vote {
    init(_ vote: Vote) {
        let fields = VoteFields(vote)
        self.init(
            prompt: vote.prompt, panes: vote.panes, outcome: fields.outcome.rawValue, winner: fields.winner?.value,
            atMs: vote.at.millisecondsForJSON)
    }
}
