import Chat

/// What one solver made of a run's examples.
public struct SolverResult: Sendable, Equatable {
    public var profile: SolverProfile
    public var role: String
    /// By the example's id.
    public var outcomes: [String: Outcome] = [:]
    /// By the example's id; nothing where no answer was expected.
    public var isRight: [String: Bool] = [:]
    public var measurement = RunRecord.Measurement(loadSeconds: 0, prepareSeconds: 0)

    public init(profile: SolverProfile, role: String = "") {
        self.profile = profile
        self.role = role
    }

    mutating func note(memory: Int?) {
        guard let memory else { return }
        measurement.memoryBytes = max(memory, measurement.memoryBytes ?? 0)
    }

    /// The share that was right, of the examples with an expected answer; nil without any.
    public var accuracy: Proportion? {
        Proportion(successes: Double(isRight.values.count { $0 }), trials: isRight.count)
    }

    public var latency: LatencyDistribution? {
        guard !failedAlways else { return nil }
        return LatencyDistribution(of: outcomes.values.map { .seconds($0.seconds) })
    }

    /// Whether there are examples, and it failed with all of them: how fast that was says nothing.
    public var failedAlways: Bool { !outcomes.isEmpty && outcomes.values.allSatisfy { $0.solution == nil } }

    /// Examples in an hour, one after the other; nil without any answer.
    public var itemsPerHour: Double? {
        guard !failedAlways else { return nil }
        let seconds = outcomes.values.reduce(0) { $0 + $1.seconds }
        return seconds > 0 ? Double(outcomes.count) * 3600 / seconds : nil
    }

    /// Of a thousand examples like these, in the price's currency; nil where a cost isn't known.
    public var costPerThousand: Double? {
        let costs = outcomes.values.compactMap { $0.cost(at: profile.price) }
        guard !costs.isEmpty, costs.count == outcomes.count else { return nil }
        return costs.reduce(0, +) / Double(costs.count) * 1000
    }
}
