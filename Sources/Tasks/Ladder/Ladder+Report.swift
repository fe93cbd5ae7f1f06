import Chat
import Evaluation
import Reports

extension Ladder {
    public var report: TaskReport {
        var report = TaskReport(title: "ladder \(title): \(rungs.count) \(rungs.count == 1 ? "rung" : "rungs")")
        report.blocks.append(.verdict(verdictText))
        report.blocks += [.table(sizes), .table(losses)]
        report.blocks += [divergencePlot, speedPlot].compactMap { $0 }.map { .plot($0) }
        report.blocks += notes.map { .text($0) }
        return report
    }

    /// In one or two sentences.
    public var verdictText: String {
        let percent = "\(FigureText.number(limit * 100)) %"
        func names(_ indices: [Int]) -> String {
            indices.map { "\(rungs[$0].name) (\(Self.change(rungs[$0].perplexityRatio)))" }.joined(separator: ", ")
        }
        func rest(_ undecided: [Int]) -> String {
            undecided.isEmpty
                ? "" : " The text is too short to tell for \(names(undecided)): a longer one would."
        }
        switch verdict {
        case .smallest(let index, let undecided):
            let rung = rungs[index]
            let share = Double(rung.facts.bytes) / Double(max(1, rungs[0].facts.bytes))
            return "\(rung.name) is the smallest whose perplexity is surely within \(percent) of \(rungs[0].name)'s "
                + "(\(Self.change(rung.perplexityRatio))), at \(FigureText.number(share * 100)) % of its size."
                + rest(undecided)
        case .none(let undecided):
            return "None of the narrower rungs is surely within \(percent) of \(rungs[0].name)'s perplexity."
                + rest(undecided)
        case .unknown: return "There is nothing to hold against each other yet."
        }
    }

    /// "+0.42 %, 0.11…0.73".
    static func change(_ ratio: LadderRung.Ratio?) -> String {
        guard let ratio else { return FigureText.missing }
        func percent(_ value: Double) -> String { FigureText.fixed((value - 1) * 100, places: 2) }
        return "\(ratio.value < 1 ? "" : "+")\(percent(ratio.value)) %, "
            + "\(percent(ratio.interval.lowerBound))…\(percent(ratio.interval.upperBound))"
    }

    private var sizes: ReportTable {
        var table = ReportTable(
            caption: "Size and speed: tokens a second, the median of \(plan.rounds) (least…most)",
            columns: [.init("", holdsFigures: false)]
                + ["size", "bits/weight", "prefill", "decode", "memory"].map { .init($0) })
        for (index, rung) in rungs.enumerated() {
            table.add(
                [
                    rung.name, FigureText.bytes(rung.facts.bytes), FigureText.number(rung.facts.bitsPerWeight),
                    Self.spread(rung.prefill), Self.spread(rung.decode), FigureText.bytes(rung.memoryBytes),
                ], isMarked: isChosen(index))
        }
        return table
    }

    private var losses: ReportTable {
        let places = rungs.dropFirst().compactMap { $0.agreement?.trials }.max() ?? 0
        var table = ReportTable(
            caption: "Against the widest, at \(places) places of the text: KL in thousandths of a nat",
            columns: [.init("", holdsFigures: false)]
                + ["perplexity", "change, 95 %", "KL mean", "p99", "largest", "same choice", "95 %"].map { .init($0) })
        for (index, rung) in rungs.enumerated() {
            let perplexity = rung.perplexity.map {
                "\(FigureText.fixed($0.value, places: 3)) ± \(FigureText.fixed($0.standardError, places: 3))"
            }
            table.add(
                [
                    rung.name, perplexity ?? FigureText.missing, Self.change(rung.perplexityRatio),
                    Self.thousandths(rung.divergence?.mean), Self.thousandths(rung.divergence?.p99),
                    Self.thousandths(rung.divergence?.largest), PercentText.share(rung.agreement),
                    PercentText.interval(rung.agreement),
                ], isMarked: isChosen(index))
        }
        return table
    }

    private func isChosen(_ index: Int) -> Bool {
        if case .smallest(index, _) = verdict { true } else { false }
    }

    private static func thousandths(_ value: Double?) -> String {
        value.map { FigureText.number($0 * 1000) } ?? FigureText.missing
    }

    private static func spread(_ spread: Spread?) -> String {
        spread.map {
            "\(FigureText.number($0.median)) (\(FigureText.number($0.smallest))…\(FigureText.number($0.largest)))"
        } ?? FigureText.missing
    }

    private var divergencePlot: ReportPlot? {
        let points = rungs.compactMap { rung in
            rung.divergence.flatMap { divergence in
                // Nothing lies at 0 on a logarithmic axis.
                divergence.mean > 0
                    ? ReportPlot.Point(x: Double(rung.facts.bytes), y: divergence.mean, label: rung.name) : nil
            }
        }
        guard points.count > 1 else { return nil }
        return ReportPlot(
            caption: "What narrower files lose: KL from \(rungs[0].name)",
            horizontal: .init("size", unit: .bytes), vertical: .init("KL mean, nats", scale: .logarithmic),
            series: [.init("KL", style: .line, points: points.sorted { $0.x < $1.x })])
    }

    private var speedPlot: ReportPlot? {
        func series(_ name: String, _ spread: (LadderRung) -> Spread?) -> ReportPlot.Series? {
            let points = rungs.compactMap { rung in
                spread(rung).map {
                    ReportPlot.Point(
                        x: Double(rung.facts.bytes), y: $0.median, interval: $0.smallest...$0.largest, label: rung.name)
                }
            }
            return points.count > 1
                ? ReportPlot.Series(name, style: .line, points: points.sorted { $0.x < $1.x }) : nil
        }
        guard let decode = series("decode", \.decode) else { return nil }
        return ReportPlot(
            caption: "What narrower files gain: decode", horizontal: .init("size", unit: .bytes),
            vertical: .init("tokens a second"), series: [decode])
    }
}
