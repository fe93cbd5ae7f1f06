import CNcurses
import Screen
import Testing

@testable import TerminalIO

@Suite struct CellTextTests {
    private func text(_ pieces: [CellText.Piece]) -> [String] {
        pieces.map { piece in
            String(String.UnicodeScalarView(piece.scalars.compactMap { Unicode.Scalar($0) }))
        }
    }

    @Test(arguments: [
        ("a", 1, ["a"]), ("e\u{301}", 1, ["e\u{301}"]), ("日", 2, ["日"]), ("👩‍👩‍👧‍👦", 2, ["👩"]), ("👍🏽", 2, ["👍"]),
        ("❤\u{FE0F}", 2, ["❤"]), ("🇩🇪", 2, ["🇩", "🇪"]), ("1\u{FE0F}\u{20E3}", 2, ["1\u{20E3}"]),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2, ["🏴"]),
    ])
    func onlyWhatTerminalsAgreeOnIsSent(glyph: Character, columns: Int, expected: [String]) {
        #expect(text(CellText.pieces(of: glyph, columns: columns)) == expected)
    }

    @Test(arguments: [
        ("a", 1, ["a"]), ("é", 1, ["e"]), ("─", 1, ["-"]), ("┌", 1, ["+"]), ("│", 1, ["|"]), ("…", 1, ["."]),
        ("日", 2, ["?", "?"]), ("Ａ", 2, ["A", " "]), ("█", 1, ["#"]), ("⠋", 1, ["?"]), ("→", 1, [">"]),
    ])
    func asciiSaysMuchTheSame(glyph: Character, columns: Int, expected: [String]) {
        #expect(text(CellText.ascii(glyph, columns: columns)) == expected)
    }

    /// A line drifts where the C library, and so curses and tmux, measures what is sent otherwise than the frame does.
    @Test func cursesMeasuresWhatTheFrameMeasures() {
        _ = terminal_prepare_locale()
        let text = """
            plain 日本語 한국어 ｆｕｌｌ ﾊﾝｶｸ e\u{301} Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305} שָׁלוֹם ไม่ กำ का क्ष 😀 👩‍👩‍👧‍👦 👍🏽 ❤️ ☎︎ 🇩🇪 🇩 1️⃣ \
            ␛ ⟨9B⟩ ─│┌ █▁⠋ … → “” ﷺ ⌛ ★ ☃
            """
        for character in text {
            var frame = Frame(size: Size(columns: 8, rows: 1))
            let used = frame.write(String(character), at: Point(column: 0, row: 0), role: .text)
            for column in 0..<used where frame[column: column, row: 0].glyph != Cell.continuation {
                let isWide = frame[column: column + 1, row: 0].glyph == Cell.continuation
                for piece in CellText.pieces(of: frame[column: column, row: 0].glyph, columns: isWide ? 2 : 1) {
                    let measured = terminal_scalar_columns(piece.scalars[0])
                    #expect(measured >= 1 && measured <= Int32(piece.columns), "\(character)")
                    #expect(piece.scalars.dropFirst().allSatisfy { terminal_scalar_columns($0) == 0 }, "\(character)")
                }
            }
        }
    }
}
