import Chat

/// What candidates are measured by, and what can be required of them.
public enum Measure: String, Sendable, Equatable, Codable, CodingKeyRepresentable, CaseIterable {
    /// The share of examples that are right, from 0 to 1.
    case accuracy
    /// By how much the accuracy lies below that of the best other candidate, from -1 to 1; below 0 for the best one.
    case behindBest = "behind_best"
    /// The 95th percentile of the milliseconds that an example takes.
    case p95 = "p95_ms"
    /// Examples a second, one after the other.
    case itemsPerSecond = "items_per_second"
    /// The most bytes that were held.
    case memory = "memory_bytes"
    /// Of a thousand examples, in the price's currency.
    case costPerThousand = "cost_per_thousand"

    /// Whether more is better, so that a requirement says "at least".
    public var isBetterHigher: Bool {
        switch self {
        case .accuracy, .itemsPerSecond: true
        case .behindBest, .p95, .memory, .costPerThousand: false
        }
    }

    /// As it stands in a sentence, such as "accuracy".
    public var name: String {
        switch self {
        case .accuracy: "accuracy"
        case .behindBest: "distance to the best"
        case .p95: "p95"
        case .itemsPerSecond: "items a second"
        case .memory: "memory"
        case .costPerThousand: "cost of a thousand"
        }
    }

    /// Which way a figure is rounded.
    enum Rounding {
        case nearest, up, down
    }

    /// A figure with its unit, such as "83.1 %".
    public func text(_ value: Double?, currency: String = "") -> String { text(value, currency, .nearest) }

    /// - Parameter rounding: up or down, so that what is said of the figure holds for what is shown of it.
    func text(_ value: Double?, _ currency: String, _ rounding: Rounding) -> String {
        guard let value, value.isFinite else { return FigureText.missing }
        let places: Int
        let factor: Double
        switch self {
        case .accuracy, .behindBest: (factor, places) = (100, 1)
        case .p95: (factor, places) = value < 999.5 ? (1, value < 99.95 ? 1 : 0) : (0.001, 2)
        case .itemsPerSecond: (factor, places) = (1, value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
        case .memory: (factor, places) = value < 999.5e6 ? (1e-6, 1) : (1e-9, 2)
        case .costPerThousand: (factor, places) = (1, Self.costPlaces(value))
        }
        let figure = FigureText.fixed(Self.rounded(value * factor, places, rounding), places: places)
        switch self {
        case .accuracy: return "\(figure) %"
        case .behindBest: return "\(figure) points"
        case .p95: return figure + (factor == 1 ? " ms" : " s")
        case .itemsPerSecond: return "\(figure) a second"
        case .memory: return figure + (factor == 1e-6 ? " MB" : " GB")
        case .costPerThousand: return currency + (currency.count > 1 ? " " : "") + figure
        }
    }

    /// A figure with its interval, such as "83.1 % (78.9 – 86.6)".
    public func text(_ estimate: Estimate?, currency: String = "") -> String {
        guard let estimate else { return FigureText.missing }
        let value = text(estimate.value, currency: currency)
        guard estimate.lower != estimate.upper else { return value }
        func end(_ bound: Double?) -> String {
            bound.map { text($0, currency: currency) } ?? (isBetterHigher ? FigureText.missing : "?")
        }
        return "\(value) (\(end(estimate.lower)) – \(end(estimate.upper)))"
    }

    private static func rounded(_ value: Double, _ places: Int, _ rounding: Rounding) -> Double {
        let scale = (0..<places).reduce(1.0) { result, _ in result * 10 }
        switch rounding {
        case .nearest: return value
        // A hair off, so that 85.0 isn't taken for a little more than itself.
        case .up: return (value * scale - 1e-6).rounded(.up) / scale
        case .down: return (value * scale + 1e-6).rounded(.down) / scale
        }
    }

    /// Three significant figures of small amounts.
    private static func costPlaces(_ amount: Double) -> Int {
        var (places, scaled) = (2, amount.magnitude * 100)
        while scaled < 100, scaled > 0, places < 9 {
            (places, scaled) = (places + 1, scaled * 10)
        }
        return places
    }
}
