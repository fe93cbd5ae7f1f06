import Chat

extension Advice {
    /// The answer in a sentence or two.
    public var verdict: String {
        switch answer {
        case .smallest(let index):
            "\(named(index)) is the smallest of \(candidates.count) that meets everything: \(demands)."
        case .none: "None of the \(candidates.count) candidates meets everything: \(demands)."
        case .tooFew(let open, let safe?):
            "Too few examples to tell \(named(open)) and \(named(safe)) apart: \(name(safe)) surely meets everything, "
                + "the smaller one may. \(demand(for: open))"
        case .tooFew(let open, nil):
            "Too few examples to tell whether \(named(open)) meets everything: \(demands). \(demand(for: open))"
        }
    }

    /// What the held-out examples say of it; nil where none say anything.
    public var confirmationText: String? {
        guard let confirmation, let safe = answer.safe else { return nil }
        let candidate = candidates[safe]
        let clauses = requirements.map { requirement in
            let estimate = candidate.heldOut[requirement.measure]
            return clause(requirement, requirement.standing(of: estimate), estimate)
        }
        let found =
            "on \(candidate.heldOutExamples) examples that the choice hasn't seen: "
            + clauses.joined(separator: "; ") + "."
        return switch confirmation {
        case .confirmed: "\(name(safe)) meets everything again \(found)"
        case .notContradicted:
            "The examples held out don't contradict, but are too few to confirm \(name(safe)) \(found)"
        case .contradicted:
            "The examples held out disagree: \(name(safe)) doesn't meet everything \(found) Don't rely on this verdict; "
                + "judge it on more examples."
        }
    }

    /// The bounds at which the answer would be another one, a line for each measure and direction that has some.
    public var changeTexts: [String] {
        Measure.allCases.flatMap { measure in
            [true, false].compactMap { isTighter in
                let changes = changes.filter { $0.measure == measure && $0.isTighter == isTighter }
                guard !changes.isEmpty else { return nil }
                return lead(measure, isTighter) + changes.map(text).joined(separator: "; ") + "."
            }
        }
    }

    private func lead(_ measure: Measure, _ isTighter: Bool) -> String {
        let bound = requirements.first { $0.measure == measure }?.bound
        let kind = measure.isBetterHigher ? "at least" : "at most"
        let name =
            measure == .behindBest ? "Behind the best" : measure.name.prefix(1).uppercased() + measure.name.dropFirst()
        let now = bound.map { "\(kind) \(text(measure, $0)) now" } ?? "nothing required now"
        return "\(name) (\(now)): "
    }

    /// Such as "above 81.4 % qwen". The figure is rounded so that what is said holds for it.
    private func text(_ change: Change) -> String {
        let isHigh = change.measure.isBetterHigher
        let isUp = isHigh == change.isTighter
        let bound = change.measure.text(change.bound, currency, isUp ? .up : .down)
        let place = change.isTighter ? (isHigh ? "above \(bound)" : "below \(bound)") : "at \(bound)"
        return switch change.answer {
        case .smallest(let index): "\(place) it is \(name(index))"
        case .none: "\(place) none"
        case .tooFew(let open, let safe?): "\(place) too few examples to tell \(name(open)) and \(name(safe)) apart"
        case .tooFew(let open, nil): "\(place) too few examples to tell of \(name(open))"
        }
    }

    private func demand(for open: Int) -> String {
        if candidates[open].examples == 0 { return "It has done no example yet." }
        guard let more = moreExamples else { return "Its figures lie so near a bound that more examples may not tell." }
        return "About \(more) more are needed."
    }

    var demands: String { requirements.map { $0.text(currency: currency) }.joined(separator: ", ") }

    func name(_ index: Int) -> String { candidates[index].profile.name }

    private func named(_ index: Int) -> String {
        let profile = candidates[index].profile
        return profile.bytes.map { "\(profile.name) (\(FigureText.bytes($0)))" } ?? profile.name
    }
}
