import ArgumentParser

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

    func validate() throws {
        if let contextLength, contextLength < 1 {
            throw ValidationError("--context must be 1 or more, not \(contextLength).")
        }
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads must be from 1 to 1024, not \(threads).")
        }
    }
}
