import Chat
import InferenceCore

extension LocalBackend {
    /// One of the engine's events in Chat's words.
    func chatEvent(_ event: GenerationEvent, since start: ContinuousClock.Instant) -> ChatEvent {
        switch event {
        case .prompt(let tokens, let cached):
            .prompt(PromptSummary(tokens: tokens, cachedTokens: cached))
        case .prefill(let computed, let total, let instant):
            .prefill(computed: computed, of: total, at: instant - start)
        case .token(let token):
            .token(
                ChatToken(
                    id: Int(token.id), text: token.text, logprob: token.logprob, entropy: token.entropy,
                    alternatives: token.top.map { alternative($0) }, isDrafted: token.isDrafted,
                    at: token.instant - start))
        case .speculation(let report):
            .speculation(
                SpeculationFigures(
                    drafted: report.drafted, accepted: report.accepted, passes: report.passes, tokens: report.tokens,
                    estimatedSpeedup: report.estimatedSpeedup, rejectedText: model.tokenizer.decode(report.rejected)))
        case .finished(let end, let instant):
            .finished(FinishReason(end), at: instant - start)
        }
    }

    func alternative(_ candidate: GeneratedToken.Candidate) -> ChatToken.Alternative {
        ChatToken.Alternative(
            id: Int(candidate.id), text: model.tokenizer.piece(of: candidate.id), logprob: candidate.logprob)
    }
}

extension GenerationEvent {
    /// Whether the memory is looked at after this event: the first token, then once a second.
    func isWorthMeasuring(since last: ContinuousClock.Instant?) -> Bool {
        switch self {
        case .prompt, .prefill, .speculation, .finished: false
        case .token: last.map { .now - $0 >= .seconds(1) } ?? true
        }
    }
}

extension FinishReason {
    init(_ end: GenerationEnd) {
        self =
            switch end {
            case .endOfGeneration: .stop
            case .maximumTokens: .length
            case .contextFull: .contextFull
            }
    }
}

extension MemoryUse {
    init(_ report: MemoryReport) {
        self.init(
            weightsMapped: report.weightsMapped, weightsResident: report.weightsResident, repacked: report.repacked,
            keyValueCache: report.keyValueCache, scratch: report.scratch)
    }
}

extension SamplingParameters {
    init(_ options: SamplingOptions) {
        self.init()
        temperature = options.temperature
        topK = options.topK
        topP = options.topP
        minP = options.minP
        repetitionPenalty = options.repetitionPenalty
        presencePenalty = options.presencePenalty
        frequencyPenalty = options.frequencyPenalty
        seed = options.seed
    }
}
