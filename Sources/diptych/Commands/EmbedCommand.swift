import ArgumentParser
import Foundation
import InferenceCore
import ModelLibrary

/// `diptych embed`: vectors of texts.
struct EmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Print the vectors that a sentence encoder makes of texts.",
        discussion: """
            Every line is a text of its own. Without --json each vector is a line of numbers. Texts that are longer than \
            the model reads are cut, and standard error says so.
            """
    )

    @Argument(help: "A .gguf file or a Hugging Face folder of an encoder such as MiniLM.")
    var model: String

    @Argument(help: "A text. Without it and without --file, standard input is read.")
    var text: String?

    @Option(help: ArgumentHelp("Take the lines of this file; - is standard input.", valueName: "file"))
    var file: String?

    @Option(name: [.customShort("t"), .long], help: ArgumentHelp("Worker threads; the default is one for each core."))
    var threads: Int?

    @OptionGroup var output: OutputArguments

    func validate() throws {
        guard text == nil || file == nil else { throw ValidationError("Give either a text or --file, not both.") }
        if let threads, !(1...64).contains(threads) {
            throw ValidationError("--threads must be from 1 to 64, not \(threads).")
        }
    }

    func run() async throws {
        let texts = try texts()
        let path = try ResolvedModel(argument: model).path
        let document = try await cancellableByInterrupt { try await embed(texts, path) }
        let cut = document.embeddings.filter(\.isCut).map { "\($0.index + 1)" }
        if !cut.isEmpty {
            Output.standardError.tell(
                "cut to the model's \(document.longestText) tokens: line \(cut.joined(separator: ", "))")
        }
        try Output.standard.write(output.isJSON ? document.encoded() : document.text)
    }

    private func texts() throws -> [String] {
        if let text { return [text] }
        let bytes =
            try file.map { $0 == "-" ? try StandardInput.shared.read() : try FileBytes.read($0) }
            ?? StandardInput.shared.read()
        guard let all = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(message: "\(file ?? "standard input"): the text is not UTF-8")
        }
        var lines = all.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        guard !lines.isEmpty else { throw CommandFailure(message: "\(file ?? "standard input"): there is no text") }
        return lines
    }

    private func embed(_ texts: [String], _ path: String) async throws -> EmbedDocument {
        let threads = threads
        let encoder = try await onOwnThread { try TextEncoder(path: path, runtime: Runtime(threads: threads)) }
        let status = StatusLine(output: .standardError)
        defer { status.clear() }
        var document = EmbedDocument(
            model: path, dimensions: encoder.shape.embeddingLength, longestText: encoder.longestText,
            pooling: encoder.pooling.rawValue, isNormalized: encoder.normalizesVectors)
        for (index, text) in texts.enumerated() {
            try Task.checkCancellation()
            let (tokens, isCut) = encoder.encode(text)
            let vector = try await encoder.vector(of: tokens)
            document.embeddings.append(.init(index: index, tokens: tokens.count, isCut: isCut, vector: vector))
            if texts.count > 1 { status.show("\(index + 1) of \(texts.count) texts") }
        }
        return document
    }
}
