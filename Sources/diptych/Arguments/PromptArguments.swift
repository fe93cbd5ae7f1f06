import ArgumentParser
import Chat
import Foundation

/// What is asked, and how long the answer may be.
struct PromptArguments: ParsableArguments {
    @Option(
        name: .shortAndLong, parsing: .unconditional,
        help: ArgumentHelp("The prompt. Without it, standard input is read.", valueName: "text"))
    var prompt: String?

    @Option(
        name: .customShort("n"),
        help: ArgumentHelp("End the answer after this many tokens.", valueName: "tokens"))
    var maximumTokens = 256

    @Option(parsing: .unconditional, help: ArgumentHelp("The system prompt.", valueName: "text"))
    var system: String?

    func validate() throws {
        guard maximumTokens >= 1 else { throw ValidationError("-n must be 1 or more, not \(maximumTokens).") }
        if let prompt, prompt.isEmpty { throw ValidationError("The prompt (-p) is empty.") }
    }

    /// The conversation to answer.
    func messages(readingFrom input: StandardInput = .shared) throws -> [Message] {
        let system = system.map { [Message(role: .system, content: $0)] } ?? []
        return system + [Message(role: .user, content: try promptText(readingFrom: input))]
    }

    private func promptText(readingFrom input: StandardInput) throws -> String {
        if let prompt { return prompt }
        guard !input.isTerminal else {
            throw CommandFailure(
                message: "no prompt: give one with -p TEXT, or on standard input", status: .wrongUsage)
        }
        let text = try input.readPrompt()
        guard !text.isEmpty else {
            throw CommandFailure(
                message: "standard input holds no prompt: give one with -p TEXT", status: .wrongUsage)
        }
        return text
    }
}
