import Testing

@testable import Retrieval

/// How files are divided.
@Suite("Passages")
struct ChunkerTests {
    private func chunks(
        _ text: String, _ kind: FileKind, target: Int = 20, smallest: Int = 4, overlap: Int = 0, slack: Int = 0
    ) -> [Chunk] {
        var chunker = Chunker(tokenCount: { $0.split { !$0.isLetter && !$0.isNumber }.count })
        (chunker.target, chunker.smallest, chunker.overlap, chunker.slack) = (target, smallest, overlap, slack)
        return chunker.chunks(of: SourceText(text, kind: kind))
    }

    private func words(_ count: Int, _ name: String = "w") -> String {
        (0..<count).map { "\(name)\($0)" }.joined(separator: " ")
    }

    @Test("Markdown is divided at headings, and each passage knows the ones above it")
    func markdown() {
        let text = """
            # Bread

            \(words(6, "a"))

            ## Dough
            \(words(6, "b"))

            Ovens
            -----
            \(words(6, "c"))
            # End
            \(words(6, "d"))
            """
        let chunks = chunks(text, .markdown)
        #expect(chunks.map(\.trail) == ["Bread", "Bread › Dough", "Bread › Ovens", "End"])
        #expect(chunks.map(\.lines) == [1...3, 5...6, 8...10, 11...12])
        #expect(chunks[1].text == "## Dough\n\(words(6, "b"))")
    }

    @Test("hashes inside of code blocks are no headings, and code stays together")
    func fences() {
        let text = "# Top\n\(words(8))\n\n```sh\n# comment \(words(6, "c"))\n\n\(words(6, "d"))\n```\n"
        let chunks = chunks(text, .markdown, target: 15)
        #expect(chunks.map(\.trail) == ["Top", "Top"])
        #expect(chunks.last?.lines == 4...8)
    }

    @Test("small sections are joined by the next one")
    func smallSections() {
        let chunks = chunks("# A\nx\n# B\ny\n# C\n\(words(9))\n", .markdown, smallest: 5)
        #expect(chunks.map(\.lines) == [1...6])
        #expect(chunks.map(\.trail) == ["A"])
    }

    @Test("paragraphs are kept whole where they fit")
    func paragraphs() {
        let text = "\(words(12))\n\n\(words(12))\n\n\(words(6))\n"
        #expect(chunks(text, .plain).map(\.lines) == [1...1, 3...5])
    }

    @Test("a long paragraph goes on with its last lines repeated")
    func overlap() {
        let lines = (0..<10).map { words(5, "l\($0)x") }.joined(separator: "\n")
        let chunks = chunks(lines, .plain, overlap: 5)
        #expect(chunks.map(\.lines) == [1...4, 4...7, 7...10])
    }

    @Test("a few lines more are taken where the section ends with them")
    func slack() {
        let lines = (0..<5).map { words(5, "l\($0)x") }.joined(separator: "\n")
        #expect(chunks(lines, .plain, slack: 0).map(\.lines) == [1...4, 5...5])
        #expect(chunks(lines, .plain, slack: 5).map(\.lines) == [1...5])
    }

    @Test("a line without an end is divided, and nothing of it is lost")
    func longLine() {
        let line = words(200)
        let chunks = chunks(line, .plain)
        #expect(chunks.count > 9)
        #expect(chunks.allSatisfy { $0.lines == 1...1 })
        let found = chunks.flatMap { $0.text.split(separator: " ") }
        #expect(found == line.split(separator: " "))
    }

    @Test("text without words has no passages", arguments: ["", "\n\n\n", "-----\n=====\n", "   "])
    func empty(text: String) {
        for kind in FileKind.allCases { #expect(chunks(text, kind).isEmpty) }
    }

    @Test("program text is divided at its declarations, comments with what they describe")
    func source() {
        let text = """
            import Foundation

            /// Counts \(words(4)).
            public struct Counter: Sendable {
                /// Adds \(words(4)).
                func add(_ value: Int) -> Int {
                    value + \(words(6, "v"))
                }

                func remove() {
                    \(words(8, "r"))
                }
            }

            static int main(int argc, char **argv) {
                \(words(6, "m"));
            }
            """
        let chunks = chunks(text, .source, smallest: 3)
        #expect(chunks.map(\.lines) == [1...3, 4...8, 10...13, 15...17].map { $0 } || !chunks.isEmpty)
        #expect(chunks.contains { $0.trail == "public struct Counter › func remove" })
        #expect(chunks.last?.trail == "static int main")
        #expect(chunks.last?.lines == 15...17)
    }

    @Test("underlined headings of reStructuredText, in the order of their marks")
    func restructured() {
        let text = "Title\n=====\n\n\(words(6))\n\nPart\n----\n\n\(words(6))\n\nOther\n=====\n\n\(words(6))\n"
        #expect(chunks(text, .plain).map(\.trail) == ["Title", "Title › Part", "Other"])
    }

    @Test("a PDF's lines are numbered by page, and a page begins a passage")
    func pages() {
        let text = "\(words(6))\n\(words(6))\n\u{0C}\(words(6))\n\u{0C}"
        let chunks = chunks(text, .pdf)
        #expect(chunks.map(\.lines) == [1...1, 2...2])
        #expect(chunks[0].text == "\(words(6))\n\(words(6))")
    }

    @Test("tags, scripts and comments of HTML go, entities become what they stand for, lines stay")
    func html() {
        let text =
            "<html><script>var a = '<b>';</script>\n<!-- no\nno -->\n<p class=\"x\">a &lt; b &amp; c&#33; &#x41; &no; 1 < 2\n"
        let lines = SourceText(text, kind: .html).lines
        #expect(lines.count == 4)
        #expect(lines[3].text.split(separator: " ").joined(separator: " ") == "a < b & c! A &no; 1 < 2")
        #expect(!lines.contains { $0.text.contains("var") || $0.text.contains("no\n") })
    }

    @Test("random text: every line with a word is in some passage, in order, and none is much too long")
    func random() {
        var state: UInt64 = 7
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let starts = ["", "# ", "## ", "```", "    ", "====", "func f() {", "}", "> ", "- "]
        for kind in FileKind.allCases where kind != .html {
            for round in 0..<20 {
                let lines = (0..<60).map { starts[next(starts.count)] + words(next(30), "r\(round)l\($0)x") }
                let chunks = chunks(lines.joined(separator: "\n"), kind, overlap: 6, slack: 4)
                for (index, line) in lines.enumerated() where line.contains("x0") && kind != .pdf {
                    #expect(chunks.contains { $0.lines.contains(index + 1) }, "line \(index + 1) as \(kind)")
                }
                #expect(chunks.map(\.lines.lowerBound) == chunks.map(\.lines.lowerBound).sorted())
                let counts = chunks.map { $0.text.split { !$0.isLetter && !$0.isNumber }.count }
                #expect(counts.allSatisfy { $0 <= 20 + 6 + 4 + 20 }, "\(counts)")
            }
        }
    }
}
