import ArgumentParser
import Evaluation
import Foundation
import Reports
import Tasks

/// `diptych cascade`: small first, large where the small one is unsure.
struct CascadeCommand: TaskCommand {
    static let configuration = CommandConfiguration(
        commandName: "cascade",
        abstract: "Find out what asking a small model first, and a large one where it is unsure, is worth.",
        discussion: """
            Both models give each text a label once. From that, every threshold of the small one's confidence is \
            computed: accuracy against time and cost. One is chosen on a part of the texts and judged on the others. An \
            interrupted run goes on where it was. A student of `diptych distill` may be the small one.
            """
    )

    @OptionGroup var task: TaskArguments
    @OptionGroup var pair: PairArguments
    @OptionGroup var question: QuestionArguments

    @Option(
        help: ArgumentHelp("The encoder that students read with; the default is what each names.", valueName: "model"))
    var encoder: String?

    @Option(
        help: ArgumentHelp("How far below the best accuracy the cascade may be; the default is 1.", valueName: "points")
    )
    var within: Double?

    @Flag(help: "--within counts from the large model's accuracy, not from that of the best threshold.")
    var ofLarge = false

    @Option(help: ArgumentHelp("Be as accurate as possible within a mean time a text.", valueName: "ms"))
    var budgetMs: Double?

    @Option(help: ArgumentHelp("Be as accurate as possible within a cost of a thousand texts.", valueName: "amount"))
    var budgetCost: Double?

    @Option(help: ArgumentHelp("What to save: time or cost; the default is cost where it is known.", valueName: "what"))
    var save: CascadeExpense?

    @Option(help: ArgumentHelp("How sure the small one is: maximum or margin.", valueName: "measure"))
    var measure = CascadeRule.Measure.maximum

    @Option(help: ArgumentHelp("The share of texts that chooses the threshold.", valueName: "share"))
    var choosingShare = 0.5

    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Servers") var servers: ServerArguments
    @OptionGroup var output: TaskOutputArguments

    func validate() throws {
        guard [within, budgetMs, budgetCost].count(where: { $0 != nil }) <= 1 else {
            throw ValidationError("Give one of --within, --budget-ms and --budget-cost.")
        }
        guard !ofLarge || (budgetMs == nil && budgetCost == nil) else {
            throw ValidationError("--of-large belongs to --within, not to a budget.")
        }
        for (name, value) in [("--within", within), ("--budget-ms", budgetMs), ("--budget-cost", budgetCost)] {
            guard value.map({ $0 >= 0 && $0.isFinite }) ?? true else {
                throw ValidationError("\(name) must be 0 or more, not \(value ?? 0).")
            }
        }
        guard choosingShare > 0, choosingShare < 1 else {
            throw ValidationError("--choosing-share must be between 0 and 1, not \(choosingShare).")
        }
        guard save == nil || (budgetMs == nil && budgetCost == nil) else {
            throw ValidationError("--save belongs to --within: a budget says itself what it is of.")
        }
    }

    func perform() async throws -> TaskOutput {
        let results = try task.resultFile.map { try ResultFile($0) }
        let examples = try task.examples()
        let models = try TaskModels(engine, servers)
        let entries = try Lineup(pair, by: models.resolver).entries
        let classification = try question.task(
            of: examples, otherwise: entries.lazy.compactMap(\.studentLabels).first)
        var entrants: [Entrant] = []
        for entry in entries {
            entrants.append(
                try await models.classifier(entry.model, role: entry.role, task: classification, encoder: encoder))
        }
        let trial = CascadeTrial(
            plan: plan, title: URL(filePath: task.data).lastPathComponent, small: entrants[0], large: entrants[1],
            examples: examples, judge: ==)
        let result = try await TaskRun.keeping(task.record, task: "cascade", data: task.data) { keeper, listener in
            try await keeper.perform(trial) { await listener.take($0) }
        }
        try results?.write(examples, result.results, labels: classification.labels)
        var output = TaskOutput(result.report, CascadeDocument(result, data: task.data))
        output.givesWay = task.resultFile == "-"
        return output
    }

    /// What the options ask for.
    var plan: CascadeTrial.Plan {
        var plan = CascadeTrial.Plan()
        (plan.measure, plan.choosingShare, plan.seed) = (measure, choosingShare, task.source.seed)
        let distance = (within ?? 1) / 100
        plan.goal = ofLarge ? .nearLarge(distance) : .nearBest(distance)
        plan.expense = save
        if let budgetMs { (plan.goal, plan.expense) = (.budget(budgetMs), .time) }
        if let budgetCost { (plan.goal, plan.expense) = (.budget(budgetCost), .cost) }
        return plan
    }
}

extension CascadeExpense: ExpressibleByArgument {}
extension CascadeRule.Measure: ExpressibleByArgument {}

extension RecordKeeper {
    func perform(
        _ trial: CascadeTrial, onUpdate: @Sendable (TaskUpdate) async throws -> Void
    ) async throws -> CascadeTrial.Result {
        try await trial.run(record: record) { try await onUpdate($0) }
    }
}
