import Screen
import Testing

@testable import Playground

@Suite struct MarkdownTests {
    @Test(arguments: [
        ("", []),
        ("\n\n one\n\n", ["one"]),
        ("one two three", ["one two three"]),
        ("a\n\n\n\nb", ["a", "", "b"]),
        ("line\nbreak  \nkept\\\nhere", ["line", "break", "kept", "here"]),
        ("# Title #\ntext", ["# Title", "text"]),
        ("### A *b* c", ["### A b c"]),
        ("#hashtag", ["#hashtag"]),
        ("####### seven", ["####### seven"]),
        ("- a\n- b", ["• a", "• b"]),
        ("- a\n  - b\n    - c\n- d", ["• a", "  • b", "    • c", "• d"]),
        ("1. a\n  - b\n2. c", ["1. a", "   • b", "2. c"]),
        ("- a\n\t- b\n\t\t- c", ["• a", "  • b", "    • c"]),
        ("- a\n\n  more\n\nout", ["• a", "", "  more", "", "out"]),
        ("9) a\n10) b", ["9) a", "10) b"]),
        ("text\n2. no list", ["text", "2. no list"]),
        ("text\n1. list", ["text", "1. list"]),
        ("- [ ] do\n- [x] done\n- [y] no", ["[ ] do", "[x] done", "• [y] no"]),
        ("-", ["• "]),
        ("-5 degrees", ["-5 degrees"]),
        ("- - a", ["• • a"]),
        ("> a\n> b\n>\n> > c\nd", ["│ a", "│ b", "│ ", "│ │ c", "d"]),
        (">>> print(1)", [">>> print(1)"]),
        ("> - a\n>   b", ["│ • a", "│   b"]),
        ("---", ["────────────────────"]),
        ("a\n***\nb", ["a", "────────────────────", "b"]),
        ("[a](http://b.c) d", ["a (http://b.c) d"]),
        ("![a](b \"c\")", ["a (b \"c\")"]),
        ("[a](b c) [d] [e]()", ["[a](b c) [d] [e]()"]),
        ("<b>x</b> &amp;", ["<b>x</b> &amp;"]),
        ("    indented\n\ttoo", ["│ indented", "│ too"]),
        ("text\n    not code", ["text", "    not code"]),
    ])
    func blocksAreDrawn(_ answer: String, _ expected: [String]) {
        #expect(AnswerBlocks.shown(answer, columns: 20) == expected)
    }

    @Test(arguments: [
        ("```swift\nlet a = 1\n\n  b\n```\nafter", ["│ swift", "│ let a = 1", "│ ", "│   b", "after"]),
        ("```\nabcdefghijklmnopqrstuvwxyz\n```", ["│ abcdefghijklmnopqr", "│ stuvwxyz"]),
        ("```\na  b\n", ["│ a  b"]),
        ("```", ["│ "]),
        ("~~~~\n```\n~~~\n~~~~", ["│ ```", "│ ~~~"]),
        ("```\n# no\n- no\n> no\n*no*", ["│ # no", "│ - no", "│ > no", "│ *no*"]),
        ("1. a\n   ```py\n   x\n     y\n   ```\n2. b", ["1. a", "   │ py", "   │ x", "   │   y", "2. b"]),
        ("1. a\n   ```\nx\n   ```\nb", ["1. a", "   │ x", "b"]),
        ("> ```\n> a\nb", ["│ │ a", "b"]),
        ("- ```\n  a\n  ```", ["• │ a"]),
        ("```a`b```", ["a`b"]),
        ("\tif x {\n\t\ty", ["│ if x {", "│     y"]),
    ])
    func codeKeepsItsLines(_ answer: String, _ expected: [String]) {
        #expect(AnswerBlocks.shown(answer, columns: 20) == expected)
    }

    @Test(arguments: [
        ("**a** b", ["strong:a", "answer: b"]),
        ("*a* _b_", ["emphasis:a", "answer: ", "emphasis:b"]),
        ("__a *b* c__", ["strong:a ", "strong:b", "strong: c"]),
        ("***a***", ["strong:a"]),
        ("***a** b*", ["strong:a", "emphasis: b"]),
        ("`a*b*` c", ["code:a*b*", "answer: c"]),
        ("`` a`b ``", ["code:a`b"]),
        ("**Note:**text", ["strong:Note:", "answer:text"]),
        ("是**重点**内", ["answer:是", "strong:重点", "answer:内"]),
        ("snake_case_names", ["answer:snake_case_names"]),
        ("2*3*4 and 2**3**4", ["answer:2*3*4 and 2**3**4"]),
        ("a * b * c", ["answer:a * b * c"]),
        ("*.txt and *.md", ["answer:*.txt and *.md"]),
        ("**open", ["answer:**open"]),
        ("`open", ["answer:`open"]),
        ("**a *b**", ["answer:*", "emphasis:a ", "emphasis:b"]),
        ("\\*a\\* \\(x\\) \\\\", ["answer:*a", "answer:* \\(x\\) \\\\"]),
        ("# a `b` **c**", ["muted:# ", "heading:a ", "code:b", "heading: ", "heading:c"]),
        ("[a](b)", ["answer:a", "answer: ", "muted:(b)"]),
        ("a\u{1B}[1mb", ["answer:a", "control:␛", "answer:[1mb"]),
        ("x\u{202E}y", ["answer:x", "control:⟨202E⟩", "answer:y"]),
    ])
    func marksGiveRoles(_ answer: String, _ expected: [String]) {
        #expect(AnswerBlocks.runs(answer) == expected)
    }

    @Test func emphasisGoesOnBelow() {
        let lines = AnswerBlocks("**a\nb** c", form: .markdown).lines(columns: 20)
        #expect(lines.map(\.text) == ["a", "b c"])
        #expect(lines.map { $0.runs[0].role } == [.strong, .strong])
    }

    @Test(arguments: [
        ("- one two three", 9, ["• one two", "  three"]),
        ("10. one two three", 9, ["10. one", "    two", "    three"]),
        ("> one two three", 7, ["│ one", "│ two", "│ three"]),
        ("- a **bc**, d", 6, ["• a", "  bc,", "  d"]),
        ("- ab", 1, ["•", "a", "b"]),
        ("12. ab", 2, ["12", ".", "ab"]),
        ("> ab", 2, ["ab"]),
        ("```\nab\n```", 3, ["ab"]),
        ("日本語です", 5, ["日本", "語で", "す"]),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"]),
    ])
    func linesHangAndPrefixesGiveWay(_ answer: String, _ columns: Int, _ expected: [String]) {
        #expect(AnswerBlocks.shown(answer, columns: columns) == expected)
    }

    @Test func tablesAreAligned() {
        let table = "| Name | n |\n|:--|--:|\n| a\\|b | 1 |\n| c | 100 | x |\n\nend"
        let expected = [
            "Name │   n │ ", "─────┼─────┼──", "a|b  │   1 │ ", "c    │ 100 │ x", "", "end",
        ]
        #expect(AnswerBlocks.shown(table, columns: 20) == expected)
        #expect(AnswerBlocks.shown("a | b\n--|--\n日 | c", columns: 20) == ["a  │ b", "───┼──", "日 │ c"])
    }

    @Test func tablesThatDoNotFitStayAsTheyAre() {
        let table = "| Name | n |\n|:--|--:|\n| c | 100 |"
        #expect(AnswerBlocks.shown(table, columns: 9) == ["| Name |", "n |", "|:--|--:|", "| c | 100", "|"])
        #expect(AnswerBlocks.shown("a | b", columns: 9) == ["a | b"])
    }
}
