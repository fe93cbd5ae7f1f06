import Evaluation

/// The texts of a distillation, divided.
struct DistillationParts: Equatable {
    var training: [Example]
    var validation: [Example]
    var test: [Example]
    /// Texts that stood in the file before, left out so that none is both learned and judged with.
    var repeated: Int

    /// - Throws: ``TaskError`` where a part would have no text, or a text expects another label.
    init(_ examples: [Example], plan: DistillationPlan) throws(TaskError) {
        try ClassificationTask.check(examples, labels: plan.labels)
        var seen: Set<String> = []
        let different = examples.filter { seen.insert($0.text).inserted }
        repeated = examples.count - different.count
        let parts = ExampleSplit.split(different, shares: [plan.testShare, plan.validationShare], seed: plan.seed)
        (test, validation, training) = (parts[0], parts[1], parts[2])
        guard parts.allSatisfy({ !$0.isEmpty }) else {
            throw TaskError(
                "expected texts enough for three parts, found \(different.count) different ones: give some hundreds")
        }
    }
}
