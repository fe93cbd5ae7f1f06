import Chat
import Reports

/// Shares for people, in percent.
public enum PercentText {
    /// "81.4 %".
    public static func share(_ value: Double?) -> String {
        value.map { "\(FigureText.fixed($0 * 100, places: 1)) %" } ?? FigureText.missing
    }

    public static func share(_ proportion: Proportion?) -> String { share(proportion?.value) }

    /// "78.0–84.4".
    public static func interval(_ proportion: Proportion?) -> String {
        proportion.map { interval($0.interval) } ?? FigureText.missing
    }

    /// "81.4 % (78.0–84.4)".
    public static func full(_ proportion: Proportion?) -> String {
        proportion.map { "\(share($0)) (\(interval($0)))" } ?? FigureText.missing
    }

    /// "+0.4 points (-0.8 to 1.6)".
    public static func points(_ difference: PairedDifference) -> String {
        let mean = FigureText.fixed(difference.mean * 100, places: 1)
        return "\(mean.hasPrefix("-") ? "" : "+")\(mean) points "
            + "(\(FigureText.fixed(difference.low * 100, places: 1)) to "
            + "\(FigureText.fixed(difference.high * 100, places: 1)))"
    }

    /// "McNemar's p = 0.021".
    public static func chance(_ test: McNemarTest) -> String {
        "McNemar's p " + (test.pValue < 0.001 ? "below 0.001" : "= " + FigureText.fixed(test.pValue, places: 3))
    }

    public static func interval(_ interval: ClosedRange<Double>) -> String {
        "\(FigureText.fixed(interval.lowerBound * 100, places: 1))–"
            + FigureText.fixed(interval.upperBound * 100, places: 1)
    }
}

extension SolverResult {
    /// For tables: items an hour, p50, p95, memory, cost of a thousand.
    public var figureTexts: [String] {
        [
            itemsPerHour.map { FigureText.fixed($0, places: 0) } ?? FigureText.missing,
            FigureText.milliseconds(latency?.p50.milliseconds), FigureText.milliseconds(latency?.p95.milliseconds),
            FigureText.bytes(measurement.memoryBytes),
            costPerThousand.map { "\(profile.price?.currency ?? "")\(Cost.figures($0))" } ?? FigureText.missing,
        ]
    }

    /// For screens that watch: the same with names, without what isn't known.
    public var figures: [TaskBoard.Figure] {
        zip(["items/h", "p50", "p95", "memory", "per 1000"], figureTexts)
            .filter { $0.1 != FigureText.missing }.map { TaskBoard.Figure($0.0, $0.1) }
    }
}
