import Chat

struct PromptFields: Codable {
    var run: Count
    var tokens: Count
    var cachedTokens: Count
}

struct PrefillFields: Codable {
    var run: Count
    var atUs: Microseconds
    var computed: Count
    var of: Count
}

struct SpeculationFields: Codable {
    var run: Count
    var drafted: Count
    var accepted: Count
    var passes: Count
    var tokens: Count
    var estimatedSpeedup: Measure?
    var rejectedText: String

    init(run: Int, _ figures: SpeculationFigures) {
        self.run = Count(run)
        drafted = Count(figures.drafted)
        accepted = Count(figures.accepted)
        passes = Count(figures.passes)
        tokens = Count(figures.tokens)
        estimatedSpeedup = Measure(figures.estimatedSpeedup)
        rejectedText = figures.rejectedText
    }

    var figures: SpeculationFigures {
        SpeculationFigures(
            drafted: drafted.value, accepted: accepted.value, passes: passes.value, tokens: tokens.value,
            estimatedSpeedup: estimatedSpeedup?.value, rejectedText: rejectedText)
    }
}

/// Bytes.
struct MemoryFields: Codable {
    var run: Count
    var weightsMapped: Count
    var weightsResident: Count
    var repacked: Count
    var kvCache: Count
    var scratch: Count

    init(run: Int, _ use: MemoryUse) {
        self.run = Count(run)
        weightsMapped = Count(use.weightsMapped)
        weightsResident = Count(use.weightsResident)
        repacked = Count(use.repacked)
        kvCache = Count(use.keyValueCache)
        scratch = Count(use.scratch)
    }

    var use: MemoryUse {
        MemoryUse(
            weightsMapped: weightsMapped.value, weightsResident: weightsResident.value, repacked: repacked.value,
            keyValueCache: kvCache.value, scratch: scratch.value)
    }
}

struct ResourceFields: Codable {
    var run: Count
    var processorUs: Microseconds
    var elapsedUs: Microseconds
    /// Measured energy, together with its domain.
    var joules: Measure?
    var energyDomain: String?
    /// Why there is no energy.
    var energyUnavailable: String?

    init(run: Int, _ use: ResourceUse) {
        self.run = Count(run)
        processorUs = Microseconds(use.processorTime)
        elapsedUs = Microseconds(use.elapsed)
        switch use.energy {
        case .measured(let joules, let domain): (self.joules, energyDomain) = (Measure(joules), domain)
        case .unavailable(let reason): energyUnavailable = reason
        }
    }

    var use: ResourceUse {
        let energy: ResourceUse.Energy =
            if let joules {
                .measured(joules: joules.value, domain: energyDomain ?? "")
            } else {
                .unavailable(energyUnavailable ?? "not recorded")
            }
        return ResourceUse(processorTime: processorUs.duration, elapsed: elapsedUs.duration, energy: energy)
    }
}

struct NoteFields: Codable {
    var run: Count
    var text: String
}

struct FinishedFields: Codable {
    var run: Count
    var atUs: Microseconds
    var reason: FinishReason
}

struct FailedFields: Codable {
    var run: Count
    var atUs: Microseconds
    var message: String
}

struct CancelledFields: Codable {
    var run: Count
    var atUs: Microseconds
}

struct VoteFields: Codable {
    enum Outcome: String, Codable {
        case won, tie
        case bothBad = "both_bad"
    }

    var atUs: Microseconds
    var prompt: String
    var panes: [Count]
    var outcome: Outcome
    /// The pane that won, where one did.
    var winner: Count?

    init(_ vote: Vote) {
        atUs = Microseconds(vote.at)
        prompt = vote.prompt
        panes = vote.panes.map { Count($0) }
        switch vote.outcome {
        case .won(let pane): (outcome, winner) = (.won, Count(pane))
        case .tie: outcome = .tie
        case .bothBad: outcome = .bothBad
        }
    }

    /// Nil where nobody is said to have won.
    var vote: Vote? {
        let outcome: Vote.Outcome? =
            switch outcome {
            case .won: winner.map { .won(pane: $0.value) }
            case .tie: .tie
            case .bothBad: .bothBad
            }
        return outcome.map {
            Vote(prompt: prompt, panes: panes.map(\.value), outcome: $0, at: atUs.duration)
        }
    }
}

struct RemarkFields: Codable {
    var atUs: Microseconds
    var text: String
}
