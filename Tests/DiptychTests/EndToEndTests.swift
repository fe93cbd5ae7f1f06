import EngineTestSupport
import Foundation
import Testing

@testable import diptych

@Suite("The playground in a real terminal", .serialized)
struct EndToEndTests {
    private static let isInstalled = TmuxSession.isInstalled || ProcessInfo.processInfo.environment["CI"] == "true"

    /// Opens the playground, asks, waits for both answers, leaves, and looks at what is left of the terminal.
    private func visit(_ arguments: String, until isAnswered: (String) -> Bool) throws {
        let terminal = try TmuxSession()
        let folder = try TemporaryFolder()
        try terminal.type("cd \(folder.path)")
        try terminal.type("stty -a > before.txt; clear")
        _ = try terminal.wait(for: "a clear screen") { $0.hasPrefix("ready$") && !$0.contains("stty") }

        try terminal.type("\(ProgramProcess.path) \(arguments)")
        _ = try terminal.wait(for: "two panes") { $0.contains("small") && $0.contains("large") && $0.contains("load") }
        #expect(try terminal.value(of: "alternate_on") == "1")

        try terminal.type("Name three rivers.")
        let answered = try terminal.wait(for: "both answers", isAnswered)
        #expect(answered.split(separator: "\n").allSatisfy { $0.count <= 80 })

        try terminal.press("C-c")
        try terminal.press("C-c")
        _ = try terminal.wait(for: "the shell") { $0.contains("ready$") && !$0.contains("TTFT") }
        #expect(try terminal.value(of: "alternate_on") == "0")
        #expect(try terminal.value(of: "cursor_flag") == "1")
        #expect(try terminal.value(of: "keypad_cursor_flag") == "0")
        #expect(try terminal.value(of: "mouse_any_flag") == "0")
        try terminal.type("status=$?; stty -a | diff before.txt -; echo left=$status difference=$?")
        _ = try terminal.wait(for: "a clean exit in an unchanged terminal") { $0.contains("left=0 difference=0") }
    }

    /// The verdict begins the line that sums up, which needs the figures of both panes.
    private func hasVerdict(_ screen: String) -> Bool {
        screen.split(separator: "\n").contains { $0.hasPrefix(" small: ") && $0.contains("tok") }
    }

    @Test("two tiny models answer and the terminal is as it was", .enabled(if: isInstalled))
    func tinyModels() throws {
        let folder = try TemporaryFolder()
        let small = try TinyModel(.llama).write(to: folder, as: "small.gguf")
        let large = try TinyModel(.qwen2, seed: 2).write(to: folder, as: "large.gguf")
        try visit("--small \(small) --large \(large)", until: hasVerdict)
    }

    @Test("the default pair answers and the terminal is as it was", .enabled(if: isInstalled))
    func defaultPair() throws {
        for id in ["smollm2-135m-instruct", "qwen2.5-coder-1.5b-instruct"] {
            guard try RealModel.path(id) != nil else { return }
        }
        try visit("", until: hasVerdict)
    }

    @Test("a terminal that can't place the cursor gets plain text", .enabled(if: isInstalled))
    func dumbTerminal() throws {
        let terminal = try TmuxSession(rows: 60)
        let folder = try TemporaryFolder()
        let small = try TinyModel(.llama).write(to: folder, as: "small.gguf")
        let large = try TinyModel(.qwen2, seed: 2).write(to: folder, as: "large.gguf")
        try terminal.type("cd \(folder.path); clear")
        try terminal.type("TERM=dumb \(ProgramProcess.path) --no-record --small \(small) --large \(large)")
        _ = try terminal.wait(for: "a place for the prompt") { $0.contains("\n>\n") }
        try terminal.type("/set answer-tokens 8")
        _ = try terminal.wait(for: "the parameter") { $0.contains("answer tokens is 8") }
        try terminal.type("Name three rivers.")
        let answered = try terminal.wait(for: "the verdict") { screen in
            screen.split(separator: "\n").contains { $0.hasPrefix("small: ") && $0.contains("first token") }
        }
        #expect(answered.contains("> Name three rivers."))
        #expect(answered.contains("between tokens, p50"))
        #expect(try terminal.value(of: "alternate_on") == "0")
        try terminal.press("C-c")
        _ = try terminal.wait(for: "the warning") { $0.contains("Ctrl+C again leaves Diptych.") }
        try terminal.press("C-d")
        try terminal.type("echo left=$?")
        _ = try terminal.wait(for: "a clean exit") { $0.contains("left=0") }
    }

    @Test("piped lines are answered in turn, without a byte that steers a terminal")
    func pipedLines() throws {
        let folder = try TemporaryFolder()
        let small = try TinyModel(.llama).write(to: folder, as: "small.gguf")
        let large = try TinyModel(.qwen2, seed: 2).write(to: folder, as: "large.gguf")
        let arguments = ["--plain", "--no-record", "--small", small, "--large", large]
        let lines = "/set answer-tokens 6\nFirst.\nSecond.\n/follow\n/prompt\n/repeat 2\n/inspect 1\n"
        let result = try ProgramProcess.run(arguments, input: lines)
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        #expect(result.output.components(separatedBy: "first token (TTFT)").count == 3)
        for wanted in [
            "> Second.", "tokens are its own first choice", "a bar between tokens", "2 rounds, done", "token 1 of",
        ] {
            #expect(result.output.contains(wanted))
        }
        #expect(result.output.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })

        let failed = try ProgramProcess.run(["--plain", "--no-record", folder.path + "/none.gguf"], input: "hi\n")
        #expect(failed.status == 1)
        #expect(failed.errors == "diptych: 1 answer failed\n")
    }
}
