import Chat

extension Advice {
    /// Judges what the candidates did.
    ///
    /// - Parameters:
    ///   - results: of the candidates, on the plan's examples as far as they came.
    ///   - requirements: at most one of each measure; none stands for ``Requirement/nearTheBest``.
    ///   - currency: that costs are required in; nil takes the first price's.
    public init(results: [SolverResult], plan: AdvicePlan, requirements: [Requirement], currency: String? = nil) {
        let results = results.smallestFirst
        let currency = currency ?? results.lazy.compactMap(\.profile.price?.currency).first
        let wanted = requirements.isEmpty ? [.nearTheBest] : requirements
        let judging = AdviceJudging(results: results, plan: plan, requirements: wanted, currency: currency)
        let heldOut = results.map { Evidence($0, on: plan.confirming, currency: currency) }

        self.requirements = wanted
        self.currency = currency ?? ""
        self.plan = plan
        isByDefault = requirements.isEmpty
        candidates = results.enumerated().map { index, result in
            let rivals = judging.rivals(of: index).map { heldOut[$0] }.filter { $0.count > 0 }
            return Candidate(
                profile: result.profile, examples: judging.evidence[index].count,
                isStopped: judging.stoppedAfter[index] != nil, confidence: judging.confidence(of: index),
                estimates: Measure.each { judging.estimate(of: $0, for: index) },
                standings: judging.standings(of: index),
                heldOut: heldOut[index].count == 0
                    ? [:]
                    : Measure.each {
                        heldOut[index].estimate(of: $0, rivals: rivals, confidence: plan.confidence)
                    },
                heldOutExamples: heldOut[index].count, isOnFront: false, reason: "")
        }
        answer = Self.answer(of: candidates.map(\.standing))
        moreExamples = Self.moreExamples(answer, judging)
        changes = Self.changes(judging)
        confirmation = answer.safe.flatMap { safe in
            Self.confirmation(of: candidates[safe], requirements: wanted)
        }
        for index in candidates.indices {
            candidates[index].isOnFront = isOnFront(index)
            candidates[index].reason = reason(index, judging)
        }
    }

    private static func confirmation(of candidate: Candidate, requirements: [Requirement]) -> Confirmation? {
        guard candidate.heldOutExamples > 0 else { return nil }
        switch Requirement.Standing.together(
            requirements.map { $0.standing(of: candidate.heldOut[$0.measure]) })
        {
        case .met: return .confirmed
        case .missed: return .contradicted
        case .undecided, .unmeasured: return .notContradicted
        }
    }

    /// Examples that the choice and the confirmation need beside those they have, until the candidate that is open is
    /// decided, if it goes on as it did.
    private static func moreExamples(_ answer: Answer, _ judging: AdviceJudging) -> Int? {
        guard case .tooFew(let open, _) = answer else { return nil }
        let plan = judging.plan
        guard let more = ExamplesNeeded(judging, candidate: open).more else { return nil }
        let all = Double(plan.choosing.count + plan.confirming.count)
        let exact = Double(more) * all / Double(max(1, plan.choosing.count))
        // Two digits say how vague it is.
        var unit = 1.0
        while exact / unit > 99 { unit *= 10 }
        return Int((exact / unit).rounded(.up) * unit)
    }

    /// Whether no other one dominates it: as good in accuracy, p95, memory and cost, and better in one of them. What is
    /// known of only one of two settles nothing between them.
    private func isOnFront(_ index: Int) -> Bool {
        let own = candidates[index].estimates
        return !candidates.contains { other in
            var isBetter = false
            for measure in [Measure.accuracy, .p95, .memory, .costPerThousand] {
                switch (own[measure]?.value, other.estimates[measure]?.value) {
                case (nil, nil): continue
                case (let own?, let other?):
                    if own == other { continue }
                    guard (other > own) == measure.isBetterHigher else { return false }
                    isBetter = true
                default: return false
                }
            }
            return isBetter
        }
    }
}

extension AdviceJudging {
    init(results: [SolverResult], plan: AdvicePlan, requirements: [Requirement], currency: String?) {
        self.init(
            requirements: requirements, plan: plan,
            evidence: results.map { Evidence($0, on: plan.choosing, currency: currency) })
    }
}

extension Measure {
    static func each(_ estimate: (Measure) -> Estimate?) -> [Measure: Estimate] {
        var estimates: [Measure: Estimate] = [:]
        for measure in allCases { estimates[measure] = estimate(measure) }
        return estimates
    }
}

extension [SolverResult] {
    /// By the bytes of their files, then by memory, then as they were given. Sizes that nobody knows, as on servers, count
    /// as largest.
    var smallestFirst: [SolverResult] { smallestFirstOrder.map { self[$0] } }

    /// The places of the results, that of the smallest first.
    var smallestFirstOrder: [Int] {
        indices.sorted { one, other in
            let sizes = (self[one].profile.bytes ?? .max, self[other].profile.bytes ?? .max)
            if sizes.0 != sizes.1 { return sizes.0 < sizes.1 }
            let memory = (self[one].measurement.memoryBytes ?? .max, self[other].measurement.memoryBytes ?? .max)
            return memory.0 != memory.1 ? memory.0 < memory.1 : one < other
        }
    }
}
