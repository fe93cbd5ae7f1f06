import Foundation
import Testing

/// Answers that try to steer the terminal, in a session file as a server would have sent them.
@Suite("Hostile answers in a real terminal", .serialized)
struct HostileOutputTests {
    /// Each would do harm if a terminal read it.
    static let tokens = [
        "\u{1B}[2J\u{1B}[H", "\u{1B}]0;owned\u{7}", "\u{1B}]52;c;b3duZWQ=\u{7}", "\u{1B}[?1049l", "\u{1B}c",
        "\u{7}\u{7}",
        "\u{0}", "\u{9B}2J", "\u{9D}0;owned\u{9C}", "\u{1B}P+q\u{1B}\\", "\u{1B}[?1000h\u{1B}[?1003h", "\u{1B}[8;5;20t",
        "\u{E}\u{F}", "\u{8}\u{8}\u{B}\u{C}\r", "\u{85}\u{2028}\u{202E}", "\u{1B}k owned\u{1B}\\", "\u{FFFD}\u{FFFD}",
        "\u{1B}[6n", "\u{1B}[c", "\u{7F}", "\u{E0041}\u{FEFF}",
    ]

    @Test("change nothing but the text shown", .enabled(if: TmuxPlayground.canRun))
    func steering() throws {
        let playground = try TmuxPlayground()
        let terminal = playground.terminal
        let facts = ["pane_title", "mouse_any_flag", "mouse_all_flag", "alternate_on", "pane_width"]
        let before = try facts.map { try terminal.value(of: $0) }
        let log = "\(playground.folder.path)/log"
        let session = try playground.record(Self.tokens + ["\n\nEND"])
        try terminal.log(to: log)
        try terminal.type("/load \(session)")
        let shown = try terminal.wait(for: "the end") { $0.contains("END") }
        #expect(shown.contains("␛[2J␛[H␛]0;owned␇␛]52;c;b3duZWQ=␇␛[?1049l␛c␇␇␀⟨9B⟩2J"))
        // Whatever shows tokens: the inspector, the prompt's page, the figures, an export's notice.
        for key in ["M-i", "Right", "Right", "Escape", "M-h", "M-m", "M-t", "Escape", "M-p", "Escape"] {
            try terminal.press(key)
            _ = try terminal.settle()
        }
        #expect(try facts.map { try terminal.value(of: $0) } == before)
        #expect(try !terminal.value(of: "window_name").contains("owned"))
        try terminal.type("/quit")
        _ = try terminal.wait(for: "the shell") { $0.contains("ready$") && !$0.contains("END") }
        #expect(try playground.status() == "0")
        #expect(try terminal.value(of: "buffer_name").isEmpty)
        let sent = try Data(contentsOf: URL(filePath: log))
        #expect(sent.contains(0x1B))
        let foreign = Self.foreign(in: String(decoding: sent, as: UTF8.self))
        #expect(foreign.isEmpty, "\(foreign.prefix(5).map(\.debugDescription))")
    }

    @Test(
        "may be as long as they like", .enabled(if: TmuxPlayground.canRun),
        arguments: [
            [String(repeating: "x", count: 10_000_000), " END"], [String(repeating: "\n", count: 1_000_000), "END"],
            [String(repeating: "日", count: 1_000_000), " END"], [String(repeating: "> ", count: 100_000), "END"],
        ])
    func length(_ tokens: [String]) throws {
        let playground = try TmuxPlayground()
        let session = try playground.record(tokens)
        try playground.terminal.type("/load \(session)")
        _ = try playground.terminal.wait(for: "the end") { $0.contains("END") }
        for word in ["one", "two"] {
            try playground.terminal.type(word + " \\")
            try playground.terminal.press("C-u")
        }
        try playground.terminal.type("/quit")
        _ = try playground.terminal.wait(for: "the shell") { $0.contains("ready$") && !$0.contains("END") }
        #expect(try playground.status() == "0")
    }

    /// What isn't printed text, a move, an attribute or a mode that the program itself uses.
    private static func foreign(in sent: String) -> [String] {
        let own = /\u{1B}\[[0-9;]*[A-HJ-MPSTXZ@`abdefgmr]|\u{1B}\[\?(1|7|12|25|1000|1006|1049|2004)(;25)?[hl]/
        let others = /\u{1B}\[(22|23);0;0t|\u{1B}\[34[hl]|\u{1B}[=>78M]|\u{1B}\([0B]|\u{1B}\[4l|\u{1B}\[[0-9]*b/
        let rest = sent.replacing(own, with: "").replacing(others, with: "")
        return rest.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0x08, 0x09, 0x0A, 0x0D, 0x0F: false
            case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0xE0000...0xE007F: true
            default: false
            }
        }.map { String($0) }
    }
}
