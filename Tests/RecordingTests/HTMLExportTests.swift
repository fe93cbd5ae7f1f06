import Chat
import ChatTestSupport
import Foundation
import Testing

@testable import Recording

@Suite struct HTMLExportTests {
    private static let payloads = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "</style><b>",
        "<\u{301}script>", "&lt;script&gt;", "]]><!--", "\u{0}\u{1B}[31m\u{202E}<a href=//example.org>",
        "javascript:alert(1)",
    ]

    /// Everything in a session that somebody else may have written says `text`.
    private static func session(saying text: String) throws -> RecordedSession {
        var opening = Sample.opening(0, role: .small, name: text)
        opening.model = text
        opening.profile.architecture = text
        opening.profile.format = text
        opening.file = RecordedModelFile(name: text, sha256: text, hashSource: .catalog)
        opening.parameters.template = text
        opening.parameters.cacheFormat = text
        opening.parameters.draftModel = text
        var start = Sample.start(1, pane: 0, turn: 1, prompt: text, at: .zero)
        start.request.messages[0].content = text
        var session = try Sample.session(
            [.paneOpened(opening), .runStarted(start)] + Sample.answer([text, text], run: 1) + [
                .event(run: 1, .note(text)), .failed(run: 1, message: text, at: .seconds(1)),
                .vote(Vote(prompt: text, panes: [0], outcome: .won(pane: 0), at: .seconds(2))),
                .remark(Remark(text: text, at: .seconds(3))),
            ])
        session.header.program = text
        session.header.version = text
        session.header.machine = RecordedMachine(system: text, processor: text, kernels: text)
        return session
    }

    /// The tags of a page, with the names of their attributes and without what these say.
    private static func tags(_ page: String) -> [String] {
        page.matches(of: /<[^>]*>/).map { match in
            String(match.output).replacing(/"[^"]*"/, with: "")
        }
    }

    @Test(arguments: payloads)
    func whatOthersWroteIsNeverMarkup(_ payload: String) throws {
        let page = HTMLExport(try Self.session(saying: payload)).text
        #expect(Self.tags(page) == Self.tags(HTMLExport(try Self.session(saying: "harmless")).text))
        #expect(!page.contains(payload) || payload.allSatisfy { !"<>&\"'".contains($0) })
        #expect(page.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
        #expect(!page.unicodeScalars.contains("\u{202E}"))
    }

    @Test func thePageNeedsNothingElse() throws {
        let page = HTMLExport(try Sample.session()).text
        #expect(page.contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\""))
        for word in ["<script", "<link", "<img", "<iframe", "url(", "@import", "http:", "https:", " src=", " href="] {
            #expect(!page.contains(word), "\(word)")
        }
    }

    @Test func showsPromptAnswersFiguresChartsModelsAndMachine() throws {
        let page = HTMLExport(try Sample.session()).text
        for text in [
            "<bdi>tiny and huge</bdi>", "A processor, 2 processors, kernels avx2, 8.59 GB of memory, Linux 6.1",
            ">Name a river.</blockquote>", ">The Rhine.</div>", ">The Rhône, say.</div>", "failed: the context is full",
            "stopped by the user", "the prompt was cut", String(repeating: "ab", count: 32),
            "The lakes were a mistake.",
            "better: large: huge",
            "<p class=\"verdict\">small: 2.0x faster to first token, 2.0x tokens/s, same memory</p>",
            "<th scope=\"row\">time to first token (TTFT)</th><td>50.0 ms</td><td>100 ms</td>",
            "<th scope=\"row\">decode</th><td>100 tok/s</td><td>50.0 tok/s</td>",
            "<th scope=\"row\">memory</th><td>1.50 kB</td><td>1.50 kB</td>",
            "<th scope=\"row\">of them cached</th><td>2</td><td>2</td>",
            "<th scope=\"row\">energy, measured</th><td>1.50 J</td><td>1.50 J</td>",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        // Three kinds of charts of both panes; the second prompt has no gaps and one memory sample at most, but one of its
        // answers came from a server.
        #expect(page.matches(of: /<svg\b/).count == 7)
        #expect(page.matches(of: /role="img" aria-label="small: tiny:/).count == 3)
    }

    @Test func aTornRecordingIsSaid() throws {
        var session = try Sample.session()
        session.summary = SessionFile.Summary(ending: .torn(line: 7, bytes: 12), unknownRecords: 3)
        let page = HTMLExport(session).text
        #expect(page.contains("breaks off in line 7"))
        #expect(page.contains("3 records of kinds that are not known"))
    }

    @Test func repeatsBecomeMediansWithTheirSpread() throws {
        var records: [SessionRecord] = [.paneOpened(Sample.opening(0))]
        for (run, first) in [50, 80, 60].enumerated() {
            records.append(.runStarted(Sample.start(run, pane: 0, turn: 1, purpose: .repeat, at: .seconds(run))))
            records += Sample.answer(["a", "b"], run: run, first: .milliseconds(first))
        }
        let page = HTMLExport(try Sample.session(records)).text
        #expect(page.contains("<td>60.0 ms (50.0 ms to 80.0 ms)</td>"))
    }

    @Test func anEmptySessionIsAPage() throws {
        let page = HTMLExport(try Sample.session([])).text
        #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
    }
}
