import Chat
import Evaluation
import Foundation
import ModelLibrary
import Retrieval
import Tasks

/// Has all questions of a file answered from an index: by who finds alone, and by those who write from what it found.
struct AnsweringRun {
    let task: RetrievalTask
    let models: TaskModels
    /// What finds; nil where words alone are searched.
    let encoder: RetrieveEncoder?
    let writers: [ModelChoice]

    /// - Parameters:
    ///   - file: of questions.
    ///   - record: where outcomes are kept.
    func perform(_ file: String, record: RecordArguments, resultFile: ResultFile?) async throws -> TaskOutput {
        let questions = try QuestionFile.read(file)
        var entrants = [try await finder()]
        for writer in writers { entrants.append(try await self.writer(writer)) }
        let run = EvaluationRun(
            task: "retrieve", title: file, entrants: entrants, examples: questions, judge: RetrievalTask.isRight)
        let results = try await TaskRun(run, record: record, data: file).perform()
        try resultFile?.write(questions, results)
        let report = RetrievalReport(task, questions: questions, results: results)
        return TaskOutput(report.report, RetrieveAnswersDocument(report, mode: task.options.mode), of: results)
    }

    private var memory: @Sendable () -> Int? {
        let encoder = encoder?.encoder
        return { encoder?.residentBytes() }
    }

    private func finder() async throws -> Entrant {
        let price = models.resolver.configuration.localPrice.map(Price.init)
        let bytes = try await onOwnThread {
            try encoder.map { ModelChoice.local(try models.resolver.library.resolve($0.name)).size }
        }
        let profile = SolverProfile(
            name: encoder.map { URL(filePath: $0.name).lastPathComponent } ?? "BM25", kind: .model, bytes: bytes ?? 0,
            fingerprint: task.searchFingerprint, price: price)
        return Entrant(FindingSolver(task, profile: profile, memory: memory), role: PaneRole.small.rawValue)
    }

    private func writer(_ model: ModelChoice) async throws -> Entrant {
        let profile = try await onOwnThread { try models.profile(of: model, task: task.fingerprint) }
        return Entrant(profile, role: writers.count == 1 ? PaneRole.large.rawValue : "") {
            WritingSolver(try await models.open(model), task: task, profile: profile, memory: memory)
        }
    }
}
