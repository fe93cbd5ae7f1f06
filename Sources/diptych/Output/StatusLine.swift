import Foundation
import Screen

/// One line on a terminal that is written again and again while something goes on; nothing where nobody reads along.
struct StatusLine: Sendable {
    private let output: Output
    private let isShown: Bool
    private let environment: [String: String]

    init(output: Output, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.output = output
        self.environment = environment
        isShown = output.isTerminal && environment["TERM"] != nil && environment["TERM"] != "dumb"
    }

    /// Columns of the terminal that stay on one line. A window may change its size at any time.
    var room: Int { (DoctorDocument.Terminal.current(environment: environment).columns ?? 80) - 1 }

    /// Replaces the line; what doesn't fit is left out, since a line that wraps can't be replaced. A closed output is nobody's
    /// loss.
    func show(_ text: String) {
        if isShown { try? output.write("\r\u{1B}[K\(TextWidth.truncate(text.onOneLine, to: room))") }
    }

    func clear() {
        if isShown { try? output.write("\r\u{1B}[K") }
    }
}
