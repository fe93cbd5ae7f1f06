import Chat
import Evaluation

/// When an answer is good enough for nobody else to be asked.
public struct CascadeRule: Sendable, Equatable, Codable {
    /// What counts as being sure, from 0 to 1.
    public enum Measure: String, Sendable, Codable, CaseIterable {
        /// The probability of the likeliest label.
        case maximum
        /// By how much the likeliest label is likelier than the next one.
        case margin
    }

    /// Above every confidence: all examples are escalated.
    public static let escalatesAll = 2.0

    public var measure: Measure
    /// An answer stands if the solver is at least as sure.
    public var threshold: Double

    public init(measure: Measure = .maximum, threshold: Double) {
        self.measure = measure
        self.threshold = threshold
    }

    /// - Parameter solution: nil where the solver had none.
    func accepts(_ solution: Solution?) -> Bool { (measure.confidence(of: solution) ?? -1) >= threshold }
}

extension CascadeRule.Measure {
    /// Nil where the solver gives no probabilities: nobody knows how sure it is.
    public func confidence(of solution: Solution?) -> Double? {
        guard let probabilities = solution?.probabilities, let largest = probabilities.max() else { return nil }
        switch self {
        case .maximum: return largest
        case .margin:
            let sorted = probabilities.sorted(by: >)
            return sorted.count > 1 ? sorted[0] - sorted[1] : largest
        }
    }
}

extension Outcome {
    typealias Stage = (outcome: Outcome, profile: SolverProfile)

    /// What several solvers that were asked one after the other come to: the last one's answer, or an earlier one's where
    /// it has none; the sums of what they took and cost.
    /// - Parameter currency: that of all who could have been asked; nil where the cost can't be told.
    static func cascade(_ stages: [Stage], currency: String?) -> Outcome {
        let outcomes = stages.map(\.outcome)
        var solution = outcomes.last { $0.solution != nil }?.solution
        solution?.stages = stages.count
        solution?.promptTokens = sum(outcomes.map { $0.solution?.promptTokens })
        solution?.cachedTokens = sum(outcomes.map { $0.solution?.cachedTokens })
        solution?.answerTokens = sum(outcomes.map { $0.solution?.answerTokens })
        solution?.charge = cost(of: stages, currency: currency)
        return Outcome(
            solution: solution, failure: solution == nil ? outcomes.last?.failure : nil,
            seconds: outcomes.reduce(0) { $0 + $1.seconds })
    }

    /// The sum of what each was paid. A solver without a price counts as free beside one that has a price, and so does a
    /// request that a service refused; nil where a price is there and the tokens aren't.
    static func cost(of stages: [Stage], currency: String?) -> Double? {
        guard currency != nil else { return nil }
        return sum(
            stages.map { outcome, profile in
                switch profile.price?.rate {
                case nil: 0
                case .perMillionTokens where outcome.solution == nil: 0
                case _?: outcome.cost(at: profile.price)
                }
            })
    }

    /// Nil where one isn't known.
    private static func sum<Number: AdditiveArithmetic>(_ values: [Number?]) -> Number? {
        values.contains { $0 == nil } ? nil : values.compactMap { $0 }.reduce(.zero, +)
    }
}

extension Sequence<SolverProfile> {
    /// The price that says in which currency all of them are paid; nil where none has one, or they differ.
    var commonPrice: Price? {
        let prices = compactMap(\.price)
        return Set(prices.map(\.currency)).count == 1 ? prices.last : nil
    }
}
