import Foundation

/// One line on a terminal that is written again and again while something goes on; nothing where nobody reads along.
struct StatusLine: Sendable {
    private let output: Output
    private let isShown: Bool

    init(output: Output, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.output = output
        isShown = output.isTerminal && environment["TERM"] != nil && environment["TERM"] != "dumb"
    }

    /// Replaces the line. A closed output is nobody's loss.
    func show(_ text: String) {
        if isShown { try? output.write("\r\u{1B}[K\(text.onOneLine)") }
    }

    func clear() {
        if isShown { try? output.write("\r\u{1B}[K") }
    }
}
