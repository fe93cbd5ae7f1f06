import Chat
import ChatTestSupport
import EngineTestSupport
import Foundation
import Playground
import Screen
import Synchronization
import Testing

@testable import diptych

/// The playground without a screen, with lines from memory and models that play scripts.
@Suite("The playground as plain text")
struct PlainLoopTests {
    /// Runs the loop over these lines to its end.
    private func run(
        _ lines: String, services: ScriptedServices = ScriptedServices(), panes: [PaneRole?] = [.small, .large],
        settings: Settings = Settings(), isTerminal: Bool = false, sessions: String? = nil
    ) async throws -> String {
        let output = MemoryOutput()
        let state = State(
            size: Size(columns: 80, rows: 24),
            panes: panes.enumerated().map { Pane(role: $1, model: "model\($0)") }, settings: settings)
        let loop = PlainLoop(
            input: .lines(lines, isTerminal: isTerminal), output: output.output, state: state, services: services,
            sessions: sessions)
        do {
            try await onOwnThread {
                var loop = loop
                try loop.run()
            }
        } catch let failure as CommandFailure {
            return output.text + "FAILED \(failure.status.rawValue): \(failure.message)\n"
        }
        return output.text
    }

    @Test func eachLineIsAPromptThatBothModelsAnswer() async throws {
        let services = ScriptedServices()
        services.onOpen { name in
            ScriptedBackend.answering(["I am ", name, "."], profile: .scripted(name: name))
        }
        let text = try await run("who are you\nand now\n", services: services)
        #expect(
            text.contains(
                "> who are you\n\nsmall, model0:\nI am model0.\n\nlarge, model1:\nI am model1.\n"))
        #expect(text.components(separatedBy: "I am model0.").count == 3)
        #expect(text.components(separatedBy: "first token (TTFT)").count == 3)
        #expect(text.contains("small: as fast to first token"))
        #expect(text.contains("small parts at"))
        #expect(services.remembered == ["who are you", "and now"])
        #expect(!text.contains("\u{1B}"))
    }

    @Test func modelsThatAnswerTogetherAreWrittenWhole() async throws {
        let text = try await run("hi\n", settings: Settings(isConcurrent: true))
        #expect(text.components(separatedBy: ":\nhello\n").count == 3)
        #expect(text.contains("shared the machine"))
    }

    @Test func aBackslashGoesOnWithTheNextLine() async throws {
        let services = ScriptedServices()
        _ = try await run("one\\\ntwo\nC:\\\\\nlast\\", services: services)
        #expect(services.remembered == ["one\ntwo", "C:\\\\", "last"])
    }

    @Test func whatAModelWritesCannotSteerTheTerminal() async throws {
        let services = ScriptedServices()
        services.onOpen { name in
            ScriptedBackend.answering(
                ["\u{1B}[2J\u{7}", "\u{9B}31m", "bad\u{0}\r"], profile: .scripted(name: "\u{1B}]0;x\u{7}"))
        }
        let text = try await run("hi\n/inspect\n/inspect 1\n/stats\n/prompt\n", services: services, panes: [nil])
        #expect(text.contains("␛[2J␇⟨9B⟩31mbad␀␍\n"))
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) || $0 == "\n" })
    }

    @Test func answersThatFailAreSaidAndGiveAnExitCode() async throws {
        let services = ScriptedServices()
        services.onOpen { name in
            if name == "model1" { throw CommandFailure(message: "model1.gguf: expected GGUF") }
            return ScriptedBackend.answering(["fine"], profile: .scripted(name: name))
        }
        let text = try await run("hi\n", services: services)
        #expect(text.contains("large: model1.gguf: expected GGUF\n"))
        #expect(text.contains("small, model0:\nfine\n"))
        #expect(text.contains("(No model is open here; /model chooses one.)"))
        #expect(text.hasSuffix("FAILED 1: 1 answer failed\n"))
    }

    @Test func linesThatAreNoTextEndIt() async throws {
        let output = MemoryOutput()
        let input = LineInput(isTerminal: false) { [0xFF, 0x0A] }
        let state = State(size: Size(columns: 80, rows: 24), panes: [Pane(role: nil, model: "a")])
        let loop = PlainLoop(input: input, output: output.output, state: state, services: ScriptedServices())
        await #expect(throws: CommandFailure.self) {
            try await onOwnThread {
                var loop = loop
                try loop.run()
            }
        }
    }

    @Test func filesAreReadWrittenAndWaitedFor() async throws {
        let folder = try TemporaryFolder()
        let question = folder.path + "/question.txt"
        try "What is this?\n".write(toFile: question, atomically: true, encoding: .utf8)
        let services = ScriptedServices()
        let text = try await run(
            "/read \(question)\nanswer briefly\n/copy \(folder.path)/answer.txt @small\n/copy\n/quit\nnever\n",
            services: services)
        #expect(services.remembered == ["What is this?\nanswer briefly"])
        #expect(try String(contentsOfFile: folder.path + "/answer.txt", encoding: .utf8) == "hello\n")
        #expect(text.contains("Written: \(folder.path)/answer.txt"))
        #expect(text.contains("The clipboard needs a full screen; /copy FILE"))
        #expect(!text.contains("never"))
    }

    @Test func sessionsAreRecordedAndGoneOnWith() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/kept.diptych"
        _ = try await run("first question\n/save \(file)\n", sessions: folder.path + "/sessions")
        let text = try await run("/load \(file)\nsecond\n")
        #expect(text.contains("> first question\nsmall,") || text.contains("> first question\n\nsmall,"))
        #expect(text.contains("Loaded; the next prompt goes on with it, with the parameters set now."))
        #expect(text.contains("> second\n\nsmall,"))
    }

    @Test func ctrlCStopsTheAnswersAndTwiceLeaves() async throws {
        let services = ScriptedServices()
        services.onOpen { _ in
            ScriptedBackend(
                profile: .scripted(name: "endless"),
                script: [
                    .event(.prompt(PromptSummary(tokens: 1, cachedTokens: 0))),
                    .event(.token(ChatToken(text: "begun", at: .milliseconds(1)))), .waitForCancellation,
                ])
        }
        let output = MemoryOutput()
        let state = State(size: Size(columns: 80, rows: 24), panes: [Pane(role: nil, model: "a")])
        let loop = PlainLoop(
            input: .lines("go\n", isTerminal: true, staysOpen: true), output: output.output, state: state,
            services: services)
        async let ended: Void = onOwnThread {
            var loop = loop
            try loop.run()
        }
        func wait(for wanted: String) async throws {
            while !output.text.contains(wanted) { try await Task.sleep(for: .milliseconds(2)) }
        }
        try await wait(for: "begun")
        loop.interrupt()
        try await wait(for: "(stopped after 1 token)")
        #expect(output.text.contains("\n(stopped after 1 token)\nStopped. Ctrl+C again leaves Diptych.\n"))
        loop.interrupt()
        try await ended
    }

    @Test func whatComesWhileALineIsTypedStandsAboveIt() async throws {
        let output = MemoryOutput()
        let state = State(size: Size(columns: 80, rows: 24), panes: [Pane(role: nil, model: "a")])
        let loop = PlainLoop(
            input: .lines("", isTerminal: true, staysOpen: true), output: output.output, state: state,
            services: ScriptedServices())
        async let ended: Void = onOwnThread {
            var loop = loop
            try loop.run()
        }
        while !output.text.hasSuffix("\n> ") { try await Task.sleep(for: .milliseconds(2)) }
        loop.interrupt()
        let wanted = "\n> \nCtrl+C again leaves Diptych.\n> "
        while !output.text.hasSuffix(wanted) { try await Task.sleep(for: .milliseconds(2)) }
        loop.interrupt()
        try await ended
    }

    @Test func withoutATerminalCtrlCEndsIt() async throws {
        let state = State(size: Size(columns: 80, rows: 24), panes: [Pane(role: nil, model: "a")])
        let loop = PlainLoop(
            input: .lines("", isTerminal: false, staysOpen: true), output: MemoryOutput().output, state: state,
            services: ScriptedServices())
        loop.interrupt()
        await #expect(throws: Interrupted.self) {
            try await onOwnThread {
                var loop = loop
                try loop.run()
            }
        }
    }

    @Test func aTerminalShowsItsLinesItself() async throws {
        let text = try await run("hi\n", isTerminal: true)
        #expect(!text.contains("> hi"))
        #expect(text.contains("> \nsmall, model0:\nhello\n"))
        #expect(text.hasSuffix("> \n"))
    }

    @Test(arguments: [
        (false, [:], false), (true, [:], true), (false, ["TERM": "dumb"], true), (false, ["TERM": "xterm"], false),
        (false, ["ACCESSIBLE": "1"], true), (false, ["ACCESSIBLE": "0"], false), (false, ["ACCESSIBLE": ""], false),
    ])
    func whatAsksForPlainText(isConfigured: Bool, environment: [String: String], expected: Bool) {
        #expect(PlainMode.isWanted(isConfigured: isConfigured, environment: environment) == expected)
    }

    @Test func linesComeInPiecesAndOfAnyEnd() throws {
        let pieces = Mutex<[[UInt8]]>([Array("a\r\nb".utf8), Array("b\n\n".utf8), Array("c".utf8)])
        let input = LineInput(isTerminal: false) { pieces.withLock { $0.isEmpty ? [] : $0.removeFirst() } }
        let readings = (0..<5).map { _ in input.next() }
        #expect(readings == [.line("a"), .line("bb"), .line(""), .line("c"), .end])
    }

    @Test func endlessLinesAreGivenUp() {
        let block = [UInt8](repeating: 0x61, count: 1 << 20)
        let input = LineInput(isTerminal: false) { block }
        guard case .failed(let reason) = input.next() else {
            Issue.record("an endless line was read")
            return
        }
        #expect(reason.contains("longer"))
    }
}

extension LineInput {
    /// Lines from memory.
    /// - Parameter staysOpen: whether more could come behind them.
    fileprivate static func lines(_ text: String, isTerminal: Bool, staysOpen: Bool = false) -> LineInput {
        let rest = Mutex(Array(text.utf8))
        return LineInput(isTerminal: isTerminal) {
            let bytes = rest.withLock { bytes in
                defer { bytes = [] }
                return bytes
            }
            if bytes.isEmpty, staysOpen { DispatchSemaphore(value: 0).wait() }
            return bytes
        }
    }
}
