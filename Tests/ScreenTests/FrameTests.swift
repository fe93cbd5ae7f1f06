import ScreenTestSupport
import Testing

@testable import Screen

@Suite struct FrameTests {
    private func frame(_ columns: Int, _ rows: Int) -> Frame { Frame(size: Size(columns: columns, rows: rows)) }

    @Test func textIsClippedAtBothEdges() {
        var frame = frame(6, 2)
        #expect(frame.write("abcdefgh", at: Point(column: 2, row: 0), role: .text) == 4)
        #expect(frame.write("abcdefgh", at: Point(column: -3, row: 1), role: .text, columns: 5) == 5)
        expectFrame(
            frame,
            """
              abcd
            de
            """)
    }

    @Test func outOfRangeReadsBlankAndIgnoresWrites() {
        var frame = frame(2, 1)
        frame[column: 2, row: 0] = Cell("x")
        frame[column: 0, row: -1] = Cell("x")
        frame.write("x", at: Point(column: .max, row: 0), role: .text)
        frame.write("x", at: Point(column: 0, row: .max), role: .text)
        frame.fill(Rect(column: -5, row: -5, columns: 4, rows: 4), with: Cell("x"))
        #expect(frame == self.frame(2, 1))
        #expect(frame[column: 99, row: 0] == .blank)
    }

    @Test func wideGlyphsAreNeverSplit() {
        var frame = frame(5, 3)
        #expect(frame.write("日本語", at: Point(column: 0, row: 0), role: .text) == 4)
        #expect(frame.write("日本", at: Point(column: -1, row: 1), role: .text) == 4)
        frame[column: 4, row: 2] = Cell("日")
        #expect(frame[column: 1, row: 0].glyph == Cell.continuation)
        #expect(frame[column: 0, row: 1] == .blank)
        expectFrame(frame, "日本\n 本\n")
    }

    @Test func writingOverOneHalfBlanksTheOther() {
        var frame = frame(6, 1)
        frame.write("日本語", at: Point(column: 0, row: 0), role: .text)
        frame.write("x", at: Point(column: 1, row: 0), role: .text)
        frame.write("y", at: Point(column: 4, row: 0), role: .text)
        expectFrame(frame, " x本y")
        frame.write("中", at: Point(column: 1, row: 0), role: .text)
        expectFrame(frame, " 中 y")
    }

    @Test func controlCharactersBecomeVisible() {
        var frame = frame(20, 1)
        #expect(frame.write("a\u{1B}[2Jb\u{9B}", at: Point(column: 0, row: 0), role: .answer) == 10)
        expectFrame(frame, "a␛[2Jb⟨9B⟩")
        #expect(frame[column: 1, row: 0].role == .control)
        #expect(frame[column: 2, row: 0].role == .answer)
        frame[column: 0, row: 0] = Cell("\u{7}")
        #expect(frame[column: 0, row: 0].glyph == "␇")
    }

    @Test func conjunctsTakeACellForEachSpacingScalar() {
        var frame = frame(4, 1)
        #expect(frame.write("का", at: Point(column: 0, row: 0), role: .text) == 2)
        #expect(frame[column: 0, row: 0].glyph == "क")
        #expect(frame[column: 2, row: 0] == .blank)
    }

    @Test func fillRepeatsWideGlyphsWhereTheyFit() {
        var frame = frame(5, 2)
        frame.fill(Rect(column: 0, row: 0, columns: 5, rows: 1), with: Cell("日", .chart))
        frame.fill(Rect(column: 1, row: 1, columns: 3, rows: 9), with: Cell("·", .muted))
        expectFrame(frame, "日日\n ···")
        #expect(frame[column: 4, row: 0].role == .chart)
    }

    @Test func borderCarriesATitle() {
        var frame = frame(12, 3)
        frame.border(Rect(frame.size), role: .border, title: "A long title")
        expectFrame(
            frame,
            """
            ┌─ A lon… ─┐
            │          │
            └──────────┘
            """)
        frame.border(Rect(column: 0, row: 0, columns: 1, rows: 3), role: .border, title: "x")
    }

    @Test func rolesCanBeReadBack() {
        var frame = frame(3, 1)
        frame.write("ab", at: Point(column: 0, row: 0), role: .error)
        #expect(frame.roles(row: 0) == [.error, .error, .text])
    }

    @Test(arguments: 0..<50)
    func noHalfGlyphEverStandsAlone(seed: UInt64) {
        var generator = Seeded(state: seed)
        var frame = frame(9, 2)
        for _ in 0..<40 {
            let point = Point(
                column: Int.random(in: -3...10, using: &generator), row: Int.random(in: 0...1, using: &generator))
            let text = ["a", "日", "日本語", "x日", "👍🏽", "\u{1B}", "का"].randomElement(using: &generator) ?? ""
            if Bool.random(using: &generator) {
                frame.write(text, at: point, role: .text, columns: Int.random(in: 0...6, using: &generator))
            } else {
                frame[column: point.column, row: point.row] = Cell(text.first ?? " ")
            }
            for row in 0..<2 {
                for column in 0..<9 {
                    let isContinuation = frame[column: column, row: row].glyph == Cell.continuation
                    let left = column > 0 ? frame[column: column - 1, row: row].glyph : " "
                    #expect(isContinuation == (left != Cell.continuation && TextWidth.columns(of: left) == 2))
                }
            }
        }
    }
}
