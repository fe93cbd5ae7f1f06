/// Holds the candidates' outcomes against the requirements, look after look, as ``AdvicePlan`` says. The same outcomes
/// give the same judgement, whether they come live or from a record.
struct AdviceJudging: Equatable {
    typealias Standing = Requirement.Standing

    let requirements: [Requirement]
    let plan: AdvicePlan
    /// Of each candidate, of the part that the choice is made on; what came after it was stopped isn't in it.
    private(set) var evidence: [Evidence]
    /// Of each candidate: after how many examples it was stopped, nil if it wasn't.
    private(set) var stoppedAfter: [Int?]
    /// Of each candidate, what is known.
    private var estimates: [[Measure: Estimate]] = []

    /// - Parameter evidence: of each candidate, of ``AdvicePlan/choosing``, as far as it came.
    init(requirements: [Requirement], plan: AdvicePlan, evidence: [Evidence]) {
        self.requirements = requirements
        self.plan = plan
        self.evidence = evidence
        stoppedAfter = Array(repeating: nil, count: evidence.count)
        for look in plan.looks.dropLast() { stop(after: look) }
        estimates = evidence.indices.map { candidate in
            let rivals = rivals(of: candidate).map { self.evidence[$0] }
            return Measure.each {
                self.evidence[candidate].estimate(of: $0, rivals: rivals, confidence: confidence(of: candidate))
            }
        }
    }

    /// Gives up on those that surely miss a requirement after so many examples.
    ///
    /// Where candidates are held against the best of them, one that is out for another reason may be that best one: there
    /// only those are stopped that are surely too far from it.
    private mutating func stop(after look: Int) {
        let reached = evidence.indices.filter { stoppedAfter[$0] == nil && evidence[$0].count >= look }
        let grounds =
            requirements.contains { $0.measure == .behindBest }
            ? requirements.filter { $0.measure == .behindBest } : requirements
        let part = evidence.map { $0.prefix(look) }
        let failed = reached.filter { candidate in
            let rivals = reached.filter { $0 != candidate }.map { part[$0] }
            return grounds.contains { requirement in
                let estimate = part[candidate].estimate(
                    of: requirement.measure, rivals: rivals, confidence: plan.earlyConfidence)
                return requirement.standing(of: estimate) == .missed
            }
        }
        for candidate in failed {
            stoppedAfter[candidate] = look
            evidence[candidate] = part[candidate]
        }
    }

    /// The level that a candidate's intervals are of. One that didn't come to the last look may have been stopped in an
    /// earlier run because of what it did, so its intervals are those of an early look.
    func confidence(of candidate: Int) -> Double {
        evidence[candidate].count == plan.choosing.count ? plan.lastConfidence : plan.earlyConfidence
    }

    func estimate(of measure: Measure, for candidate: Int) -> Estimate? { estimates[candidate][measure] }

    /// Who may be the best one: all that weren't stopped for being too far from it.
    func rivals(of candidate: Int) -> [Int] {
        let countsStopped = !requirements.contains { $0.measure == .behindBest }
        return evidence.indices.filter { $0 != candidate && (countsStopped || stoppedAfter[$0] == nil) }
    }

    /// How a candidate stands with an estimate of its own.
    func standing(of requirement: Requirement, estimate: Estimate?, for candidate: Int) -> Standing {
        // Nothing is known yet of one that didn't begin, nor of the distance to one.
        if evidence[candidate].count == 0 { return .undecided }
        if estimate == nil, requirement.measure == .behindBest, !evidence[candidate].judged.isEmpty {
            return .undecided
        }
        return requirement.standing(of: estimate)
    }

    func standings(of candidate: Int) -> [Standing] {
        requirements.map { requirement in
            standing(
                of: requirement, estimate: estimate(of: requirement.measure, for: candidate), for: candidate)
        }
    }
}

extension AdviceJudging.Standing {
    /// What several requirements come to.
    static func together(_ standings: [AdviceJudging.Standing]) -> AdviceJudging.Standing {
        if standings.contains(.missed) { return .missed }
        if standings.contains(.unmeasured) { return .unmeasured }
        return standings.contains(.undecided) ? .undecided : .met
    }
}
