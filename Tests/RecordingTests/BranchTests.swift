import Chat
import Foundation
import Testing

@testable import Recording

/// Answers that go on from another token of the answer before.
@Suite struct BranchTests {
    /// "The Rhine." and a branch that chose " else" for its second token and went on with " flows".
    private static func session(
        prefix: AnswerText, first: [SessionRecord] = Sample.answer(["The ", "Rhine", "."], run: 1),
        then others: [SessionRecord] = [], keepsAlternatives: Bool = true
    ) throws -> RecordedSession {
        let records =
            [
                .paneOpened(Sample.opening(0)), .paneOpened(Sample.opening(1)),
                .runStarted(Sample.start(1, pane: 0, turn: 1, at: .seconds(1))),
            ] + first
            // Another pane's answer and a measurement aren't what the branch goes on from.
            + [.runStarted(Sample.start(2, pane: 1, turn: 1, at: .seconds(2)))]
            + Sample.answer(["A", "B", "C"], run: 2)
            + [.runStarted(Sample.start(3, pane: 0, turn: 2, purpose: .repeat, at: .seconds(3)))]
            + Sample.answer(["X", "Y", "Z"], run: 3) + branch(4, prefix, [" flows"]) + others
        let folder = try TemporaryFolder()
        let file = try SessionFile(path: folder.write(records))
        return try RecordedSession(reading: file, keepsAlternatives: keepsAlternatives)
    }

    private static func branch(_ run: Int, _ prefix: AnswerText, _ words: [String]) -> [SessionRecord] {
        var start = Sample.start(run, pane: 0, turn: run, purpose: .branch, at: .seconds(run))
        start.request.answerPrefix = prefix
        return [.runStarted(start)] + Sample.answer(words, run: run)
    }

    @Test(arguments: [true, false])
    func theAnswerHasItsBeginning(keepsAlternatives: Bool) throws {
        let session = try Self.session(prefix: .tokens([100, 7]), keepsAlternatives: keepsAlternatives)
        #expect(session.runs.map(\.answer) == ["The Rhine.", "ABC", "XYZ", "The  else flows"])
        let branch = session.runs[3]
        #expect(branch.answerBeginning == "The  else")
        #expect(branch.tokens.map(\.text) == [" flows"])
        #expect(branch.beginning.contains { !$0.alternatives.isEmpty } == keepsAlternatives)
    }

    @Test func aBranchOfABranchHasBothBeginnings() throws {
        let session = try Self.session(
            prefix: .tokens([100, 7]), then: Self.branch(5, .tokens([100, 7, 7]), ["!"]))
        #expect(session.runs[4].answer == "The  else else!")
        // The tokens may be those that were there.
        let same = try Self.session(prefix: .tokens([100, 101]))
        #expect(same.runs[3].answer == "The Rhine flows")
    }

    @Test func textOfAServerIsTheBeginning() throws {
        let thought = ChatToken(text: "Hm.", channel: .reasoning, isChunk: true, at: .milliseconds(10))
        let session = try Self.session(
            prefix: .text("The Po"),
            first: [.event(run: 1, .token(thought))] + Sample.answer(["The ", "Rhine"], run: 1))
        #expect(session.runs[3].answer == "The Po flows")
        #expect(session.runs[3].thoughts == "Hm.")
    }

    /// Of ids that the answer before doesn't have, nobody knows the text.
    @Test(arguments: [[100, 9], [99, 7], [100, 101, 102, 103], []])
    func whatIsNotKnownIsSaid(_ ids: [Int]) throws {
        let session = try Self.session(prefix: .tokens(ids))
        #expect(session.runs[3].beginning.isEmpty)
        #expect(session.runs[3].answer == " flows")
        #expect(MarkdownExport(session).text.contains("- the beginning of the answer is not in the recording\n"))
    }

    @Test func documentsHaveTheWholeAnswerAndSayWhereItBranches() throws {
        let session = try Self.session(prefix: .tokens([100, 7]))
        let text = MarkdownExport(session).text
        #expect(text.contains("```text\nThe  else flows\n```\n\n- the branch begins behind “The  else”\n"))
        #expect(text.components(separatedBy: "the branch begins").count == 2)
        let page = HTMLExport(session).text
        #expect(page.contains("<div class=\"answer\" dir=\"auto\">The  else flows</div>"))
        #expect(page.contains("the branch begins behind “The  else”"))
        let object = try JSONSerialization.jsonObject(with: Data(JSONExport(session).encoded().utf8)) as? [String: Any]
        let turns = try #require(object?["turns"] as? [[String: Any]])
        let answers = try turns.flatMap { try #require($0["answers"] as? [[String: Any]]) }
        #expect(answers.last?["answer"] as? String == "The  else flows")
        #expect(answers.map { $0["answer_beginning"] as? String } == [nil, nil, nil, "The  else"])
        #expect((answers.last?["tokens"] as? [Any])?.count == 1)
    }

    @Test func onlyTheEndOfALongBeginningIsSaid() throws {
        let session = try Self.session(prefix: .text(String(repeating: "a", count: 60) + "b"))
        let said = "the branch begins behind “…\(String(repeating: "a", count: 39))b”"
        #expect(session.runs[3].remarks.first == said)
    }
}
