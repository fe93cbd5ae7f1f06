import Foundation
import Testing

@testable import Screen

@Suite struct TextWidthTests {
    /// One run of scalars of the same width, as the C library has it.
    struct Run {
        var scalars: ClosedRange<UInt32>
        var columns: Int
    }

    static func reference() throws -> [Run] {
        let file = try #require(
            Bundle.module.url(forResource: "wcwidth", withExtension: "txt", subdirectory: "Fixtures"))
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            let fields = $0.split(separator: " ")
            let first = try #require(UInt32(fields[0], radix: 16))
            let last = try #require(UInt32(fields[1], radix: 16))
            return Run(scalars: first...last, columns: try #require(Int(fields[2])))
        }
    }

    @Test func scalarsAreAsWideAsTheCLibrarySays() throws {
        var checked = 0
        var wrong: [String] = []
        for run in try Self.reference() {
            for value in run.scalars {
                guard let scalar = Unicode.Scalar(value) else { continue }
                checked += 1
                let columns = TextWidth.columns(of: scalar)
                if columns != run.columns {
                    wrong.append("U+\(String(value, radix: 16)): \(columns), expected \(run.columns)")
                }
            }
        }
        #expect(checked > 250_000)
        // Unicode moves a scalar to another category now and then, and the C library and Swift don't follow at once.
        #expect(wrong.count <= 4, "\(wrong.count) differ: \(wrong.prefix(20))")
    }

    @Test(arguments: [
        ("", 0), ("hello", 5), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2),
        ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4), ("…", 1), ("│", 1), ("█", 1), ("⠿", 1), ("\u{200B}", 0), ("\u{301}", 1),
        ("\u{1161}", 1), ("a\u{AD}b", 2),
        ("😀", 2), ("❤️", 2), ("❤", 1), ("👩‍👩‍👧‍👦", 2), ("👍🏽", 2), ("🇩🇪", 2), ("🇩", 1), ("1️⃣", 2), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2), ("☎︎", 1),
        ("का", 2), ("กำ", 2), ("ไม่", 2), ("שָׁלוֹם", 4), ("ﷺ", 1),
        ("\u{1B}[31m", 5), ("\u{9B}", 4), ("\r\n", 2), ("\t", 1), ("\u{202E}", 6),
    ])
    func textsAreAsWideAsTheyAreDrawn(text: String, columns: Int) {
        #expect(TextWidth.columns(of: text) == columns)
        var frame = Frame(size: Size(columns: 40, rows: 1))
        #expect(frame.write(text, at: Point(column: 0, row: 0), role: .text) == columns)
    }

    @Test(arguments: [
        ("hello", 5, "hello"), ("hello", 4, "hel…"), ("hello", 1, "…"), ("hello", 0, ""), ("hello", -3, ""),
        ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("", 0, ""), ("e\u{301}e\u{301}", 1, "…"),
    ])
    func truncationMarksWhatIsMissing(text: String, columns: Int, expected: String) {
        let truncated = TextWidth.truncate(text, to: columns)
        #expect(truncated == expected)
        #expect(TextWidth.columns(of: truncated) <= max(0, columns))
    }
}
