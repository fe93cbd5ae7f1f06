import Chat

@testable import Evaluation

/// Candidates whose outcomes are made up.
struct MadeUpResults {
    /// How one candidate does.
    struct Skill {
        var name = "candidate"
        var bytes: Int? = 1_000_000
        var accuracy = 0.8
        /// The middle of its latencies, which lie up to a third apart from it.
        var milliseconds = 10.0
        var memory: Int? = 2_000_000
        var price: Price?
    }

    var generator: SplitMix

    init(seed: UInt64) {
        generator = SplitMix(seed: seed)
    }

    static func examples(_ count: Int) -> [Example] {
        (1...count).map { Example(id: "\($0)", text: "text \($0)", expected: $0.isMultiple(of: 2) ? "yes" : "no") }
    }

    static func plan(_ examples: [Example], share: Double = 1, stopsEarly: Bool = false) -> AdvicePlan {
        AdvicePlan(
            examples: examples, limit: nil, share: share, isStratified: true, stopsEarly: stopsEarly, confidence: 0.95,
            seed: 1)
    }

    mutating func result(_ skill: Skill, _ examples: [Example]) -> SolverResult {
        var result = SolverResult(
            profile: SolverProfile(
                name: skill.name, kind: skill.bytes == nil ? .remote : .model, bytes: skill.bytes,
                fingerprint: skill.name, price: skill.price))
        result.measurement.memoryBytes = skill.memory
        for example in examples {
            let isRight = Double.random(in: 0..<1, using: &generator) < skill.accuracy
            let factor = Double.random(in: 2.0 / 3...4.0 / 3, using: &generator)
            result.isRight[example.id] = isRight
            result.outcomes[example.id] = Outcome(
                solution: Solution(answer: isRight ? example.expected ?? "" : "other"),
                seconds: skill.milliseconds * factor / 1000)
        }
        return result
    }

    /// From two to five candidates of any skill, sizes among them that are equal or not known.
    mutating func anyResults(_ examples: [Example]) -> [SolverResult] {
        (0..<Int.random(in: 2...5, using: &generator)).map { index in
            let size = Int.random(in: 0...6, using: &generator)
            return result(
                Skill(
                    name: "c\(index)", bytes: size == 0 ? nil : size * 100,
                    accuracy: Double.random(in: 0.5...1, using: &generator),
                    milliseconds: Double.random(in: 5...50, using: &generator),
                    memory: Int.random(in: 0...5, using: &generator) == 0
                        ? nil : Int.random(in: 1...20, using: &generator) * 100,
                    price: Bool.random(using: &generator)
                        ? Price(.perHour(Double.random(in: 0.1...5, using: &generator))) : nil),
                examples)
        }
    }

    /// Bounds near which the candidates made up here lie.
    mutating func bound(of measure: Measure) -> Double {
        switch measure {
        case .accuracy: Double.random(in: 0.5...1, using: &generator)
        case .behindBest: Double.random(in: 0...0.3, using: &generator)
        case .p95: Double.random(in: 5...70, using: &generator)
        case .itemsPerSecond: Double.random(in: 15...220, using: &generator)
        case .memory: Double.random(in: 50...2100, using: &generator)
        case .costPerThousand: Double.random(in: 0...0.05, using: &generator)
        }
    }

    mutating func anyRequirements() -> [Requirement] {
        Measure.allCases.filter { _ in Int.random(in: 0...2, using: &generator) == 0 }.map {
            Requirement($0, bound(of: $0))
        }
    }
}
