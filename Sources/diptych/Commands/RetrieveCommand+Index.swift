import ArgumentParser
import InferenceCore
import ModelLibrary
import Retrieval

extension RetrieveCommand {
    struct Index: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Index a folder, or bring its index up to date.",
            discussion: """
                Reads text, Markdown, program text, HTML, and PDF by poppler's pdftotext. Hidden files, binaries, links \
                and what .gitignore names are left out. Files that haven't changed aren't computed again, and an \
                interrupted run loses nothing: the same command goes on with it. Without --index the index is kept \
                among this program's data, and found by the folder's name.
                """)

        @Argument(help: "The folder.")
        var folder: String

        @Option(name: .customLong("index"), help: ArgumentHelp("The index's file.", valueName: "file"))
        var file: String?

        @Option(
            name: [.customLong("encoder"), .customLong("small")],
            help: ArgumentHelp(
                "The sentence encoder; the default is \(RetrieveEncoder.usual).", valueName: "model"))
        var encoder: String?

        @Option(
            name: .customLong("exclude"),
            help: ArgumentHelp("Leave out what fits, as in .gitignore; may be repeated.", valueName: "pattern"))
        var excluded: [String] = []

        @Flag(name: .customLong("no-stemming"), help: "Take words as they are, plurals apart from singulars.")
        var noStemming = false

        @Option(
            name: [.customShort("t"), .long], help: ArgumentHelp("Worker threads; the default is one for each core."))
        var threads: Int?

        @OptionGroup var output: OutputArguments

        func validate() throws {
            if let threads, !(1...64).contains(threads) {
                throw ValidationError("--threads must be from 1 to 64, not \(threads).")
            }
        }

        func run() async throws {
            let absolute = try IndexLocation.absolute(folder: folder)
            let location = IndexLocation(directories: try ModelLibrary(environment: .process).directories)
            let path = try file ?? location.path(ofFolder: absolute)
            try IndexLocation.makeFolder(of: path)
            let summary = try await cancellableByInterrupt { try await index(absolute, path) }
            let document = RetrieveIndexDocument(folder: absolute, index: path, summary)
            tell(summary)
            try summary.requireFiles(in: folder)
            try Output.standard.write(output.isJSON ? document.encoded() : document.text)
        }

        private func index(_ folder: String, _ path: String) async throws -> IndexSummary {
            let encoder = try await RetrieveEncoder.open(
                encoder, runtime: Runtime(threads: threads), isForMany: true)
            let indexer = FolderIndexer(
                folder: folder, index: path, encoder: encoder.encoder, encoderName: encoder.name, excluded: excluded,
                stems: !noStemming)
            let line = StatusLine(output: .standardError)
            defer { line.clear() }
            var progress = IndexingProgress()
            let start = ContinuousClock.now
            for try await event in indexer.run() {
                progress.take(event, at: (ContinuousClock.now - start).inSeconds)
                if let text = progress.text { line.show(text) }
                if case .finished(let summary) = event { return summary }
            }
            throw CancellationError()
        }

        /// What a reader should know besides the figures.
        private func tell(_ summary: IndexSummary) {
            let output = Output.standardError
            if let reason = summary.startedAnew { output.tell("the index was made anew: \(reason)") }
            let shown = 10
            for skipped in summary.skipped.prefix(shown) {
                output.tell("left out: \(skipped.path): \(skipped.explanation)")
            }
            if summary.skipped.count > shown {
                output.tell("… and \(summary.skipped.count - shown) more; --json lists all of them")
            }
        }
    }
}
