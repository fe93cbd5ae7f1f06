import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

/// What a model thinks is seen, and is no part of its answer.
@Suite struct ThoughtsTests {
    private func thought(_ text: String, id: Int? = nil, _ at: Int = 0) -> ChatToken {
        var token = ChatToken.chosen(text, 0.6, over: (" else", 0.3))
        token.id = id
        token.channel = .reasoning
        token.at = .milliseconds(at)
        return token
    }

    private func said(_ text: String, id: Int? = nil, _ at: Int = 0) -> ChatToken {
        var token = ChatToken.chosen(text, 0.6, over: (" other", 0.3))
        token.id = id
        token.at = .milliseconds(at)
        return token
    }

    /// A model that thinks beside one that doesn't.
    private func answered(_ tokens: [ChatToken], finish: FinishReason? = .stop) -> PlaygroundDriver {
        var driver = PlaygroundSample.ready(size: Size(columns: 100, rows: 30))
        driver.enter("Hi")
        driver.answer(0, tokens, finish: finish)
        driver.answer(1, [said("Yes", 1), said(".", 2)].map { $0 })
        return driver
    }

    private var tokens: [ChatToken] { [thought("Well"), thought(", maybe"), said("Yes"), said(".")] }

    @Test func channelsHaveTheirOwnTextAndPlaces() {
        var answer = AnswerTokens()
        for token in [thought("ab"), said("Ye"), thought("cd"), said("s")] { answer.append(token) }
        #expect(answer.text == "Yes")
        #expect(answer.thoughts == "abcd")
        #expect((0..<4).map { answer.range(of: $0) } == [0..<2, 0..<2, 2..<4, 2..<3])
        #expect((0...3).map { answer.token(at: $0) } == [1, 1, 3, nil])
        #expect((0...4).map { answer.token(at: $0, in: .reasoning) } == [0, 0, 2, 2, nil])
    }

    @Test func thoughtsAreFoldedOnceTheAnswerBegins() {
        let thinking = answered(Array(tokens.prefix(2)), finish: nil)
        #expect(render(thinking.state).text().contains("│ Well, maybe▌"))
        var driver = answered(tokens)
        #expect(render(driver.state).text().contains("▸ thought for 20.0 ms, 2 tokens"))
        #expect(!render(driver.state).text().contains("Well, maybe"))
        driver.press(.alt("k"))
        #expect(render(driver.state).text().contains("│ Well, maybe "))
        driver.enter("/thoughts")
        #expect(!render(driver.state).text().contains("Well, maybe"))
    }

    @Test func blanksAreNoThoughts() {
        let driver = answered([thought("\n\n"), said("Yes")])
        #expect(!render(driver.state).text().contains("thought"))
    }

    @Test func theServersCountOfThoughtsCounts() {
        var driver = answered(tokens, finish: nil)
        driver.chat(0, .server(ServerReport(completionTokens: 60, reasoningTokens: 57)))
        #expect(driver.state.panes[0].turns[0].thoughtsTitle.hasSuffix(", 57 tokens"))
    }

    @Test func theConversationAndTheClipboardHaveTheAnswerAlone() {
        var driver = answered(tokens)
        driver.enter("More")
        #expect(driver.run(in: 0)?.chat.messages.map(\.content) == ["Hi", "Yes.", "More"])
        var other = answered(tokens)
        #expect(other.enter("/copy") == [.copy("Yes.")])
    }

    @Test func aRunOfThoughtsAloneIsNoAnswer() {
        var driver = answered(Array(tokens.prefix(2)))
        #expect(driver.enter("/copy").isEmpty)
        driver.press(.control("u"))
        driver.enter("More")
        #expect(driver.run(in: 0)?.chat.messages.map(\.content) == ["More"])
    }

    @Test func answersPartWhereTheAnswersPart() {
        var driver = PlaygroundSample.ready()
        driver.converse("Hi", tokens, [said("Yes"), said("!")])
        #expect(driver.state.divergences[0]?.token == 3)
        #expect(driver.state.divergences[1]?.token == 1)
    }

    @Test func theInspectorStepsThroughThoughtsToo() {
        var driver = answered(tokens)
        driver.press(.function(9))
        #expect(driver.state.inspector?.token == 2)
        driver.press(.left)
        let text = render(driver.state).text()
        #expect(text.contains("small · token 2 of 4 · a thought"))
        #expect(text.contains("│ Well, maybe"))
        let frame = render(driver.state)
        #expect(
            (0..<frame.size.rows).contains { row in
                frame.cells(row: row).contains { $0.role == .token && $0.glyph == "m" }
            })
    }

    /// From a thought, the next pane shows where its answer begins, if it has no thoughts.
    @Test func theOtherPanesTokenIsOfTheSameChannel() {
        var driver = answered(tokens)
        driver.press(.function(9), .left, .left, .left, .tab)
        #expect(driver.state.inspector?.pane == 1)
        #expect(driver.state.inspector?.token == 0)
        driver.press(.tab)
        #expect(driver.state.inspector?.token == 2)
    }

    @Test func withoutIdsOnlyTheAnswerCanGoOnOtherwise() {
        var driver = answered(tokens)
        driver.press(.function(9), .home, .down)
        #expect(driver.press(.enter).isEmpty)
        #expect(driver.state.notice?.text.contains("thoughts can't") == true)
        driver.press(.end, .left, .down)
        driver.press(.enter)
        #expect(driver.run(in: 0)?.chat.answerPrefix == .text(" other"))
        #expect(driver.state.panes[0].turns[0].answer.thoughts == "Well, maybe")
    }

    @Test func withIdsThoughtsCanGoOnOtherwise() {
        var driver = answered(
            tokens.enumerated().map { index, token in
                var token = token
                token.id = index
                return token
            })
        driver.press(.function(9), .home, .right, .down)
        driver.press(.enter)
        #expect(driver.run(in: 0)?.chat.answerPrefix == .tokens([0, ChatToken.id(of: " else")]))
    }

    @Test func modelsAreLedThroughTheAnswerAlone() {
        var driver = answered(tokens)
        driver.enter("/follow @large @small")
        guard case .follow(let request)? = driver.effects.last else {
            Issue.record("nothing is followed")
            return
        }
        #expect(request.text == "Yes.")
        #expect(request.tokens == .text("Yes."))
    }

    /// Who thinks, and how long, would tell who it is.
    @Test func hiddenAnswersHideTheirThoughts() {
        var driver = PlaygroundSample.ready()
        driver.press(.alt("n"), .alt("k"))
        driver.converse("Hi", tokens, [said("No")])
        #expect(driver.state.focus == .vote)
        #expect(!render(driver.state).text().contains("thought"))
        #expect(!render(driver.state).text().contains("maybe"))
        driver.press(.left)
        #expect(render(driver.state).text().contains("maybe"))
    }

    /// A recorded choice of a model that knows no ids: the text behind what both have in common.
    @Test(arguments: [("Yes other", 3), (" other", 2), ("Yes.?", 3)])
    func recordedBranchesAreFoundByTheirText(_ prefix: String, _ index: Int) {
        var driver = answered(tokens)
        let pane = driver.state.panes[0].id
        driver.send(.replay(.branch(pane: pane, prefix: .text(prefix))))
        let answer = driver.state.panes[0].turns[0].answer
        #expect(answer.text == prefix)
        #expect(answer.tokens.count == index + 1)
        #expect(answer.thoughts == "Well, maybe")
    }
}
