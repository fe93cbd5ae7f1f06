/// What a threshold is chosen for.
public enum CascadeGoal: Sendable, Equatable, Codable {
    /// As little expense as possible with an accuracy at most so far below the best one of any threshold; 0.01 is a point.
    case nearBest(Double)
    /// … below the large solver's.
    case nearLarge(Double)
    /// As accurate as possible with a mean expense of at most so much: milliseconds an example, or cost of a thousand.
    case budget(Double)
}

extension CascadeGoal {
    /// The point of a curve that reaches the goal best; of equal ones, that which escalates least.
    /// - Parameter largeAccuracy: of the large solver alone.
    /// - Returns: nil where none is within the budget, and for an empty curve.
    func choose(
        from curve: [CascadeStudy.Point], largeAccuracy: Double, expense: CascadeExpense
    ) -> CascadeStudy.Point? {
        switch self {
        case .nearBest(let distance):
            let best = curve.map(\.accuracy).max() ?? 0
            return Self.cheapest(curve, accuracy: best - distance, expense)
        case .nearLarge(let distance): return Self.cheapest(curve, accuracy: largeAccuracy - distance, expense)
        case .budget(let limit):
            return curve.filter { $0.value(of: expense) <= limit }.min { one, other in
                (-one.accuracy, one.value(of: expense), one.escalated)
                    < (-other.accuracy, other.value(of: expense), other.escalated)
            }
        }
    }

    private static func cheapest(
        _ curve: [CascadeStudy.Point], accuracy: Double, _ expense: CascadeExpense
    ) -> CascadeStudy.Point? {
        // Shares of whole examples: what is equal may differ in the last bit.
        curve.filter { $0.accuracy >= accuracy - 1e-9 }.min { one, other in
            (one.value(of: expense), one.escalated) < (other.value(of: expense), other.escalated)
        }
    }

    /// In words, for reports.
    public func text(_ expense: CascadeExpense) -> String {
        switch self {
        case .nearBest(let distance): "the least \(expense.rawValue) within \(Self.points(distance)) of the best"
        case .nearLarge(let distance): "the least \(expense.rawValue) within \(Self.points(distance)) of the large one"
        case .budget(let limit):
            switch expense {
            case .time: "the best accuracy within \(limit) ms a text"
            case .cost: "the best accuracy within a cost of \(limit) a thousand texts"
            }
        }
    }

    private static func points(_ share: Double) -> String {
        let points = (share * 1000).rounded() / 10
        return points == 1 ? "1 point" : "\(points == points.rounded() ? "\(Int(points))" : "\(points)") points"
    }
}
