import Foundation

/// A shell in a terminal of 80 by 24, driven through tmux as a person would drive it.
final class TmuxSession {
    /// What was waited for didn't come.
    struct TimedOut: Error, CustomStringConvertible {
        let wanted: String
        let screen: String
        var description: String { "no \(wanted) on the screen:\n\(screen)" }
    }

    private let socket = "diptych-test-\(UUID().uuidString.prefix(8))"

    init(columns: Int = 80, rows: Int = 24) throws {
        try tmux([
            "-f", "/dev/null", "-u", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-e", "PS1=ready$ ",
            // Swift's own backtracer asks questions on a terminal, and waits for the answers.
            "-e", "LC_ALL=C.UTF-8", "-e", "SWIFT_BACKTRACE=enable=no", "bash", "--norc", "--noprofile",
        ])
        _ = try wait(for: "a prompt") { $0.contains("ready$") }
    }

    deinit {
        _ = try? tmux(["kill-server"])
    }

    static var isInstalled: Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/tmux") }
    }

    /// Types a line and Enter.
    func type(_ line: String) throws {
        try tmux(["send-keys", "-l", line])
        try press("Enter")
    }

    /// Presses a key by tmux's name for it.
    func press(_ key: String) throws {
        try tmux(["send-keys", key])
    }

    func screen() throws -> String {
        try tmux(["capture-pane", "-p"])
    }

    /// A fact about the terminal, in tmux's format language.
    func value(of format: String) throws -> String {
        try tmux(["display-message", "-p", "#{\(format)}"]).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Pastes what a file holds, as one paste.
    func paste(file: String) throws {
        try tmux(["load-buffer", file])
        try tmux(["paste-buffer", "-p", "-r", "-d"])
    }

    /// Writes all that the program sends from now on into a file.
    func log(to file: String) throws {
        try tmux(["pipe-pane", "cat > '\(file)'"])
    }

    /// Closes the terminal under the program, as when a connection breaks.
    func close() throws { try tmux(["kill-session"]) }

    /// - Returns: whether the cursor comes to stand in a column, counted from 0.
    func waitForCursor(column: Int) throws -> Bool {
        for _ in 0..<200 {
            if try value(of: "cursor_x") == "\(column)" { return true }
            usleep(20_000)
        }
        return false
    }

    /// Waits until the screen is the same at two looks.
    func settle() throws -> String {
        var before = ""
        while case let now = try screen(), now != before {
            before = now
            usleep(100_000)
        }
        return before
    }

    /// Looks at the screen again and again until it shows what is wanted; two minutes are more than any machine needs.
    func wait(for wanted: String, _ isThere: (String) -> Bool) throws -> String {
        for _ in 0..<1200 {
            let screen = try screen()
            if isThere(screen) { return screen }
            usleep(100_000)
        }
        throw TimedOut(wanted: wanted, screen: try screen())
    }

    /// Foundation's `Process` waits until nobody holds what the child inherited, and tmux leaves a server behind.
    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        let words = (["tmux", "-L", socket] + arguments).map { "'\($0.replacing("'", with: "'\\''"))'" }
        guard let pipe = popen(words.joined(separator: " ") + " < /dev/null", "r") else {
            throw TimedOut(wanted: "tmux", screen: String(cString: strerror(errno)))
        }
        defer { pclose(pipe) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { text += buffer[..<count] }
        return String(decoding: text, as: UTF8.self)
    }
}
