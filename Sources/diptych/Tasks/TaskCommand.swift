import ArgumentParser
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

    init(_ report: TaskReport, _ document: any JSONDocument) {
        self.report = report
        self.document = document
    }
}

extension TaskCommand {
    func run() async throws {
        try output.check()
        let result = try await cancellableByInterrupt { try await perform() }
        try output.write(result)
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
    }

    func write(_ result: TaskOutput) throws {
        if let reportFile, let format = ReportFormat(path: reportFile) {
            for (path, text) in format.files(result.report, path: reportFile) {
                try RowFile.write(text, to: path)
            }
        }
        if isJSON { return try Output.standard.write(result.document.encoded()) }
        let target = result.givesWay ? Output.standardError : Output.standard
        let remark = result.remark.map { "\n\($0)\n" } ?? ""
        try target.write(result.report.text(for: target) + remark)
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
