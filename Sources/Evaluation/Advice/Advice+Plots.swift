import Chat
import Reports

extension Advice {
    /// Accuracy against what it costs in time, memory or money, with the front of those that no other one dominates in the
    /// two; nil where fewer than two candidates have both figures.
    func plot(against measure: Measure) -> ReportPlot? {
        let points = candidates.compactMap { candidate -> ReportPlot.Point? in
            guard let accuracy = candidate.estimates[.accuracy], let cost = candidate.estimates[measure]?.value,
                cost > 0
            else { return nil }
            let interval = accuracy.lower.flatMap { lower in accuracy.upper.map { lower...max(lower, $0) } }
            return ReportPlot.Point(
                x: cost, y: accuracy.value, interval: interval, label: candidate.profile.name)
        }
        guard points.count > 1 else { return nil }
        let title =
            switch measure {
            case .p95: "p95"
            case .memory: "memory"
            default: "cost of a thousand" + (currency.isEmpty ? "" : ", \(currency)")
            }
        let unit: ReportPlot.Axis.Unit =
            switch measure {
            case .p95: .milliseconds
            case .memory: .bytes
            default: .number
            }
        return ReportPlot(
            caption: "Accuracy against \(title): up and to the left is better",
            horizontal: .init(title, scale: .logarithmic, unit: unit), vertical: .init("accuracy", unit: .percent),
            series: [
                .init("candidates", style: .points, points: points),
                .init("front", style: .steps, points: Self.front(of: points)),
            ])
    }

    /// Points than which none is both cheaper and better, the cheapest first.
    static func front(of points: [ReportPlot.Point]) -> [ReportPlot.Point] {
        var front: [ReportPlot.Point] = []
        for point in points.sorted(by: { ($0.x, -$0.y) < ($1.x, -$1.y) }) where point.y > front.last?.y ?? -1 {
            front.append(ReportPlot.Point(x: point.x, y: point.y))
        }
        return front
    }
}
