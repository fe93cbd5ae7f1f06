import Chat

extension Advice {
    /// Why a candidate is the answer or isn't, by what was measured.
    func reason(_ index: Int, _ judging: AdviceJudging) -> String {
        let candidate = candidates[index]
        switch candidate.standing {
        case .missed, .unmeasured:
            return sentence(candidate, [.missed, .unmeasured])
        case .undecided:
            let more = ExamplesNeeded(judging, candidate: index).more
            return sentence(candidate, [.undecided])
                + (candidate.examples == 0
                    ? "" : more == nil ? "; no number of examples is likely to tell" : "; more examples would tell")
        case .met:
            guard let safe = answer.safe, safe != index else {
                return "meets everything that is required: " + sentence(candidate, [.met])
            }
            return "\(comparison(candidate, with: candidates[safe])), and no requirement needs it"
        }
    }

    private func comparison(_ candidate: Candidate, with chosen: Candidate) -> String {
        guard let bytes = candidate.profile.bytes else {
            return "its size isn't known, as on a server, which counts as larger"
        }
        let other = chosen.profile.bytes
        if bytes == other, let memory = candidate.estimates[.memory], let less = chosen.estimates[.memory],
            less.value < memory.value
        {
            return "as large, but it holds \(text(.memory, memory.value)) against \(text(.memory, less.value))"
        }
        if bytes == other { return "as large as \(chosen.profile.name)" }
        return "larger: \(FigureText.bytes(bytes)) against \(FigureText.bytes(other))"
    }

    /// What is so of the requirements that stand like this.
    private func sentence(_ candidate: Candidate, _ standings: Set<Requirement.Standing>) -> String {
        guard candidate.examples > 0 else { return "it has done no example yet" }
        let parts = zip(requirements, candidate.standings).filter { standings.contains($0.1) }.map {
            requirement, standing in clause(requirement, standing, candidate.estimates[requirement.measure])
        }
        return parts.joined(separator: "; ")
    }

    /// Such as "accuracy 61.2 % (55.1 – 67.0), below 75.0 %".
    func clause(_ requirement: Requirement, _ standing: Requirement.Standing, _ estimate: Estimate?) -> String {
        let measure = requirement.measure
        let bound = text(measure, requirement.bound)
        guard let estimate else { return "\(measure.name) isn't known" + remedy(measure) }
        let found = measure.text(estimate, currency: currency)
        let isHigh = measure.isBetterHigher
        let subject = measure == .behindBest ? "\(found) behind the best" : "\(measure.name) \(found)"
        switch standing {
        case .met: return "\(subject), at \(isHigh ? "least" : "most") \(bound)"
        case .missed: return "\(subject), \(isHigh ? "below" : "above") \(bound)"
        case .undecided: return "\(subject), which may be \(isHigh ? "below" : "above") \(bound)"
        case .unmeasured: return "\(subject), which doesn't tell"
        }
    }

    private func remedy(_ measure: Measure) -> String {
        switch measure {
        case .accuracy, .behindBest: ": nothing is expected in the examples"
        case .memory: ": whoever holds it doesn't say"
        case .costPerThousand:
            currency.isEmpty
                ? ": no price is configured" : ": it has no price in \(currency); config.yaml gives one"
        case .p95, .itemsPerSecond: ""
        }
    }

    func text(_ measure: Measure, _ value: Double) -> String { measure.text(value, currency: currency) }
}
