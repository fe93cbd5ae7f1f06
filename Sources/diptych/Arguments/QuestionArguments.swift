import ArgumentParser
import Evaluation
import Tasks

/// How a model is asked for a label.
struct QuestionArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The labels, separated by commas; the default is those that the file expects.", valueName: "a,b"))
    var labels: String?

    @Option(help: ArgumentHelp("What the models are told to do.", valueName: "text"))
    var instruction: String?

    @Option(
        help: ArgumentHelp("Show these examples with their labels before each text.", valueName: "file"))
    var shots: String?

    @Option(
        help: ArgumentHelp(
            "content-free takes away how much a model likes each label without any text.", valueName: "how"))
    var calibrate = ClassificationTask.Calibration.none

    /// - Parameter otherwise: labels that are meant where nobody names any; nil takes those that the examples expect.
    /// - Throws: `TaskError`, also where an example expects none of the labels; `ExampleFileError`.
    func task(of examples: [Example], otherwise: [String]? = nil) throws -> ClassificationTask {
        let shots = try shots.map { try ExampleFile.read($0) } ?? []
        let task = try ClassificationTask(
            labels: labels.map { try Self.labels(in: $0) } ?? otherwise
                ?? ClassificationTask.labels(expectedIn: examples),
            instruction: instruction, shots: shots, calibration: calibrate)
        try task.check(examples)
        return task
    }

    /// Labels in a list, which may be quoted as in CSV.
    static func labels(in list: String) throws -> [String] {
        let fields = try CSVText.fields(list)
        return fields.map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

extension ClassificationTask.Calibration: ExpressibleByArgument {}
