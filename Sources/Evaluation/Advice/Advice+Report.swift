import Chat
import Reports

extension Advice {
    /// The verdict, what it rests on, and what would change it.
    ///
    /// - Parameter title: of the task.
    public func report(title: String) -> TaskReport {
        var report = TaskReport(title: title)
        report.blocks.append(.verdict(verdict))
        for text in [confirmationText].compactMap({ $0 }) + remarks { report.blocks.append(.text(text)) }
        report.blocks.append(.table(figures))
        report.blocks.append(.table(intervals))
        for measure in [Measure.p95, .memory, .costPerThousand] {
            if let plot = plot(against: measure) { report.blocks.append(.plot(plot)) }
        }
        report.blocks.append(.heading("Why"))
        for candidate in candidates {
            let stopped = candidate.isStopped ? "; stopped after \(candidate.examples) examples" : ""
            report.blocks.append(.text("\(candidate.profile.name): \(candidate.reason)\(stopped)."))
        }
        report.blocks.append(.heading("What would change the verdict"))
        let changes = changeTexts
        for text in changes.isEmpty ? ["No bound of any one requirement."] : changes {
            report.blocks.append(.text(text))
        }
        report.blocks.append(.heading("How it was measured"))
        report.blocks.append(.text(method))
        return report
    }

    private var remarks: [String] {
        var remarks: [String] = []
        if isByDefault {
            remarks.append(
                "Nothing is required, so the smallest is looked for whose accuracy is at most "
                    + "\(text(.behindBest, Requirement.nearTheBest.bound)) below that of the best.")
        } else if !requirements.contains(where: { [.accuracy, .behindBest].contains($0.measure) }) {
            remarks.append("No requirement speaks of accuracy: a candidate that is always wrong would do.")
        }
        return remarks
    }

    /// What was measured, with a mark where it is required.
    private var figures: ReportTable {
        let measures = [Measure.accuracy, .p95, .itemsPerSecond, .memory, .costPerThousand].filter { measure in
            candidates.contains { $0.estimates[measure] != nil }
        }
        var table = ReportTable(
            caption: "Measured; ✓ met, ✗ missed, ? undecided, * not beaten in everything by another one",
            columns: [.init("candidate", holdsFigures: false), .init("size")]
                + measures.map { .init($0.columnTitle) } + [.init("examples")])
        for (index, candidate) in candidates.enumerated() {
            let cells = measures.map { measure in
                cell(measure, candidate.estimates[measure]?.value, mark(measure, candidate))
            }
            table.add(
                [candidate.profile.name + (candidate.isOnFront ? " *" : ""), FigureText.bytes(candidate.profile.bytes)]
                    + cells + ["\(candidate.examples)"],
                isMarked: index == answer.safe)
        }
        return table
    }

    private func cell(_ measure: Measure, _ value: Double?, _ mark: String) -> String {
        let figure = value.map { measure == .itemsPerSecond ? FigureText.number($0) : text(measure, $0) }
        return (figure ?? FigureText.missing) + (mark.isEmpty ? "" : " \(mark)")
    }

    /// The distance to the best has no column of its own: it is one of accuracies.
    private func mark(_ measure: Measure, _ candidate: Candidate) -> String {
        let standings = zip(requirements, candidate.standings).filter { requirement, _ in
            requirement.measure == measure || (measure == .accuracy && requirement.measure == .behindBest)
        }
        guard !standings.isEmpty else { return "" }
        switch Requirement.Standing.together(standings.map(\.1)) {
        case .met: return "✓"
        case .missed, .unmeasured: return "✗"
        case .undecided: return "?"
        }
    }

    /// Where the figures lie, on the part that the choice was made on and on the other one.
    private var intervals: ReportTable {
        let hasHeldOut = candidates.contains { $0.heldOutExamples > 0 }
        var table = ReportTable(
            caption: "Intervals" + (hasHeldOut ? "; the last column is of examples that the choice hasn't seen" : ""),
            columns: [.init("candidate", holdsFigures: false), .init("accuracy"), .init("p95"), .init("items/s")]
                + (hasHeldOut ? [.init("accuracy, held out")] : []))
        for candidate in candidates {
            table.add(
                [candidate.profile.name]
                    + [Measure.accuracy, .p95, .itemsPerSecond].map { ends($0, candidate.estimates[$0]) }
                    + (hasHeldOut ? [Measure.accuracy.text(candidate.heldOut[.accuracy])] : []))
        }
        return table
    }

    private func ends(_ measure: Measure, _ estimate: Estimate?) -> String {
        guard let estimate else { return FigureText.missing }
        func end(_ value: Double?) -> String {
            value.map { measure == .itemsPerSecond ? FigureText.number($0) : text(measure, $0) } ?? "?"
        }
        return "\(end(estimate.lower)) – \(end(estimate.upper))"
    }

    private var method: String {
        let percent = { (share: Double) in Measure.accuracy.text(share) }
        let heldOut =
            plan.confirming.isEmpty
            ? "none held out: the choice isn't confirmed by data that it hasn't seen"
            : "\(plan.confirming.count) held out"
        let looks = plan.looks.dropLast().map(String.init).joined(separator: ", ")
        let early =
            looks.isEmpty
            ? ""
            : " A candidate that surely misses a requirement after \(looks) examples goes no further; these looks share a "
                + "tenth of the error, so their intervals are of \(percent(plan.earlyConfidence)) and those of the last "
                + "look of \(percent(plan.lastConfidence))."
        return "\(plan.choosing.count) examples for the choice, \(heldOut). The candidates took turns at each example; "
            + "what is done once isn't counted. A requirement is met or missed where its whole interval says so, at "
            + "\(percent(plan.confidence)): accuracy after Wilson, p95 between order statistics, items a second and cost by "
            + "Student's t; memory is the most that was held.\(early)"
    }
}

extension Measure {
    fileprivate var columnTitle: String {
        switch self {
        case .accuracy: "accuracy"
        case .behindBest: "behind"
        case .p95: "p95"
        case .itemsPerSecond: "items/s"
        case .memory: "memory"
        case .costPerThousand: "per 1000"
        }
    }
}
