import Foundation

/// Where prompts and texts come from when they aren't arguments.
struct StandardInput: Sendable {
    let isTerminal: Bool
    private let readAll: @Sendable () throws -> [UInt8]

    init(isTerminal: Bool, readAll: @escaping @Sendable () throws -> [UInt8]) {
        self.isTerminal = isTerminal
        self.readAll = readAll
    }

    static let shared = StandardInput(isTerminal: isatty(STDIN_FILENO) == 1) {
        do {
            return Array(try FileHandle.standardInput.readToEnd() ?? Data())
        } catch {
            throw CommandFailure(message: "standard input: \(String(oneLine: error))")
        }
    }

    /// The exact bytes, to the end.
    func read() throws -> [UInt8] {
        try readAll()
    }

    /// A prompt, without the line break that shells and editors put at the end.
    func readPrompt() throws -> String {
        var bytes = try readAll()
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(message: "standard input: the prompt is not UTF-8 text")
        }
        return text
    }
}
