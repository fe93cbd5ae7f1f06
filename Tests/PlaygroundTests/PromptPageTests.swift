import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct PromptPageTests {
    @Test func theTokensAreCountedAndTheirBoundariesSeen() {
        var driver = PlaygroundSample.ready()
        driver.press(.alt("p"))
        #expect(render(driver.state).text().contains("making the prompt…"))
        driver.send(.rendered(driver.state.panes[0].id, .success(Self.prompt)))
        let text = render(driver.state).text()
        #expect(text.contains("What small sees"))
        #expect(text.contains("4 tokens, 1 of them special; the context holds 4096"))
        #expect(text.contains("! the template is the family's own"))
        let line = driver.state.promptPage(of: 0, columns: 40).last
        #expect(line == [Span("Hello", .tokenOdd), Span(" you", .tokenEven), Span("→", .tokenOdd)])
    }

    @Test func aPromptThatCannotBeMadeSaysWhy() {
        var driver = PlaygroundSample.ready()
        driver.press(.alt("p"))
        driver.send(.rendered(driver.state.panes[0].id, .failure("a server doesn't say what its model sees")))
        #expect(render(driver.state).text().contains("a server doesn't say what its model sees"))
        driver.press(.tab)
        #expect(render(driver.state).text().contains("What large sees"))
        driver.press(.tab)
        #expect(render(driver.state).text().contains("What small sees"))
    }

    @Test func thePromptThatIsBeingWrittenIsShownAsItWouldBeSent() {
        var driver = PlaygroundSample.ready(paneSettings: PaneSettings(systemPrompt: "Be brief."))
        driver.type("one")
        driver.press(.alt("p"))
        #expect(rendered(driver) == [["Be brief.", "one"], ["Be brief.", "one"]])
        driver.press(.escape)
        check(&driver, sending: "one")
        driver.answer(0, "answer")
        driver.send(.run(driver.runs.last?.id ?? RunID(0), .failed("no")))
        // The turn that failed has no answer, those before it do.
        check(&driver, sending: "two")
        driver.answer(0, "answer")
        driver.answer(1, "answer")
        check(&driver, sending: "three")
        driver.answer(0, "answer")
        driver.send(.run(driver.runs.last?.id ?? RunID(0), .failed("no")))
        check(&driver, sending: "four")
    }

    @Test func aPromptThatIsWrittenAnewIsShownWithoutWhatComesBehindIt() {
        var driver = PlaygroundSample.ready()
        for prompt in ["one", "two", "three"] {
            driver.enter(prompt)
            driver.answer(0, "answer")
            driver.answer(1, "answer")
        }
        driver.enter("/edit 2")
        driver.press(.alt("p"))
        #expect(rendered(driver).first == ["one", "answer", "two"])
    }

    @Test func theLatestPromptIsShownWhereNoneIsWritten() {
        var driver = PlaygroundSample.finished()
        driver.press(.control("u"), .alt("p"))
        #expect(rendered(driver).map(\.count) == [1, 1])
        #expect(rendered(driver)[0][0].hasPrefix("Why is the sky blue?"))
    }

    @Test func panesWithoutAModelAreLeftOut() {
        var driver = PlaygroundSample.starting()
        driver.send(.started)
        driver.open(PlaygroundSample.smallProfile)
        driver.press(.alt("p"))
        #expect(rendered(driver).count == 1)
    }

    /// Expects the page to show what is then asked of the models.
    private func check(
        _ driver: inout PlaygroundDriver, sending prompt: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        driver.press(.control("u"))
        driver.type(prompt)
        driver.press(.alt("p"))
        let shown = rendered(driver)
        driver.press(.escape, .enter)
        #expect(driver.runs.last?.chat.messages.map(\.content) == shown[0], sourceLocation: sourceLocation)
    }

    /// The messages of the prompts that were asked for last, by pane.
    private func rendered(_ driver: PlaygroundDriver) -> [[String]] {
        var latest: [PaneID: [String]] = [:]
        for case .render(let pane, let request) in driver.effects { latest[pane] = request.messages.map(\.content) }
        return driver.state.panes.compactMap { latest[$0.id] }
    }

    private static let prompt = RenderedPrompt(
        pieces: [
            RenderedPrompt.Piece(id: 1, text: "<|user|>\n", isSpecial: true),
            RenderedPrompt.Piece(id: 2, text: "Hello", isSpecial: false),
            RenderedPrompt.Piece(id: 3, text: " you", isSpecial: false),
            RenderedPrompt.Piece(id: 4, text: "\t", isSpecial: false),
        ],
        notes: ["the template is the family's own"], contextLength: 4096)
}
