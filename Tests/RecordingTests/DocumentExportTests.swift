import Chat
import Foundation
import Testing
import Typesetting

@testable import Recording

@Suite struct DocumentExportTests {
    private func object() throws -> [String: Any] {
        let text = try JSONExport(Sample.session()).encoded()
        #expect(text.hasSuffix("}\n"))
        return try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func jsonHasEverything() throws {
        let object = try object()
        #expect(object["schema"] as? Int == 1)
        #expect(object["started"] as? String == "2026-11-30T00:53:20Z")
        #expect(object["is_whole"] as? Bool == true)
        let panes = try #require(object["panes"] as? [[String: Any]])
        #expect(panes.map { $0["name"] as? String } == ["tiny", "huge"])
        #expect(panes[0]["load_ms"] as? Double == 5)
        #expect((panes[0]["file"] as? [String: Any])?["hash_source"] as? String == "computed")
        let turns = try #require(object["turns"] as? [[String: Any]])
        #expect(turns.map { $0["prompt"] as? String } == ["Name a river.", "And a lake?"])
        let answers = try turns.flatMap { try #require($0["answers"] as? [[String: Any]]) }
        #expect(answers.map { $0["answer"] as? String } == ["The Rhine.", "The Rhône, say.", "", "Lake"])
        let outcomes = answers.compactMap { $0["outcome"] as? [String: Any] }
        #expect(outcomes.map { $0["kind"] as? String } == ["finished", "finished", "failed", "cancelled"])
        #expect(outcomes[2]["error"] as? String == "the context is full")
        let metrics = try #require(answers[1]["metrics"] as? [String: Any])
        #expect(metrics["ttft_ms"] as? Double == 100)
        #expect((metrics["itl_ms"] as? [String: Any])?["list"] as? [Double] == [20, 20, 20])
        #expect((metrics["memory"] as? [String: Any])?["kv_cache"] as? Int == 560)
        #expect((metrics["resources"] as? [String: Any])?["cpu_ms"] as? Double == 322)
        let tokens = try #require(answers[0]["tokens"] as? [[String: Any]])
        #expect(tokens.map { $0["at_ms"] as? Double } == [50, 60, 70])
        #expect(tokens.map { $0["drafted"] as? Bool } == [nil, true, nil])
        #expect((tokens[0]["top"] as? [[String: Any]])?.map { $0["logprob"] as? Double } == [-0.25, -1.5])
        let votes = try #require(object["votes"] as? [[String: Any]])
        #expect(votes.map { $0["winner"] as? Int } == [1])
        #expect((object["remarks"] as? [[String: Any]])?.count == 1)
    }

    @Test func markdownHasPromptsAnswersFiguresAndModels() throws {
        let text = MarkdownExport(try Sample.session()).text
        for part in [
            "# Session of 2026-11-30 00:53:20 UTC\n", "## small: tiny\n", "- file: tiny.gguf\n",
            "## Prompt 1\n\n```text\nName a river.\n```\n\n### small: tiny\n\n```text\nThe Rhine.\n```\n",
            "- failed: the context is full\n- the prompt was cut\n",
            "| time to first token (TTFT) | 50.0 ms | 100 ms |\n", "| --- | ---: | ---: |\n",
            "## Votes\n\n- Name a river.: better: large: huge\n",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test(arguments: ["```", "a\n````` text\n# b", "~~~\n```text", "", "`"])
    func nothingEndsAFenceEarly(_ text: String) {
        let lines = MarkdownText.fence(text).split(separator: "\n", omittingEmptySubsequences: false)
        let fence = lines[lines.count - 1]
        #expect(lines[0] == fence + "text")
        #expect(fence.count >= 3 && fence.allSatisfy { $0 == "`" })
        #expect(!lines[1..<lines.count - 1].contains { $0.contains(fence) })
    }

    @Test(
        arguments: [
            ("a|b\n# <b> [x](y) *`_\\", "a\\|b␊# \\<b> \\[x](y) \\*\\`\\_\\\\"),
            // An accent on a sign is one character with it.
            ("*\u{301}", "\\*\u{301}"), ("<\u{301}a>", "\\<\u{301}a>"),
            ("# a", "\\# a"), ("##", "\\##"), ("a #", "a \\#"), ("  - a", "\\- a"), ("---", "\\---"), ("+", "\\+"),
            ("1. a", "1\\. a"), ("12)", "12\\)"), ("> a", "\\> a"), ("~~~ a", "\\~\\~\\~ a"), ("***", "\\*\\*\\*"),
            ("_a_ __b", "\\_a\\_ \\_\\_b"), ("&lt; &#35;", "\\&lt; \\&#35;"), ("![a][b]", "!\\[a]\\[b]"),
            ("https://a.example www.b a@b.c", "https\\://a.example www\\.b a\\@b.c"), (":+1:", "\\:+1:"),
            ("$1$", "\\$1\\$"),
        ])
    func markupIsEscaped(_ text: String, _ expected: String) {
        #expect(MarkdownText.escape(text) == expected)
    }

    @Test(arguments: [
        "diptych 0.1.0", "small: tiny", "qwen2.5-0.5b-instruct-q4_k_m.gguf", "f(x) = 2.5 - 1 + {y}", "1.5", "-1",
        "a < b > c",
        "AT&T, R&D", "C# and F#", "it's \"so\"!", "10:30", "$5", "hf:makers/Tiny-GGUF:Q4_K_M", "@large", "2^10 = 1024",
    ])
    func whatIsNoMarkupStaysAsItIs(_ text: String) {
        #expect(MarkdownText.escape(text) == text)
    }

    @Test func controlCharactersAreShown() {
        #expect("a\u{0}b\u{1B}\u{7F}\u{85}\u{2066}\r\n\tc".visible == "a␀b␛␡⟨85⟩⟨2066⟩\n\tc")
        #expect("a\nb\tc".visibleOnOneLine == "a␊b␉c")
        #expect("Grüße 👩‍👩‍👧 مرحبا".visible == "Grüße 👩‍👩‍👧 مرحبا")
    }
}
