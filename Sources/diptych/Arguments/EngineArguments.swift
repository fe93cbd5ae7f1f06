import ArgumentParser
import InferenceCore

/// How models are opened.
struct EngineArguments: ParsableArguments {
    @Option(
        name: .customLong("context"),
        help: ArgumentHelp("Tokens that fit in the context; the default follows from the model.", valueName: "tokens"))
    var contextLength: Int?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Worker threads; the default is one for each core.", valueName: "n"))
    var threads: Int?

    @Option(
        name: .customLong("cache"),
        help: ArgumentHelp("The KV cache's format: f16, or q8_0 for half the memory.", valueName: "format"))
    var cacheFormat = KVCacheFormat.f16

    func validate() throws {
        if let contextLength, contextLength < 1 {
            throw ValidationError("--context must be 1 or more, not \(contextLength).")
        }
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads must be from 1 to 1024, not \(threads).")
        }
    }
}

extension KVCacheFormat: ExpressibleByArgument {}
