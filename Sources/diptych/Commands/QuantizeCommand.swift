import ArgumentParser
import Foundation
import InferenceCore
import ModelLibrary

/// `diptych quantize`: a smaller file of the same model.
struct QuantizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Write a model's file anew with fewer bits for each weight.",
        discussion: """
            Formats: \(QuantizationMix.allCases.map(\.rawValue).joined(separator: ", ")). The file opens in every program \
            that reads GGUF. Nothing is replaced without --force, and nothing is left behind if it doesn't come to an end.
            """
    )

    @Argument(help: "A .gguf file in F32, F16 or BF16, or an id that `diptych models list` shows.")
    var input: String

    @Argument(help: "The file to write.")
    var output: String

    @Argument(help: "The format: Q8_0, Q6_K, Q5_K, Q4_K and so on; case doesn't matter.")
    var format: QuantizationMix

    @Flag(help: "Replace the file if there is one.")
    var force = false

    @Flag(help: "Take files that are quantized already, at the cost of quality.")
    var allowRequantize = false

    @Option(help: ArgumentHelp("Measure the perplexity of this text before and after.", valueName: "file"))
    var text: String?

    @Option(name: .customLong("ctx"), help: ArgumentHelp("Tokens of a chunk for --text.", valueName: "n"))
    var chunkLength = 512

    @Option(name: [.customShort("t"), .long], help: ArgumentHelp("Worker threads; the default is one for each core."))
    var threads: Int?

    @OptionGroup var document: OutputArguments

    func validate() throws {
        if let threads, !(1...64).contains(threads) {
            throw ValidationError("--threads must be from 1 to 64, not \(threads).")
        }
        guard chunkLength >= 4 else { throw ValidationError("--ctx must be 4 or more, not \(chunkLength).") }
    }

    func run() async throws {
        let text = try text.map { try FileBytes.read($0) }
        let path = try ResolvedModel(argument: input).path
        let result = try await cancellableByInterrupt { try await quantize(path, text) }
        try Output.standard.write(document.isJSON ? result.encoded() : result.text)
    }

    private func quantize(_ path: String, _ text: [UInt8]?) async throws -> QuantizeDocument {
        let (output, format, force, allowRequantize, threads) = (output, format, force, allowRequantize, threads)
        // What can be known to fail fails before anything takes long.
        let (file, quantizer) = try await onOwnThread {
            let file = try GGUFFile(path: path)
            let quantizer = try Quantizer(
                file, mix: format, allowsRequantizing: allowRequantize, runtime: Runtime(threads: threads))
            try quantizer.check(output: output, replaces: force)
            return (file, quantizer)
        }
        let before = try await text.asyncMap { try await perplexity(of: $0, path) }
        let cancellation = InterruptFlag()
        var result = try await withTaskCancellationHandler {
            try await onOwnThread {
                let status = StatusLine(output: .standardError)
                defer { status.clear() }
                var document = QuantizeDocument(input: path, output: output, format: format.rawValue)
                try quantizer.write(to: output, replaces: force, isCancelled: { cancellation.isRaised }) {
                    status.show("\($1) of \($2) tensors: \($0.name) in \($0.format)")
                    document.add($0)
                }
                document.fileBytesBefore = file.byteCount
                document.fileBytesAfter = try MappedFile(path: output).byteCount
                return document
            }
        } onCancel: {
            cancellation.raise()
        }
        result.perplexityBefore = before
        result.perplexityAfter = try await text.asyncMap { try await perplexity(of: $0, output) }
        return result
    }

    private func perplexity(of text: [UInt8], _ path: String) async throws -> Double {
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
        return try await session.perplexity(of: tokens, chunkLength: chunkLength) {
            status.show("perplexity, chunk \($1) of \($2): \(PerplexityDocument.figures($0))")
        }.value
    }
}

extension QuantizationMix: ExpressibleByArgument {
    public init?(argument: String) { self.init(name: argument) }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ transform: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
