import Screen
import ScreenTestSupport
import Testing

@testable import Playground

@Suite struct MarkdownPropertyTests {
    static let pieces = [
        "a", "b", "word", "two words", " ", " ", "  ", "    ", "\t", "\n", "\n", "\n\n", "\r\n", "\r",
        "*", "**", "***", "_", "__", "`", "``", "```", "~~~", "```swift\n", "# ", "## ", "#", "- ", "* ", "+ ",
        "1. ", "12) ", "> ", ">", "---\n", "|", "| a | b |\n", "|---|:-:|\n", "[", "]", "(", ")", "[x](y)", "![",
        "- [ ] ", "[x]", "\\", "<b>", "!", "=", ":", "snake_case", "2*3*4",
        "é", "e\u{301}", "\u{301}", "日本", "한", "का", "👩‍👩‍👧‍👦", "🇩🇪", "\u{200B}",
        "\u{0}", "\u{1B}[31m", "\u{202E}", "\u{9B}", "\u{2028}", "\u{E0041}",
        "- - - - - - - - - - x", "> > > > > > > > > > x",
    ]

    static func text(_ random: inout Seeded) -> String {
        let count = Int.random(in: 0...40, using: &random)
        return (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    /// Bytes that may vanish: marks of Markdown and blanks.
    static let marks = Set("#*_`~>-+|:[]()!\\\r\n\t ".utf8)

    @Test(arguments: 0..<40)
    func nothingIsLostOrMoved(seed: Int) {
        var random = Seeded(state: UInt64(seed))
        for _ in 0..<60 {
            let answer = Self.text(&random)
            let bytes = Array(answer.utf8)
            let columns = Int.random(in: 1...40, using: &random)
            for form in [AnswerBlocks.Form.markdown, .raw] {
                var end = 0
                var isShown = [Bool](repeating: false, count: bytes.count)
                for run in AnswerBlocks(answer, form: form).lines(columns: columns).flatMap(\.runs) {
                    #expect(!run.text.isEmpty)
                    guard let source = run.source else { continue }
                    #expect(source.lowerBound >= end && !source.isEmpty, "\(answer.debugDescription)")
                    end = source.upperBound
                    for index in source { isShown[index] = true }
                    if run.text.utf8.count == source.count, run.role != .control, bytes[source.lowerBound] != 0x09 {
                        #expect(Array(run.text.utf8) == Array(bytes[source]))
                    }
                }
                let start = answer.drop(while: \.isWhitespace).startIndex
                let first = answer.utf8.distance(from: answer.startIndex, to: start)
                let last = (answer.lastIndex { !$0.isWhitespace }).map {
                    answer.utf8.distance(from: answer.startIndex, to: answer.index(after: $0))
                }
                for index in first..<max(first, last ?? first) where !isShown[index] {
                    let mayVanish = form == .raw ? Set("\r\n\t ".utf8) : Self.marks
                    #expect(mayVanish.contains(bytes[index]), "byte \(index) of \(answer.debugDescription)")
                }
            }
        }
    }

    @Test(arguments: 0..<20)
    func blocksCoverTheAnswerAndLinesFit(seed: Int) {
        var random = Seeded(state: UInt64(seed) + 1_000)
        for _ in 0..<60 {
            let answer = Self.text(&random)
            let columns = Int.random(in: 1...40, using: &random)
            for form in [AnswerBlocks.Form.markdown, .raw] {
                let blocks = AnswerBlocks(answer, form: form)
                var end = 0
                for block in blocks.blocks {
                    #expect(block.range.lowerBound == end && !block.range.isEmpty)
                    end = block.range.upperBound
                }
                #expect(end == answer.utf8.count)
                for line in blocks.lines(columns: columns) {
                    // A single character may be too wide.
                    guard line.text.count(where: { TextWidth.columns(of: $0) > 0 }) > 1 else { continue }
                    let width = line.runs.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
                    #expect(
                        width <= columns, "\(line.text.unicodeScalars.map { $0.value }) of \(answer.debugDescription)")
                    #expect(VisibleText.of(line.text) == line.text)
                }
            }
        }
    }

    @Test(arguments: 0..<20)
    func settledBlocksStayWhileTextArrives(seed: Int) {
        var random = Seeded(state: UInt64(seed) + 2_000)
        for _ in 0..<12 {
            let answer = Self.text(&random)
            let whole = AnswerBlocks(answer, form: .markdown)
            var prefix = String.UnicodeScalarView()
            for scalar in answer.unicodeScalars {
                prefix.append(scalar)
                let part = AnswerBlocks(String(prefix), form: .markdown)
                for (index, block) in part.blocks.prefix(part.settledCount).enumerated() {
                    #expect(
                        index < whole.blocks.count && block == whole.blocks[index], "\(String(prefix).debugDescription)"
                    )
                    #expect(part.lines(of: block, columns: 20) == whole.lines(of: whole.blocks[index], columns: 20))
                }
            }
        }
    }

    @Test(arguments: 1...24)
    func rawTextBreaksAsAnyOther(columns: Int) {
        var random = Seeded(state: UInt64(columns) + 3_000)
        for _ in 0..<100 {
            // A mark on a glyph that replaces something stands apart from it here.
            let scalars = Self.text(&random).unicodeScalars.filter { $0.value != 0x301 }
            let answer = "x\(String(String.UnicodeScalarView(scalars)))x"
            let expected = Wrap.lines(of: VisibleText.of(answer), columns: columns)
            #expect(AnswerBlocks.shown(answer, columns: columns, form: .raw) == expected)
        }
    }

    @Test func plainScalarsAreAsWideAsTheyAreDrawn() {
        for value in UInt32(0x80)...0xFFFF {
            guard let scalar = Unicode.Scalar(value), let columns = PlainScalar.columns(of: value) else { continue }
            #expect(TextWidth.columns(of: Character(scalar)) == columns, "U+\(String(value, radix: 16))")
            #expect(VisibleText.of(String(scalar)) == String(scalar))
        }
    }
}
