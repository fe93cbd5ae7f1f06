import Chat

extension CompareDocument {
    /// - Parameter results: for each contender, its answers in the order of the repeats.
    init(_ run: ComparisonRun, _ results: [[Generation]]) {
        prompt = run.request.messages.last?.content ?? ""
        mode = run.isConcurrent ? .concurrent : .sequential
        panes = zip(run.contenders, results).compactMap(Pane.init)
        comparison = Verdict(run, results)
    }
}

extension CompareDocument.Pane {
    init?(_ contender: ComparisonRun.Contender, _ generations: [Generation]) {
        // Answers that aren't whole measure nothing, unless there are no others.
        let whole = generations.filter { $0.failure == nil }
        let measured = whole.isEmpty ? generations : whole
        guard let first = measured.first, let medians = Metrics(medianOf: measured.map(\.metrics)) else { return nil }
        role = contender.role
        model = contender.model
        server = first.profile.server
        answer = first.text
        reasoning = first.reasoning
        finish = first.finish
        error = generations.lazy.compactMap(\.failure).first.map { String(oneLine: $0) }
        notes = first.notes
        metrics = MetricsDocument(medians)
        repeats = generations.count > 1 ? measured.map { MetricsDocument($0.metrics) } : []
        spread = CompareDocument.Spread(repeats)
    }
}

extension CompareDocument.Spread {
    init?(_ repeats: [MetricsDocument]) {
        guard repeats.count > 1 else { return nil }
        ttftMs = Range(repeats.compactMap(\.ttftMs))
        tpotMs = Range(repeats.compactMap(\.tpotMs))
        prefillTokensPerSecond = Range(repeats.compactMap(\.prefillTokensPerSecond))
        decodeTokensPerSecond = Range(repeats.compactMap(\.decodeTokensPerSecond))
        loadMs = Range(repeats.map(\.loadMs))
    }
}

extension CompareDocument.Spread.Range {
    init?(_ values: [Double]) {
        guard let minimum = values.min(), let median = values.median, let maximum = values.max() else { return nil }
        self.init(minimum: minimum, median: median.roundedForJSON, maximum: maximum)
    }
}

extension CompareDocument.Verdict {
    init?(_ run: ComparisonRun, _ results: [[Generation]]) {
        func metrics(of role: PaneRole) -> Metrics? {
            zip(run.contenders, results).first { $0.0.role == role && $0.1.allSatisfy { $0.failure == nil } }
                .flatMap { Metrics(medianOf: $0.1.map(\.metrics)) }
        }
        guard let small = metrics(of: .small), let large = metrics(of: .large) else { return nil }
        self.init(Comparison(small: small, large: large))
    }

    init(_ comparison: Comparison) {
        ttftAdvantage = comparison.timeToFirstToken?.advantage.roundedForJSON
        decodeAdvantage = comparison.decodeRate?.advantage.roundedForJSON
        memoryAdvantage = comparison.memory?.advantage.roundedForJSON
        sentence = comparison.sentence
    }
}
