import ArgumentParser
import Evaluation
import Foundation
import Reports
import Typesetting

/// A subcommand that does a task. The playground does the same by the same words, and shows the report.
protocol TaskCommand: AsyncParsableCommand, Sendable {
    var output: TaskOutputArguments { get }

    /// Does the task, or what is left of it. What happens is told to ``TaskListening/listener``; files that the command
    /// line names are written.
    func perform() async throws -> TaskOutput
}

/// What a task came to.
struct TaskOutput: Sendable {
    var report: TaskReport
    var document: any JSONDocument
    /// A line behind the report, for the command line.
    var remark: String?
    /// Whether standard output is taken by results, so that the report goes to standard error.
    var givesWay = false
    /// Why the command has failed although there is a report.
    var failure: String?

    /// - Parameter results: of the sides; one that failed with every example is a failure of the command.
    init(_ report: TaskReport, _ document: any JSONDocument, of results: [SolverResult] = []) {
        self.report = report
        self.document = document
        failure = results.first(where: \.failedAlways).map { result in
            "\(result.profile.name): expected an answer, found none for any of the \(result.outcomes.count) examples: "
                + (result.outcomes.values.lazy.compactMap(\.failure).first ?? "no reason is known")
        }
    }
}

extension TaskCommand {
    func run() async throws {
        try output.check()
        try output.write(try await cancellableByInterrupt { try await perform() })
    }
}

/// How a task's results are written.
struct TaskOutputArguments: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Write one JSON document to standard output.")
    var isJSON = false

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Write the report to a file, too: \(ReportFormat.endings).", valueName: "file"))
    var reportFile: String?

    /// Says before the work begins that its report couldn't be written.
    /// - Throws: ``CommandFailure``.
    func check() throws {
        guard let reportFile else { return }
        guard ReportFormat(path: reportFile) != nil else {
            throw CommandFailure(
                message: "\(reportFile): expected a name that ends in \(ReportFormat.endings)", status: .wrongUsage)
        }
        let folder = URL(filePath: reportFile).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw CommandFailure(
                message: "\(reportFile): expected a folder to write into, found none at \(folder); make it first",
                status: .wrongUsage)
        }
    }

    /// Writes the report to its file, where one was named, and says so.
    func writeFile(of report: TaskReport) throws {
        guard let reportFile, let format = ReportFormat(path: reportFile) else { return }
        let files = format.files(report, path: reportFile)
        for (path, text) in files {
            try RowFile.write(text, to: path)
            Output.standardError.tell("\(path) is written")
        }
        if files.isEmpty {
            Output.standardError.tell(
                "\(reportFile): this report has no plots, so none is written; .html has all of it")
        }
    }

    /// - Throws: ``CommandFailure`` for what can't be written, and, when all is written, for a task that has failed.
    func write(_ result: TaskOutput) throws {
        try writeFile(of: result.report)
        if isJSON {
            try Output.standard.write(result.document.encoded())
        } else {
            let target = result.givesWay ? Output.standardError : Output.standard
            let remark = result.remark.map { "\n\($0)\n" } ?? ""
            try target.write(result.report.text(for: target) + remark)
        }
        if let failure = result.failure { throw CommandFailure(message: failure) }
    }
}

extension TaskReport {
    /// The report as wide as who reads it sees, or as pages are; in ASCII where a terminal shows nothing else.
    func text(for output: Output) -> String {
        let terminal = DoctorDocument.Terminal.current(environment: ProcessInfo.processInfo.environment)
        let columns = output.isTerminal ? min(terminal.columns ?? 80, 120) : 100
        return ReportText(self, columns: columns).text(isASCII: output.isTerminal && !terminal.isUTF8)
    }
}
