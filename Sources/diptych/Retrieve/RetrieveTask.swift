import Chat
import Evaluation
import Foundation
import InferenceCore
import ModelLibrary
import Playground
import Reports
import Retrieval
import Tasks

/// `retrieve` for a screen: brings a folder's index up to date, searches it, and lets the large model answer.
struct RetrieveTask {
    private let request: TaskRequest
    private let question: String
    private let folder: String

    /// The sides of the board: who finds, who writes.
    private static let (finder, writer) = (0, 1)
    private static let answerRow = "answer"

    init(_ request: TaskRequest) {
        self.request = request
        question = request.arguments["question"] ?? ""
        folder = request.path("folder")
    }

    func perform() async throws -> TaskReport {
        let absolute = try IndexLocation.absolute(folder: folder)
        let large = request.sides.last?.model ?? ""
        let encoderName = request.arguments["encoder"] ?? RetrieveEncoder.usual
        var board = TaskBoard(
            task: "retrieve", title: folder,
            sides: [.init(name: encoderName, role: "small", total: 0), .init(name: large, role: "large", total: 1)])
        await tell(.began(board))
        let runtime = Runtime()
        await tell(.phase(.loading, side: Self.finder))
        let encoder = try await RetrieveEncoder.open(encoderName, runtime: runtime, isForMany: true)
        await tell(.phase(.running, side: Self.finder))
        let index = try IndexLocation(directories: ModelLibrary(environment: .process).directories)
            .path(ofFolder: absolute)
        board.sides[Self.finder].figures = try await bringUpToDate(index, of: absolute, encoder)
        let searcher = try await Searcher(
            index: index, encoder: encoder.encoder, name: encoder.name, runtime: runtime)
        let models = try TaskModels(EngineArguments.parse([]), ServerArguments.parse([]))
        let choice = try models.resolver.resolve(large)
        var options = Answerer.Options()
        if let passages = request.arguments["passages"].flatMap({ Int($0) }) { options.sources = passages }
        let task = RetrievalTask(searcher: searcher, options: options)
        if let file = questionFile {
            let run = AnsweringRun(task: task, models: models, encoder: encoder, writers: [choice])
            return try await run.perform(file, record: RecordArguments.parse([]), resultFile: nil).report
        }
        await tell(.phase(.loading, side: Self.writer))
        let backend = try await models.open(choice)
        return try await answer(
            Answerer(searcher: searcher, backend: backend, options: options), backend.profile.name, board)
    }

    /// The file of questions that was named instead of one question.
    private var questionFile: String? {
        let path = request.path("question")
        return ExampleFile.Format(path: path) != .text && FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private func tell(_ update: TaskUpdate) async { await TaskListening.listener?.take(update) }

    /// - Returns: what a screen shows of the index.
    private func bringUpToDate(
        _ index: String, of absolute: String, _ encoder: RetrieveEncoder
    ) async throws -> [TaskBoard.Figure] {
        try IndexLocation.makeFolder(of: index)
        let indexer = FolderIndexer(
            folder: absolute, index: index, encoder: encoder.encoder, encoderName: encoder.name, excluded: [],
            stems: true)
        var figures: [TaskBoard.Figure] = []
        var progress = IndexingProgress()
        let start = ContinuousClock.now
        for try await event in indexer.run() {
            progress.take(event, at: (ContinuousClock.now - start).inSeconds)
            await tell(.timeLeft(seconds: progress.secondsLeft))
            guard case .finished(let summary) = event else { continue }
            try summary.requireFiles(in: folder)
            figures = [
                .init("files", "\(summary.files)"), .init("passages", "\(summary.passages)"),
                .init("new", "\(summary.embedded)"),
            ]
            await tell(.figures(figures, side: Self.finder))
        }
        try Task.checkCancellation()
        return figures
    }

    private func answer(_ answerer: Answerer, _ model: String, _ board: TaskBoard) async throws -> TaskReport {
        var report = TaskReport(title: question)
        for try await event in answerer.answer(question) {
            switch event {
            case .searched(let result): await show(result, on: board)
            case .prompt: await tell(.phase(.running, side: Self.writer))
            case .chat: break
            case .nothingFound:
                report = TaskReport(nothingFoundFor: question, in: folder, model: model)
            case .finished(let answer):
                await tell(
                    .outcome(
                        .init(answer: answer.text, milliseconds: (answer.metrics.totalDuration ?? .zero).milliseconds),
                        side: Self.writer, id: Self.answerRow, text: question, expected: nil, wasDoneBefore: false))
                await tell(.phase(.done, side: Self.writer))
                report = TaskReport(answer, model: model)
            }
        }
        try Task.checkCancellation()
        return report
    }

    /// Shows the question, which waits for its answer, and below it what was found.
    private func show(_ result: SearchResult, on board: TaskBoard) async {
        var board = board
        board.sides[Self.finder].total = result.hits.count
        board.sides[Self.finder].phase = .running
        board.sides[Self.writer].phase = .loading
        board.rows = [.init(id: Self.answerRow, text: question, outcomes: [nil, nil])]
        await tell(.began(board))
        let milliseconds = result.times.total.milliseconds
        for hit in result.hits {
            let text = hit.text.split(whereSeparator: \.isNewline).first.map { String($0) } ?? ""
            await tell(
                .outcome(
                    .init(answer: hit.location, confidence: hit.dense?.score, milliseconds: milliseconds),
                    side: Self.finder, id: hit.location, text: text, expected: nil, wasDoneBefore: false))
        }
        await tell(.phase(.done, side: Self.finder))
    }
}
