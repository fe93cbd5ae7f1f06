import EngineTestSupport
import Foundation
import Recording
import Testing

/// Ends that nobody asked the playground for, while an answer is written.
@Suite("Sudden ends in a real terminal", .serialized)
struct EndingTests {
    /// Nil where the model, which takes some seconds for its answer, is missing.
    private func answering() throws -> TmuxPlayground? {
        guard let model = try RealModel.path("smollm2-135m-instruct") else { return nil }
        let playground = try TmuxPlayground(model: model)
        try playground.terminal.type("Write the numbers from one to five hundred in words, one in each line.")
        for _ in 0..<600 {
            if let file = playground.sessionFile,
                try String(contentsOfFile: file, encoding: .utf8).contains(#""kind":"token""#)
            {
                return playground
            }
            usleep(20_000)
        }
        throw TmuxSession.TimedOut(wanted: "token in a session file", screen: try playground.terminal.screen())
    }

    /// Waits until the process is gone.
    private func expectEnd(of process: Int32) {
        for _ in 0..<600 {
            // Nobody may have waited for it yet.
            let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            if status?.contains(") Z ") ?? true { return }
            usleep(20_000)
        }
        Issue.record("process \(process) goes on")
    }

    private func expectWholeSession(of playground: TmuxPlayground) throws {
        let file = try #require(playground.sessionFile)
        let replayed = try ProgramProcess.run(["replay", file, "--speed", "inf", "--json"])
        #expect(replayed.status == 0, "\(replayed.errors)")
        #expect(replayed.output.contains(#""prompt""#))
        let session = try RecordedSession(reading: SessionFile(path: file))
        #expect(session.runs.first?.events.isEmpty == false)
    }

    @Test(
        "by a signal leave the terminal as it was, and the session whole", .enabled(if: TmuxPlayground.canRun),
        arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGABRT])
    func signals(_ signal: Int32) throws {
        guard let playground = try answering() else { return }
        let process = try playground.process()
        Foundation.kill(process, signal)
        expectEnd(of: process)
        let terminal = playground.terminal
        _ = try terminal.wait(for: "the shell") { $0.contains("ready$") && !$0.contains("TTFT") }
        #expect(try playground.status() == "\(128 + signal)")
        #expect(try terminal.value(of: "alternate_on") == "0")
        #expect(try terminal.value(of: "cursor_flag") == "1")
        #expect(try terminal.value(of: "mouse_any_flag") == "0")
        try expectWholeSession(of: playground)
    }

    @Test("by a kill leave the session whole", .enabled(if: TmuxPlayground.canRun))
    func kill() throws {
        guard let playground = try answering() else { return }
        let process = try playground.process()
        Foundation.kill(process, SIGKILL)
        expectEnd(of: process)
        try expectWholeSession(of: playground)
    }

    @Test("by a terminal that is closed leave no process, and the session whole", .enabled(if: TmuxPlayground.canRun))
    func closing() throws {
        guard let playground = try answering() else { return }
        let process = try playground.process()
        try playground.terminal.close()
        expectEnd(of: process)
        try expectWholeSession(of: playground)
    }
}
