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
}
