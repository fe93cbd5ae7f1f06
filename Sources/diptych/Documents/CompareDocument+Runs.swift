import Chat

extension CompareDocument {
    init(_ run: ComparisonRun, _ results: [[Generation]]) {
        prompt = run.request.messages.last?.content ?? ""
        mode = run.isConcurrent ? .concurrent : .sequential
        panes = zip(run.contenders, results).compactMap { contender, generations in
            Pane(contender, generations)
        }
        comparison = ComparisonFigures(small: panes.first { $0.role == .small }, large: panes.first { $0.role == .large })
    }

    /// Both answers are printed by then: the figures side by side, and the line that sums them up.
    var summary: String {
        var table = TextTable()
        table.add([""] + panes.map { $0.role?.rawValue ?? $0.model.onOneLine })
        return table.text
    }
}

extension CompareDocument.Pane {
    init?(_ contender: ComparisonRun.Contender, _ generations: [Generation]) {
        guard let first = generations.first else { return nil }
        role = contender.role
        model = contender.model
        answer = first.text
        finish = first.finish
        notes = first.notes
        repeats = []
        metrics = MetricsDocument(first.metrics)
    }
}

struct ComparisonFigures: Codable, Sendable, Equatable {
    var sentence: String
    init?(small: CompareDocument.Pane?, large: CompareDocument.Pane?) {
        guard small != nil, large != nil else { return nil }
        sentence = ""
    }
}
extension MetricsDocument {
    init(_ metrics: Metrics) {
        itlMs = InterTokenLatency(list: metrics.gaps.map(\.milliseconds))
        loadMs = metrics.loadDuration.milliseconds
        promptTokens = metrics.promptTokens
        cachedTokens = metrics.cachedTokens
        generatedTokens = metrics.generatedTokens
        context = Context(used: 0, available: 0)
    }
}
extension Metrics { var sentence: String { "" } }
extension TemplateCommand { static func render(_ c: JSONValue, modelPath: String, source: String?) throws -> String { "" } }
import InferenceCore
