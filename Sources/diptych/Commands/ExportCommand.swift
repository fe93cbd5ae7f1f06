import ArgumentParser
import Foundation
import Recording

/// `diptych export`: a recorded session as a document.
struct ExportCommand: AsyncParsableCommand {
    /// The documents there are.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case markdown, json, html

        /// As named, or as files end.
        init?(argument: String) {
            guard let format = Self(rawValue: argument) ?? Self(fileName: "x.\(argument)") else { return nil }
            self = format
        }

        /// What a file's name says.
        init?(fileName: String) {
            switch URL(filePath: fileName).pathExtension.lowercased() {
            case "md", "markdown": self = .markdown
            case "json": self = .json
            case "html", "htm": self = .html
            default: return nil
            }
        }

        func text(of session: RecordedSession) throws -> String {
            switch self {
            case .markdown: MarkdownExport(session).text
            case .json: try JSONExport(session).encoded()
            case .html: HTMLExport(session).text
            }
        }
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a recorded session as Markdown, JSON or a self-contained HTML page."
    )

    @OptionGroup var session: SessionArguments

    @Option(help: "The document's format; without it the name of the file says it, else it is markdown.")
    var format: Format?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("The file to write, instead of standard output.", valueName: "file"))
    var file: String?

    func run() async throws {
        let format = format ?? file.flatMap(Format.init(fileName:)) ?? .markdown
        let recording = try await session.read(keepsAlternatives: format == .json)
        let text = try format.text(of: recording)
        guard let file else { return try Output.standard.write(text) }
        try write(text, to: file)
    }

    private func write(_ text: String, to file: String) throws {
        let source = try session.file().path
        guard !FileManager.default.fileExists(atPath: file) || !Self.areSame(file, source) else {
            throw CommandFailure(
                message: "\(file): expected another file than the session itself; choose another name with -o",
                status: .wrongUsage)
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw CommandFailure(message: "\(file): \(String(oneLine: error))")
        }
    }

    private static func areSame(_ first: String, _ second: String) -> Bool {
        func identity(_ path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }
        return identity(first) == identity(second)
    }
}
