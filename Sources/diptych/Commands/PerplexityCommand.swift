import ArgumentParser
import Foundation
import InferenceCore
import ModelLibrary

/// `diptych perplexity`: how well a model predicts a text.
struct PerplexityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "perplexity",
        abstract: "Measure how well a model predicts a text; lower is better.",
        discussion: """
            As llama-perplexity defines it: the text is cut into chunks that each begin anew, and the second half of \
            each is scored. Figures compare only for the same text, the same --ctx, and models of one vocabulary.
            """
    )

    @Argument(help: "A .gguf file, or an id that `diptych models list` shows.")
    var model: String

    @Argument(help: "The text's file; - is standard input.")
    var file: String

    @Option(name: .customLong("ctx"), help: ArgumentHelp("Tokens of a chunk.", valueName: "n"))
    var chunkLength = 512

    @Option(name: [.customShort("t"), .long], help: ArgumentHelp("Worker threads; the default is one for each core."))
    var threads: Int?

    @OptionGroup var output: OutputArguments

    func validate() throws {
        guard chunkLength >= 4 else { throw ValidationError("--ctx must be 4 or more, not \(chunkLength).") }
        if let threads, !(1...64).contains(threads) {
            throw ValidationError("--threads must be from 1 to 64, not \(threads).")
        }
    }

    func run() async throws {
        let text = try file == "-" ? StandardInput.shared.read() : FileBytes.read(file)
        let path = try ResolvedModel(argument: model).path
        let document = try await cancellableByInterrupt { try await measure(path, text) }
        try Output.standard.write(output.isJSON ? document.encoded() : document.text)
    }

    private func measure(_ path: String, _ text: [UInt8]) async throws -> PerplexityDocument {
        let (threads, chunkLength) = (threads, chunkLength)
        let (session, tokens) = try await onOwnThread {
            let model = try Model(path: path, runtime: Runtime(threads: threads))
            return (
                try Session(model: model, contextLength: chunkLength),
                model.tokenizer.encode(bytes: text, addSpecial: true, parseSpecial: false)
            )
        }
        let status = StatusLine(output: .standardError)
        defer { status.clear() }
        let result = try await session.perplexity(of: tokens, chunkLength: chunkLength) { soFar, done, chunks in
            status.show("chunk \(done) of \(chunks): \(PerplexityDocument.figures(soFar))")
        }
        return PerplexityDocument(model: session.model.path, result)
    }
}
