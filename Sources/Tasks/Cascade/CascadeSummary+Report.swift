import Chat
import Evaluation
import Reports

extension CascadeSummary {
    /// - Parameters:
    ///   - small: the small one's name.
    ///   - large: the large one's.
    func report(small smallName: String, large largeName: String) -> TaskReport {
        var report = TaskReport(title: "\(smallName) first, \(largeName) where it is unsure")
        report.blocks.append(.verdict(verdictText(smallName, largeName)))
        report.blocks.append(.table(sides(smallName, largeName)))
        report.blocks += remarks(smallName).map { .text($0) }
        report.blocks.append(.plot(plot(smallName, largeName)))
        return report
    }

    private func verdictText(_ smallName: String, _ largeName: String) -> String {
        let difference = "\(PercentText.points(differenceToLarge)) against \(largeName) alone"
        switch finding {
        case .pays:
            let saved = PercentText.share(1 - expense(of: cascade) / expense(of: large))
            return "The cascade pays: it saves \(saved) of the \(expense.rawValue) with \(difference). It asks "
                + "\(largeName) for \(PercentText.full(escalated)) of the texts, those where the \(measureText) is below "
                + "\(FigureText.fixed(rule.threshold, places: 4))."
        case .smallSuffices:
            return "No cascade is needed: \(smallName) alone reaches the goal, with \(difference)."
        case .largeIsNeeded:
            return "The cascade doesn't pay: only asking \(largeName) for every text reaches the goal. Take it alone."
        case .isNoCheaper:
            return
                "The cascade doesn't pay: it asks \(largeName) for \(PercentText.full(escalated)) of the texts, and with what "
                + "\(smallName) takes before that it is no cheaper than \(largeName) alone."
        case .tooFewExamples:
            return "Too few examples for a verdict: on the \(cascade.accuracy.trials) that the threshold wasn't chosen "
                + "with, \(difference). Give some hundreds."
        case .missesTheGoal:
            return "The cascade misses the goal on texts that its threshold wasn't chosen with: \(difference). Choose "
                + "with more texts, or ask for less."
        }
    }

    private var measureText: String {
        switch rule.measure {
        case .maximum: "probability of its label"
        case .margin: "margin between its two likeliest labels"
        }
    }

    private func sides(_ smallName: String, _ largeName: String) -> ReportTable {
        var table = ReportTable(
            caption: "\(small.accuracy.trials) texts that the threshold wasn't chosen with",
            columns: [.init("", holdsFigures: false)]
                + ["accuracy", "95 %", "asks large", "mean", "items/h", "p50", "p95", "memory", "per 1000"]
                .map { .init($0) })
        let rows = [
            (small, smallName, FigureText.missing), (cascade, "cascade", PercentText.share(escalated)),
            (large, largeName, PercentText.share(1)),
        ]
        let recommended = [Finding.smallSuffices: 0, .pays: 1, .largeIsNeeded: 2, .isNoCheaper: 2][finding]
        for (index, (side, name, share)) in rows.enumerated() {
            table.add(
                [
                    name, PercentText.share(side.accuracy), PercentText.interval(side.accuracy), share,
                    FigureText.milliseconds(side.milliseconds),
                ] + side.result.figureTexts, isMarked: index == recommended)
        }
        return table
    }

    /// What one should know before one trusts the figures.
    private func remarks(_ smallName: String) -> [String] {
        var remarks = [
            "The threshold was chosen with \(choosingExamples) other texts for \(goal.text(expense)); there it gave "
                + "\(PercentText.share(chosen.accuracy)) and asked the large one for "
                + "\(PercentText.share(chosen.escalated))."
        ]
        let chance = "escalating as many texts by lot: \(PercentText.points(gainOverChance))"
        if escalated.value > 0, escalated.value < 1 {
            remarks.append(
                gainOverChance.low > 0
                    ? "The small one's confidence tells where it errs: against \(chance)."
                    : "It isn't shown that the small one's confidence tells where it errs: against \(chance).")
        }
        if let calibration {
            remarks.append(
                "\(smallName)'s confidence lies \(FigureText.fixed(calibration.value * 100, places: 1)) points from how often it is "
                    + "right (expected calibration error).")
        }
        if unjudged > 0 { remarks.append("Left out: \(unjudged) texts that expect no label.") }
        return remarks
    }

    /// More points than a chart shows only make documents long.
    private static let pointsShown = 200

    private func plot(_ smallName: String, _ largeName: String) -> ReportPlot {
        func point(_ side: Side, _ label: String) -> ReportPlot.Point {
            .init(
                x: expense(of: side), y: side.accuracy.value, interval: side.accuracy.interval,
                label: label)
        }
        let step = max(1, curve.count / Self.pointsShown)
        let shown = curve.indices.filter { $0 % step == 0 || $0 == curve.count - 1 }.map { curve[$0] }
        let ends = [shown.first, shown.last].compactMap { $0 }
        func points(_ points: [CascadeStudy.Point]) -> [ReportPlot.Point] {
            points.map { .init(x: $0.value(of: expense), y: $0.accuracy) }
        }
        return ReportPlot(
            caption: "Accuracy against \(expense.rawValue) for every threshold, on the judging part",
            horizontal: expense == .time
                ? .init("mean time a text", unit: .milliseconds) : .init("cost of a thousand texts"),
            vertical: .init("accuracy", unit: .percent),
            series: [
                .init("cascade, by threshold", style: .line, points: points(shown)),
                .init("escalated by lot", style: .line, points: points(ends)),
                .init(
                    "alone and chosen", style: .points,
                    points: [point(small, smallName), point(cascade, "chosen"), point(large, largeName)]),
            ])
    }
}
