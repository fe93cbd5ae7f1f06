import Chat
import ChatTestSupport
import EngineTestSupport
import Foundation
import Recording
import Testing

/// The playground with one model, a tiny one unless another is given, in a terminal that is driven through tmux, with folders of its own.
final class TmuxPlayground {
    let terminal: TmuxSession
    let folder: TemporaryFolder
    let model: String

    init(model other: String? = nil, options: String = "") throws {
        folder = try TemporaryFolder()
        model = try other ?? TinyModel(.llama).write(to: folder, as: "tiny.gguf")
        terminal = try TmuxSession()
        try terminal.type("cd \(folder.path); export XDG_STATE_HOME=$PWD XDG_CONFIG_HOME=$PWD")
        // Nobody is there to answer what a crashed Swift program asks.
        try terminal.type("export SWIFT_BACKTRACE=interactive=no")
        try terminal.type("stty -a > before.txt; clear")
        _ = try terminal.wait(for: "a clear screen") { $0.hasPrefix("ready$") && !$0.contains("stty") }
        try terminal.type("\(ProgramProcess.path) \(model) \(options)")
        _ = try waitForHints()
    }

    static var canRun: Bool { TmuxSession.isInstalled || ProcessInfo.processInfo.environment["CI"] == "true" }

    /// Waits until the model is open and nothing is typed.
    func waitForHints() throws -> String {
        try terminal.wait(for: "an empty prompt") { $0.contains("Ask the model") && $0.contains("parameters") }
    }

    /// Waits for the shell, which has its terminal as it was, and says how the program ended.
    func status() throws -> String {
        _ = try terminal.wait(for: "a prompt of the shell") { screen in
            screen.split(separator: "\n").last { !$0.isEmpty }?.hasSuffix("ready$") == true
        }
        try terminal.type("status=$?; stty -a | diff before.txt -; echo left=$status difference=$?")
        let screen = try terminal.wait(for: "an unchanged terminal") { $0.contains(/left=[0-9]+ difference=0/) }
        return String(try #require(screen.firstMatch(of: /left=([0-9]+) difference/)).output.1)
    }

    /// The session file, once it has begun.
    var sessionFile: String? {
        let folder = "\(folder.path)/diptych/sessions"
        return (try? FileManager.default.contentsOfDirectory(atPath: folder))?.first.map { "\(folder)/\($0)" }
    }

    /// The program's number, while it runs in the shell.
    func process() throws -> Int32 {
        let shell = try terminal.value(of: "pane_pid")
        let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
        return try #require(Int32(children.split(separator: " ").first ?? ""))
    }

    /// Writes a session in which the model has answered with these tokens.
    func record(_ tokens: [String]) throws -> String {
        let header = SessionHeader(
            program: "diptych", version: "0.1.0", started: Date(timeIntervalSince1970: 1_796_000_000),
            machine: RecordedMachine(processor: "A processor"))
        let writer = try SessionWriter(directory: "\(folder.path)/recorded", header: header) { _ in }
        writer.append(
            .paneOpened(PaneOpening(pane: 0, at: .zero, model: model, profile: .scripted(name: "tiny"))))
        writer.append(
            .runStarted(
                RunStart(
                    run: 0, pane: 0, turn: 1, prompt: "Go.", request: Sample.request, started: header.started,
                    at: .zero)))
        writer.append(.event(run: 0, .prompt(PromptSummary(tokens: 4, cachedTokens: 0))))
        for (index, token) in tokens.enumerated() {
            writer.append(
                .event(run: 0, .token(ChatToken(id: index, text: token, at: .milliseconds(50 + 10 * index)))))
        }
        writer.append(.event(run: 0, .finished(.stop, at: .milliseconds(60 + 10 * tokens.count))))
        writer.close()
        return writer.path
    }
}
