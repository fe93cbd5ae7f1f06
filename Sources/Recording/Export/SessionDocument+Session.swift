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
            architecture: profile.architecture, format: profile.format, parameterCount: profile.parameterCount,
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
            usesCache: request.usesCache, answer: recorded.answer, outcome: SessionDocument.Outcome(recorded.outcome),
            notes: recorded.notes, metrics: MetricsFields(recorded.metrics(profile: profile)),
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

extension MetricsFields {
    init(_ metrics: Metrics) {
        let latency = metrics.interTokenLatency
        ttftMs = metrics.timeToFirstToken?.millisecondsForJSON
        itlMs = Latency(
            p50: latency?.p50.millisecondsForJSON, p95: latency?.p95.millisecondsForJSON,
            p99: latency?.p99.millisecondsForJSON, stalls: latency?.stalls ?? 0,
            list: metrics.gaps.map(\.millisecondsForJSON))
        tpotMs = metrics.timePerOutputToken?.millisecondsForJSON
        prefillTokensPerSecond = metrics.prefillTokensPerSecond?.roundedForJSON
        decodeTokensPerSecond = metrics.decodeTokensPerSecond?.roundedForJSON
        totalMs = metrics.totalDuration?.millisecondsForJSON
        loadMs = metrics.loadDuration.millisecondsForJSON
        promptTokens = metrics.promptTokens
        cachedTokens = metrics.cachedTokens
        generatedTokens = metrics.generatedTokens
        speculation = metrics.speculation.map {
            Speculation(
                drafted: $0.drafted, accepted: $0.accepted, rejected: $0.rejected, passes: $0.passes,
                tokensPerPass: $0.tokensPerPass.roundedForJSON, estimatedSpeedup: $0.estimatedSpeedup?.roundedForJSON)
        }
        memory = metrics.memory.map {
            Memory(
                weightsMapped: $0.weightsMapped, weightsResident: $0.weightsResident, repacked: $0.repacked,
                kvCache: $0.keyValueCache, scratch: $0.scratch, total: $0.total)
        }
        resources = metrics.resources.map(Resources.init)
        context = Context(used: metrics.contextUsed, available: metrics.contextAvailable)
    }
}

extension MetricsFields.Resources {
    init(_ use: ResourceUse) {
        cpuMs = use.processorTime.millisecondsForJSON
        elapsedMs = use.elapsed.millisecondsForJSON
        busyProcessors = use.busyProcessors?.roundedForJSON
        switch use.energy {
        case .measured(let joules, let domain): (energyJoules, energyNote) = (joules.roundedForJSON, domain)
        case .unavailable(let reason): energyNote = reason
        }
    }
}

extension Duration {
    /// To the microsecond.
    fileprivate var millisecondsForJSON: Double { milliseconds.roundedForJSON }
}

extension Double {
    /// To the third decimal.
    fileprivate var roundedForJSON: Double { (self * 1000).rounded() / 1000 }
}
