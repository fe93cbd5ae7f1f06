import ArgumentParser
import Evaluation
import InferenceCore
import ModelLibrary
import Reports
import Tasks

/// `diptych ladder`: what a model loses and gains by being narrower.
struct LadderCommand: TaskCommand {
    static let configuration = CommandConfiguration(
        commandName: "ladder",
        abstract: "Measure one model at several quantizations.",
        discussion: """
            Of one file, narrower ones are made; several files of one vocabulary are taken as they are. All are led \
            through the same text together with the widest: perplexity (as in `diptych perplexity`), the divergence \
            KL(widest ‖ rung) at each place, how often both hold the same token likeliest; then their speeds, in turns. \
            An interrupted ladder goes on where it was.
            """
    )

    @Argument(help: "A .gguf file or an id that `diptych models list` shows; or several of one vocabulary.")
    var models: [String]

    @Option(help: ArgumentHelp("The text that they are led through; - is standard input.", valueName: "file"))
    var text: String

    @Option(
        help: ArgumentHelp(
            """
            Formats to make, separated by commas; the default is those of \
            \(LadderFiles.usualFormats.map(\.rawValue).joined(separator: ",")) that are narrower than the file.
            """, valueName: "a,b"))
    var formats: String?

    @Option(help: ArgumentHelp("Keep the files that are made in this folder.", valueName: "folder"))
    var keep: String?

    @Option(name: .customLong("ctx"), help: ArgumentHelp("Tokens of a chunk.", valueName: "n"))
    var chunkLength = 512

    @Option(help: ArgumentHelp("Take the text's first n chunks; the default is all.", valueName: "n"))
    var chunks: Int?

    @Option(help: ArgumentHelp("Measure each speed so many times.", valueName: "n"))
    var rounds = 5

    @Option(help: ArgumentHelp("How much perplexity may rise, in percent.", valueName: "percent"))
    var within = 1.0

    @Option(name: [.customShort("t"), .long], help: ArgumentHelp("Worker threads; the default is one for each core."))
    var threads: Int?

    @OptionGroup var record: RecordArguments
    @OptionGroup var output: TaskOutputArguments

    func validate() throws {
        guard !models.isEmpty else { throw ValidationError("Name a model.") }
        guard models.count == 1 || (formats == nil && keep == nil) else {
            throw ValidationError("--formats and --keep are about files made of one model; name only that one.")
        }
        guard chunkLength >= 4 else { throw ValidationError("--ctx must be 4 or more, not \(chunkLength).") }
        if let chunks, chunks < 1 { throw ValidationError("--chunks must be 1 or more, not \(chunks).") }
        guard (0...1000).contains(rounds) else { throw ValidationError("--rounds must be from 0 to 1000.") }
        guard within >= 0, within.isFinite else { throw ValidationError("--within must be 0 or more, not \(within).") }
        if let threads, !(1...64).contains(threads) {
            throw ValidationError("--threads must be from 1 to 64, not \(threads).")
        }
    }

    func perform() async throws -> TaskOutput {
        let text = try text == "-" ? StandardInput.shared.read() : FileBytes.read(text)
        let mixes = try formats.map { try Self.mixes($0) }
        let ladder = try await LadderRun(self, text: text, mixes: mixes).perform()
        return TaskOutput(ladder.report, LadderDocument(ladder))
    }

    private static func mixes(_ list: String) throws -> [QuantizationMix] {
        try list.split(separator: ",").map { name in
            guard let mix = QuantizationMix(name: String(name)) else {
                throw CommandFailure(
                    message:
                        "--formats: expected some of \(QuantizationMix.allCases.map(\.rawValue).joined(separator: ", ")),"
                        + " found '\(name)'", status: .wrongUsage)
            }
            return mix
        }
    }
}
