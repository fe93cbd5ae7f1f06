import Screen
import Testing

@testable import Playground

@Suite struct MarkdownLimitTests {
    /// None of these may cost more than its length, nor make a block that does.
    @Test(arguments: [
        "a", "ab ", "*a", "a*", "**a ", "_a_ ", "`", "` ``", "[", "]", "[a](", "[a](b)", "(", "![", "\\", "|", "| ",
        "> ", "- ", "#", "# ", "-", "~", " ", "\t", "\u{0}", "日", "\u{301}", "é", "👩‍👩‍👧‍👦", "|-", "```", "```\n",
        "- a\n", "a\n\n", "|a|\n", "> a\n", "\n", "*_",
    ])
    func muchOfAnythingIsLaidOut(piece: String) {
        let answer = "x " + String(repeating: piece, count: 100_000 / piece.utf8.count) + " y"
        let blocks = AnswerBlocks(answer, form: .markdown)
        let last = blocks.lines(columns: 80).last?.text.trimmingPrefix { $0 == " " || $0 == "│" }
        #expect(last?.hasSuffix("y") == true)
        let limit = BlockScanner.maximumBytes + BlockScanner.maximumLineBytes + BlockScanner.cutBytes
        for block in blocks.blocks where block.kind != .blank && block.kind != .table && block.kind != .rule {
            #expect(block.range.count <= limit + 1)
        }
    }

    @Test func aMegabyteOnALineIsCutAtBlanks() {
        let answer = String(repeating: "abcdefg ", count: 125_000)
        let blocks = AnswerBlocks(answer, form: .markdown)
        #expect(blocks.blocks.count > 3)
        let words = blocks.lines(columns: 80).flatMap { $0.text.split(separator: " ") }
        #expect(words.count == 125_000 && words.allSatisfy { $0 == "abcdefg" })
    }

    @Test func longCodeGoesOnWithoutSeams() {
        let lines = (0..<3_000).map { "line \($0)" }
        let blocks = AnswerBlocks("```c\n" + lines.joined(separator: "\n") + "\n```\nend", form: .markdown)
        #expect(blocks.blocks.count > 3)
        let expected = ["│ c"] + lines.map { "│ " + $0 } + ["end"]
        #expect(blocks.lines(columns: 40).map(\.text) == expected)
    }

    @Test func nestingEnds() {
        let blocks = AnswerBlocks(String(repeating: "> ", count: 100) + "x", form: .markdown)
        #expect(blocks.blocks[0].containers.count == BlockScanner.maximumDepth)
        #expect(blocks.lines(columns: 400)[0].text.hasSuffix("> > x"))
    }

    @Test func aBlockCostsNothingUntilItIsLaidOut() {
        let blocks = AnswerBlocks("a\n\n# b\n\n- c", form: .markdown)
        #expect(blocks.blocks.map(\.kind) == [.paragraph, .blank, .heading(level: 1), .blank, .paragraph])
        #expect(blocks.lines(of: blocks.blocks[2], columns: 10).map(\.text) == ["# b"])
        #expect(blocks.settledCount == 3)
    }
}
