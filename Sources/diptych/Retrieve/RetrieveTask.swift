import Chat
import Foundation
import InferenceCore
import ModelLibrary
import Playground
import Reports
import Retrieval

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
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw CommandFailure(message: "\(folder): expected a folder, found none; name one that is here")
        }
        let large = request.sides.last?.model ?? ""
        let encoderName = request.arguments["encoder"] ?? RetrieveEncoder.usual
        var board = TaskBoard(
            task: "retrieve", title: folder,
            sides: [.init(name: encoderName, role: "small", total: 0), .init(name: large, role: "large", total: 1)])
        await tell(.began(board))
        let runtime = Runtime()
        let (index, figures) = try await indexFolder(encoderName, runtime)
        board.sides[Self.finder].figures = figures
        let encoder = try await RetrieveEncoder.open(encoderName, runtime: runtime, isForMany: false)
        let searcher = try await Searcher(
            index: index, encoder: encoder.encoder, name: encoder.name, runtime: runtime)
        await tell(.phase(.loading, side: Self.writer))
        let resolver = try ModelResolver(library: ModelLibrary(environment: .process))
        let opener = ModelOpener(
            threads: nil, cacheFormat: .f16, localPrice: resolver.configuration.localPrice)
        let choice = try resolver.resolve(large)
        let backend = try await onOwnThread { try opener.open(choice, contextLength: nil) }
        var options = Answerer.Options()
        if let passages = request.arguments["passages"].flatMap({ Int($0) }) { options.sources = passages }
        return try await answer(
            Answerer(searcher: searcher, backend: backend, options: options), backend.profile.name, board)
    }

    private func tell(_ update: TaskUpdate) async { await TaskListening.listener?.take(update) }

    /// - Returns: the index's file, and what a screen shows of it.
    private func indexFolder(
        _ encoderName: String, _ runtime: Runtime
    ) async throws -> (index: String, figures: [TaskBoard.Figure]) {
        var figures: [TaskBoard.Figure] = []
        await tell(.phase(.loading, side: Self.finder))
        let absolute = IndexLocation.absolute(folder)
        let path = try IndexLocation(directories: ModelLibrary(environment: .process).directories)
            .path(ofFolder: absolute)
        try IndexLocation.makeFolder(of: path)
        let encoder = try await RetrieveEncoder.open(encoderName, runtime: runtime, isForMany: true)
        await tell(.phase(.running, side: Self.finder))
        let indexer = FolderIndexer(
            folder: absolute, index: path, encoder: encoder.encoder, encoderName: encoder.name, excluded: [],
            stems: true)
        let start = ContinuousClock.now
        for try await event in indexer.run() {
            switch event {
            case .embedding(let done, let all, _) where done > 0:
                let seconds = (ContinuousClock.now - start).inSeconds
                await tell(.timeLeft(seconds: seconds / Double(done) * Double(all - done)))
            case .finished(let summary):
                try summary.requireFiles(in: folder)
                figures = [
                    .init("files", "\(summary.files)"), .init("passages", "\(summary.passages)"),
                    .init("new", "\(summary.embedded)"),
                ]
                await tell(.figures(figures, side: Self.finder))
                await tell(.timeLeft(seconds: nil))
            case .found, .reading, .embedding, .writing: break
            }
        }
        try Task.checkCancellation()
        return (path, figures)
    }

    private func answer(_ answerer: Answerer, _ model: String, _ board: TaskBoard) async throws -> TaskReport {
        var report = TaskReport(title: question)
        for try await event in answerer.answer(question) {
            switch event {
            case .searched(let result): await show(result, on: board)
            case .prompt: await tell(.phase(.running, side: Self.writer))
            case .chat: break
            case .nothingFound:
                report.blocks = [.verdict("Nothing in \(folder) is about this question, so \(model) wasn't asked.")]
            case .finished(let answer):
                await tell(
                    .outcome(
                        .init(answer: answer.text, milliseconds: (answer.metrics.totalDuration ?? .zero).milliseconds),
                        side: Self.writer, id: Self.answerRow, text: question, expected: nil, wasDoneBefore: false))
                await tell(.phase(.done, side: Self.writer))
                report.blocks = Self.blocks(of: answer, model)
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

    private static func blocks(of answer: GroundedAnswer, _ model: String) -> [TaskReport.Block] {
        var sources = ReportTable(
            caption: "Sources",
            columns: [
                .init("", holdsFigures: true), .init("place", holdsFigures: false), .init("cited", holdsFigures: false),
            ])
        for (index, hit) in answer.sources.enumerated() {
            let isCited = answer.citations.known.contains(index + 1)
            sources.add(["[\(index + 1)]", hit.location, isCited ? "yes" : "no"], isMarked: isCited)
        }
        var times = ReportTable(
            caption: "Who took how long", columns: [.init("", holdsFigures: false), .init("time")])
        times.add(["finding and ranking", FigureText.milliseconds(answer.search.total.milliseconds)])
        times.add([
            "\(model): to the first token", FigureText.milliseconds(answer.metrics.timeToFirstToken?.milliseconds),
        ])
        times.add(["\(model): the whole answer", FigureText.milliseconds(answer.metrics.totalDuration?.milliseconds)])
        return [.text(answer.text), .table(sources), .table(times)] + answer.warnings.map { .text("! \($0)") }
    }
}
