import ArgumentParser
import Chat
import Foundation
import InferenceCore
import ModelLibrary

/// `diptych tokenize`: how a model divides a text.
struct TokenizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Show how a model divides a text into tokens.",
        discussion: """
            Only the vocabulary is read, not the weights. Write -- before a text that begins with a dash.
            """
    )

    @Argument(help: "A .gguf file, a Hugging Face folder, or an id that `diptych models list` shows.")
    var model: String

    @Argument(help: "The text. Without it and without --file, standard input is read.")
    var text: String?

    @Option(help: ArgumentHelp("Take the exact bytes of this file; - is standard input.", valueName: "file"))
    var file: String?

    @Flag(help: "Don't add the tokens that begin or end a text, whatever the model says.")
    var noSpecial = false

    @Flag(help: "Take special tokens written in the text for what they stand for, not as text.")
    var parseSpecial = false

    @Flag(help: "Take every line for a text of its own.")
    var lines = false

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("With --json: do it n times more, and say how long it takes each time.", valueName: "n"))
    var repetitions = 0

    @OptionGroup var output: OutputArguments

    func validate() throws {
        guard text == nil || file == nil else { throw ValidationError("Give either a text or --file, not both.") }
        guard repetitions >= 0, repetitions == 0 || output.isJSON else {
            throw ValidationError("--repeat must be 0 or more, and needs --json.")
        }
    }

    func run() async throws {
        let bytes = try textBytes()
        let path = try ResolvedModel(argument: model).path
        let texts = lines ? bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) } : [bytes]
        let (addSpecial, parseSpecial, repetitions) = (!noSpecial, parseSpecial, repetitions)
        let document = try await onOwnThread {
            let start = ContinuousClock.now
            let tokenizer = try Tokenizer(path: path)
            func encode() -> [[TokenID]] {
                texts.map { tokenizer.encode(bytes: $0, addSpecial: addSpecial, parseSpecial: parseSpecial) }
            }
            let ids = Array(encode().joined())
            var document = TokenizeDocument(ids: ids.map(Int.init), pieces: ids.map(tokenizer.piece))
            if repetitions > 0 {
                let first = ContinuousClock.now - start
                let repeated = (0..<repetitions).map { _ in
                    ContinuousClock().measure { _ = encode() }.millisecondsForJSON
                }
                document.timing = .init(firstMs: first.millisecondsForJSON, repeatedMs: repeated)
            }
            return document
        }
        try Output.standard.write(output.isJSON ? document.encoded() : document.listing)
    }

    private func textBytes() throws -> [UInt8] {
        if let text { return Array(text.utf8) }
        guard let file, file != "-" else {
            guard file != nil || !StandardInput.shared.isTerminal else {
                throw CommandFailure(
                    message: "no text: give one as an argument, with --file, or on standard input",
                    status: .wrongUsage)
            }
            return try StandardInput.shared.read()
        }
        return try FileBytes.read(file)
    }
}

extension TokenizeDocument {
    /// One token a line: its id and its text, control characters made visible.
    var listing: String {
        zip(ids, pieces).map { id, piece in
            let number = String(id)
            let padding = String(repeating: " ", count: max(0, 7 - number.count))
            return "\(padding)\(number)  \(piece.onOneLine)\n"
        }
        .joined()
    }
}
