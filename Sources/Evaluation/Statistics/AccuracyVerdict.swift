import Chat
import Reports

/// What can be said of several solvers' accuracy on the same examples: a sentence for each beside the most accurate one.
public enum AccuracyVerdict {
    /// - Parameter noun: what is right or wrong, such as "labels".
    /// - Returns: nil where nothing says what is right.
    public static func text(_ results: [SolverResult], noun: String) -> String? {
        let judged = results.filter { $0.accuracy != nil }
        // Of equally accurate ones the first, which is the smaller in a pair.
        guard let best = judged.max(by: { ($1.accuracy?.value ?? 0) > ($0.accuracy?.value ?? 0) }) else { return nil }
        var sentences = [
            "\(best.profile.name) gives the expected \(noun) in \(PercentText.full(best.accuracy)) of "
                + "\(best.isRight.count) examples."
        ]
        for other in judged where other.profile.fingerprint != best.profile.fingerprint {
            if let sentence = sentence(other, beside: best) { sentences.append(sentence) }
        }
        return sentences.joined(separator: " ")
    }

    private static func sentence(_ other: SolverResult, beside best: SolverResult) -> String? {
        let pairs = other.isRight.keys.sorted().compactMap { id in
            best.isRight[id].map { (first: other.isRight[id] ?? false, second: $0) }
        }
        guard let difference = PairedDifference(pairs) else { return nil }
        let test = McNemarTest(pairs)
        let chance = test.pValue < 0.05 ? "more than chance" : "which may be chance"
        let speed =
            if let one = other.itemsPerHour, let two = best.itemsPerHour, one > two {
                "; it does \(FigureText.number(one / two)) times as many in an hour"
            } else {
                ""
            }
        return "\(other.profile.name): \(PercentText.points(difference)), \(chance) "
            + "(\(PercentText.chance(test)))\(speed)."
    }

    /// Accuracy against the time of an example, a point for each; nil where nothing says what is right.
    public static func plot(_ results: [SolverResult]) -> ReportPlot? {
        let points = results.compactMap { result -> ReportPlot.Point? in
            guard let accuracy = result.accuracy, let p50 = result.latency?.p50.milliseconds else { return nil }
            return .init(x: p50, y: accuracy.value, interval: accuracy.interval, label: result.profile.name)
        }
        guard !points.isEmpty else { return nil }
        return ReportPlot(
            caption: "Accuracy, with its 95 % interval, against the median time of an example",
            horizontal: .init("p50", scale: .logarithmic, unit: .milliseconds),
            vertical: .init("accuracy", unit: .percent),
            series: [.init("models", style: .points, points: points)])
    }
}
