import Foundation
import Screen
import Testing

/// Texts that terminals and programs like to disagree about, typed and shown, held against the cells of a terminal.
@Suite("Hard texts in a real terminal", .serialized)
struct HardTextTests {
    struct Text: Sendable {
        /// What is typed or answered.
        var text: String
        /// What the terminal's cells hold.
        var shown: String
        var columns: Int
    }

    static let texts = [
        Text(text: "日本語", shown: "日本語", columns: 6),
        Text(text: "한국어", shown: "한국어", columns: 6),
        Text(text: "\u{1112}\u{1161}\u{11AB}", shown: "\u{1112}\u{1161}\u{11AB}", columns: 2),
        Text(text: "ｆｕｌｌ", shown: "ｆｕｌｌ", columns: 8),
        Text(text: "e\u{301}o\u{308}", shown: "e\u{301}o\u{308}", columns: 2),
        Text(text: "👩‍👩‍👧‍👦", shown: "👩", columns: 2),
        Text(text: "👍🏽", shown: "👍", columns: 2),
        Text(text: "🇩🇪🇫🇷", shown: "🇩🇪🇫🇷", columns: 4),
        Text(text: "🏴󠁧󠁢󠁥󠁮󠁧󠁿", shown: "🏴", columns: 2),
        Text(text: "❤\u{FE0F}", shown: "❤ ", columns: 2),
        Text(text: "☎\u{FE0E}", shown: "☎", columns: 1),
        Text(text: "1\u{FE0F}\u{20E3}", shown: "1\u{20E3} ", columns: 2),
        Text(text: "שָׁלוֹם", shown: "שָׁלוֹם", columns: 4),
        Text(text: "مرحبا", shown: "مرحبا", columns: 5),
        Text(text: "a\u{200B}b", shown: "ab", columns: 2),
        Text(text: "कि", shown: "कि", columns: 2),
        Text(text: "กำ", shown: "กำ", columns: 2),
        Text(text: "ﷺ", shown: "ﷺ", columns: 1),
        Text(text: "\u{202E}abc", shown: "⟨202E⟩abc", columns: 9),
    ]

    /// Where the prompt's text begins.
    private static let start = 3

    private func paste(_ text: String, into playground: TmuxPlayground) throws {
        let file = try playground.folder.write(Array(text.utf8), as: "paste.txt")
        try playground.terminal.paste(file: file)
    }

    @Test("are edited character by character", .enabled(if: TmuxPlayground.canRun))
    func editing() throws {
        let playground = try TmuxPlayground()
        let terminal = playground.terminal
        for hard in Self.texts {
            let text = Comment(rawValue: hard.text.debugDescription)
            try paste(hard.text + "|", into: playground)
            let screen = try terminal.wait(for: "\(hard.shown)|") { $0.contains(" › \(hard.shown)|\n") }
            #expect(screen.split(separator: "\n").allSatisfy { TextWidth.columns(of: String($0)) <= 80 }, text)
            #expect(try terminal.waitForCursor(column: Self.start + hard.columns + 1), text)
            // The mark behind the text goes with one key, and each of its characters with one more.
            try terminal.press("BSpace")
            #expect(try terminal.waitForCursor(column: Self.start + hard.columns), text)
            for _ in hard.text { try terminal.press("Left") }
            #expect(try terminal.waitForCursor(column: Self.start), text)
            for _ in hard.text { try terminal.press("Right") }
            #expect(try terminal.waitForCursor(column: Self.start + hard.columns), text)
            for _ in hard.text { try terminal.press("BSpace") }
            _ = try playground.waitForHints()
        }
    }

    @Test("keep the frame around an answer straight", .enabled(if: TmuxPlayground.canRun))
    func answers() throws {
        let playground = try TmuxPlayground()
        // Short lines, and lines that must be broken.
        let lines = Self.texts.map { $0.text + "|" } + Self.texts.map { String(repeating: $0.text + " ", count: 30) }
        let session = try playground.record(lines.map { $0 + "\n\n" } + ["END"])
        try playground.terminal.type("/load \(session)")
        _ = try playground.terminal.wait(for: "the end") { $0.contains("END") }
        try playground.terminal.press("Tab")
        var seen: Set<String> = []
        for _ in 0..<40 {
            let screen = try playground.terminal.screen()
            let rows = screen.split(separator: "\n").map(String.init)
            for row in rows where row.hasPrefix("│") {
                #expect(row.hasSuffix("│") && TextWidth.columns(of: row) == 80, "\(row)")
            }
            seen.formUnion(Self.texts.map(\.shown).filter { shown in rows.contains { $0.hasPrefix("│ \(shown)|") } })
            try playground.terminal.press("PageUp")
            _ = try playground.terminal.settle()
        }
        #expect(Set(Self.texts.map(\.shown)).subtracting(seen).isEmpty)
    }
}
