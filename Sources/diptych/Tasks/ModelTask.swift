import Chat
import Configuration
import Evaluation
import Tasks

/// A kind of task that a model can do by itself.
protocol ModelTask: Sendable {
    /// Names everything of the task that can change an answer.
    var fingerprint: String { get }

    /// - Throws: ``TaskError`` for a model that can't do it.
    func solver(_ model: any ChatBackend, profile: SolverProfile) throws -> any Solver
}

extension ClassificationTask: ModelTask {
    func solver(_ model: any ChatBackend, profile: SolverProfile) -> any Solver {
        guard let scoring = model as? any ChoiceScoring else {
            return AnsweringClassifier(model, task: self, profile: profile)
        }
        return LikelihoodClassifier(scoring, task: self, profile: profile)
    }
}

extension AnswerTask: ModelTask {
    func solver(_ model: any ChatBackend, profile: SolverProfile) -> any Solver {
        AnsweringSolver(model, task: self, profile: profile)
    }
}

extension ExtractionTask: ModelTask {
    func solver(_ model: any ChatBackend, profile: SolverProfile) -> any Solver {
        ConstrainedExtractor(model, task: self, profile: profile)
    }
}

extension TaskDefinition {
    /// What is to be done, with the files that it needs. Blocks.
    /// - Throws: ``TaskError``, `ExampleFileError`, ``CommandFailure`` for a schema that can't be read.
    func modelTask(of examples: [Example]) throws -> any ModelTask {
        let shots = try shots.map { try ExampleFile.read($0, fields: fields) } ?? []
        switch kind {
        case .classify:
            let task = try ClassificationTask(
                labels: labels ?? ClassificationTask.labels(expectedIn: examples), instruction: prompt, shots: shots,
                calibration: isCalibrated ? .contentFree : .none)
            try task.check(examples)
            return task
        case .answer: return try AnswerTask(instruction: prompt, shots: shots)
        case .extract:
            let path = schema ?? ""
            guard let text = String(validating: try FileBytes.read(path), as: UTF8.self) else {
                throw CommandFailure(message: "\(path): expected a JSON Schema in UTF-8, found other bytes")
            }
            return try ExtractionTask(schema: RecordSchema(text, name: path), instruction: prompt, shots: shots)
        }
    }
}
