import Chat
import Evaluation

extension CascadeSummary {
    /// A rule with what it was chosen by.
    struct Choice {
        var goal: CascadeGoal
        var expense: CascadeExpense
        var rule: CascadeRule
        /// What it came to where it was chosen, and with how many examples.
        var point: CascadeStudy.Point
        var examples: Int
    }

    /// Judges a choice by examples that it wasn't made with.
    /// - Parameters:
    ///   - study: of the judging part.
    ///   - name: of the cascade.
    ///   - unjudged: examples that expect nothing.
    /// - Returns: nil where the study has no example.
    init?(
        _ choice: Choice, judging study: CascadeStudy, name: String, small: SolverResult, large: SolverResult,
        unjudged: Int
    ) {
        let items = study.items
        let ways = study.ways(at: choice.rule.threshold)
        let isEscalated = items.map { ($0.confidence ?? -1) < choice.rule.threshold }
        let againstLarge = zip(ways, items).map { (first: $0.isRight, second: $1.large.isRight) }
        let againstSmall = zip(ways, items).map { (first: $0.isRight, second: $1.alone.isRight) }
        var joint = SolverResult(
            profile: CascadeClassifier.profile(of: [small.profile, large.profile], rules: [choice.rule], name: name))
        if let one = small.measurement.memoryBytes, let other = large.measurement.memoryBytes {
            joint.measurement.memoryBytes = one + other
        }
        guard let escalated = Proportion(successes: Double(isEscalated.count { $0 }), trials: items.count),
            let toLarge = PairedDifference(againstLarge), let toSmall = PairedDifference(againstSmall),
            let smallSide = Side(items.map { ($0.id, $0.alone) }, as: small),
            let largeSide = Side(items.map { ($0.id, $0.large) }, as: large),
            let cascadeSide = Side(zip(items, ways).map { ($0.id, $1) }, as: joint)
        else { return nil }
        // What each example would give on average if as many were escalated by lot.
        let share = escalated.value
        let gains = zip(ways, items).map { way, item in
            (way.isRight ? 1 : 0) - (item.alone.isRight ? 1 - share : 0) - (item.escalated.isRight ? share : 0)
        }
        guard let gain = PairedDifference(gains) else { return nil }
        goal = choice.goal
        expense = choice.expense
        rule = choice.rule
        choosingExamples = choice.examples
        chosen = choice.point
        curve = study.curve
        self.escalated = escalated
        (self.small, cascade, self.large) = (smallSide, cascadeSide, largeSide)
        differenceToLarge = toLarge
        differenceToSmall = toSmall
        test = McNemarTest(againstLarge)
        gainOverChance = gain
        calibration = CalibrationError(
            items.compactMap { item in
                item.alone.outcome.solution?.confidence.map { (confidence: $0, isRight: item.alone.isRight) }
            })
        self.unjudged = unjudged
        finding = .pays
        finding = verdict
    }

    private var verdict: Finding {
        if missesGoal { return .missesTheGoal }
        if isUncertain { return .tooFewExamples }
        if rule.threshold <= 0 { return .smallSuffices }
        if rule.threshold >= CascadeRule.escalatesAll { return .largeIsNeeded }
        return expense(of: cascade) < expense(of: large) ? .pays : .isNoCheaper
    }

    /// What no verdict holds with: its accuracy may be so much lower than the goal allows. With the 95 % interval of a
    /// paired difference, some fifty examples are enough where few of them differ.
    private static let uncertainty = 0.1

    /// Whether the unfavourable end of the interval is far below what the goal compares with.
    private var isUncertain: Bool {
        switch goal {
        case .nearLarge(let distance), .nearBest(let distance):
            differenceToLarge.low < -distance - Self.uncertainty
        case .budget: false
        }
    }

    /// Whether even the favourable end of the interval is too far below what the goal compares with.
    private var missesGoal: Bool {
        switch goal {
        case .nearLarge(let distance): differenceToLarge.high < -distance
        // The best of all thresholds of a part is partly luck; the better one of the two alone isn't.
        case .nearBest(let distance): min(differenceToLarge.high, differenceToSmall.high) < -distance
        case .budget(let limit): expense(of: cascade) > limit
        }
    }
}

extension CascadeSummary.Side {
    /// - Parameter result: of whom this is; its outcomes are left aside.
    init?(_ ways: [(id: String, way: CascadeStudy.Way)], as result: SolverResult) {
        guard let accuracy = Proportion(successes: Double(ways.count { $0.way.isRight }), trials: ways.count) else {
            return nil
        }
        self.accuracy = accuracy
        self.result = result
        self.result.outcomes = [:]
        self.result.isRight = [:]
        for (id, way) in ways {
            self.result.outcomes[id] = way.outcome
            self.result.isRight[id] = way.isRight
        }
        milliseconds = ways.reduce(0) { $0 + $1.way.outcome.seconds } * 1000 / Double(ways.count)
        let costs = ways.compactMap(\.way.cost)
        costPerThousand = costs.count == ways.count ? costs.reduce(0, +) * 1000 / Double(ways.count) : nil
    }
}
