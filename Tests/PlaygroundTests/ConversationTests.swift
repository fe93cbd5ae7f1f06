import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct ConversationTests {
    @Test func regeneratingTakesTheNextSeedWhereChancePlaysAPart() {
        var driver = answered()
        driver.enter("/set temperature 0.8 @2")
        driver.enter("/set seed 41 @2")
        driver.press(.alt("g"))
        driver.answer(0, "c")
        driver.answer(1, "d")
        #expect(driver.runs.suffix(2).map(\.chat.sampling.seed) == [0, 42])
        #expect(driver.runs.suffix(2).map(\.kind) == [.regeneration, .regeneration])
        #expect(driver.runs.last?.chat.messages == [Message(role: .user, content: "hi")])
        #expect(driver.state.notice == nil)
    }

    @Test func atTemperatureZeroItSaysThatTheAnswerWillBeTheSame() {
        var driver = answered()
        driver.press(.alt("g"))
        #expect(driver.runs.last?.chat.sampling.seed == 0)
        #expect(driver.state.notice?.text.hasPrefix("Temperature is 0") == true)
    }

    @Test func theLargestSeedIsFollowedByTheSmallest() {
        var driver = answered()
        driver.enter("/set temperature 1")
        driver.enter("/set seed 18446744073709551615")
        driver.press(.alt("g"))
        #expect(driver.runs.last?.chat.sampling.seed == 0)
    }

    @Test func theFocusedAnswerAloneIsGivenOnceMore() {
        var driver = answered()
        driver.press(.tab, .tab, .character("r"))
        #expect(driver.runPanes.last == 1)
        driver.answer(1, "d")
        #expect(driver.state.panes.map { $0.turns[0].answer.text } == ["a", "d"])
    }

    @Test func undoBringsFormerAnswersBackOneByOneAndThenThePrompt() {
        var driver = answered()
        for answer in ["b", "c"] {
            driver.press(.alt("g"))
            driver.answer(0, answer)
            driver.answer(1, answer)
        }
        driver.press(.alt("u"))
        #expect(driver.state.panes[0].turns[0].answer.text == "b")
        driver.press(.alt("u"))
        #expect(driver.state.panes[0].turns[0].answer.text == "a")
        driver.press(.alt("u"))
        #expect(driver.state.panes.allSatisfy { $0.turns.isEmpty })
        #expect(driver.state.prompt.text == "hi")
        driver.press(.alt("u"))
        #expect(driver.state.notice?.text == "There is nothing to take back.")
    }

    @Test func undoOfAFocusedPaneLeavesTheOthersAlone() {
        var driver = answered()
        driver.press(.alt("g"))
        driver.answer(0, "c")
        driver.answer(1, "d")
        driver.press(.tab, .character("u"))
        #expect(driver.state.panes.map { $0.turns[0].answer.text } == ["a", "d"])
    }

    @Test func anEarlierPromptIsWrittenAnewAndWhatCameBehindItGoes() {
        var driver = answered()
        driver.enter("two")
        driver.answer(0, "a2")
        driver.answer(1, "b2")
        driver.enter("/edit")
        #expect(titles(driver) == ["2  two", "1  hi"])
        driver.press(.down, .enter)
        #expect(driver.state.prompt.text == "hi")
        #expect(render(driver.state).text().contains("✎ hi"))
        driver.enter(" there")
        #expect(driver.state.panes.map { $0.turns.map(\.prompt) } == [["hi there"], ["hi there"]])
        #expect(driver.runs.last?.chat.messages == [Message(role: .user, content: "hi there")])
        #expect(driver.state.editedTurn == nil)
    }

    @Test func escapeLeavesAnEarlierPromptAsItIs() {
        var driver = answered()
        driver.enter("/edit 1")
        driver.press(.escape)
        #expect(driver.state.prompt.isEmpty)
        driver.enter("two")
        #expect(driver.state.panes[0].turns.map(\.prompt) == ["hi", "two"])
    }

    @Test func aCommandMeanwhileEndsTheEditing() {
        var driver = answered()
        driver.enter("/edit 1")
        driver.press(.control("u"))
        driver.enter("/raw")
        driver.enter("two")
        #expect(driver.state.panes[0].turns.map(\.prompt) == ["hi", "two"])
    }

    /// A pane that was opened later has fewer turns; those that stand beside each other go together.
    @Test func panesThatBeganLaterKeepStep() {
        var driver = answered()
        driver.enter("/add gemma3-270m")
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile, PlaygroundSample.baseProfile)
        for prompt in ["two", "three"] {
            driver.enter(prompt)
            for pane in 0..<3 { driver.answer(pane, "x") }
        }
        driver.enter("/swap @1 @3")
        driver.enter("/undo")
        #expect(driver.state.prompt.text == "three")
        #expect(driver.state.panes.map { $0.turns.map(\.prompt) } == [["two"], ["hi", "two"], ["hi", "two"]])
        driver.press(.control("u"))
        driver.enter("/edit 1")
        driver.press(.enter)
        #expect(driver.state.panes.map { $0.turns.map(\.prompt) } == [["hi"], ["hi"], ["hi"]])
    }

    @Test func aLoadedSessionIsShownAndGoneOnWith() {
        var driver = answered()
        driver.press(.alt("l"), .enter)
        driver.press(.escape)
        driver.enter("/edit 1")
        let old = driver.state.panes.map(\.id)
        let effects = driver.send(.sessionRead(.success(session)))
        #expect(effects.prefix(2) == [.close(old[0]), .close(old[1])])
        #expect(driver.loads.suffix(2).map(\.model) == ["first.gguf", "second.gguf"])
        #expect(driver.state.panes.map(\.role) == [nil, .large])
        #expect(driver.state.panes[0].turns.map(\.answer.text) == ["old answer", "half"])
        #expect(driver.state.panes[0].turns.map(\.phase) == [.finished(.stop), .finished(.cancelled)])
        #expect(driver.state.followAlong == nil)
        #expect(driver.state.editedTurn == nil)
        #expect(!driver.state.isBusy)
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile)
        driver.press(.control("u"))
        driver.enter("new")
        #expect(
            driver.runs.last?.chat.messages.map(\.content) == ["old", "old answer", "older", "half", "new"])
    }

    @Test func aSessionThatCannotBeUsedChangesNothing() {
        var driver = answered()
        let panes = driver.state.panes
        driver.send(.sessionRead(.failure("talk.jsonl: expected a session, found a picture")))
        #expect(driver.state.notice?.kind == .failure)
        driver.send(.sessionRead(.success(EarlierSession(sides: []))))
        #expect(driver.state.notice?.kind == .warning)
        #expect(driver.state.panes == panes)
        driver.enter("more")
        let busy = driver.state.panes
        #expect(driver.send(.sessionRead(.success(session))).isEmpty)
        #expect(driver.state.notice?.kind == .warning)
        #expect(driver.state.panes == busy)
    }

    @Test func moreSidesThanPanesAreLeftOut() {
        var driver = answered()
        let side = EarlierSession.Side(role: nil, model: "m", exchanges: [])
        driver.send(.sessionRead(.success(EarlierSession(sides: Array(repeating: side, count: 6)))))
        #expect(driver.state.panes.count == 4)
        #expect(Set(driver.state.panes.map(\.id)).count == 4)
    }

    private var session: EarlierSession {
        let profile = PlaygroundSample.smallProfile
        func events(_ text: String, _ end: [ChatEvent]) -> [ChatEvent] {
            [.prompt(PromptSummary(tokens: 3, cachedTokens: 0)), .token(ChatToken(text: text, at: .seconds(1)))] + end
        }
        let whole = EarlierSession.Exchange(
            prompt: "old", events: events("old answer", [.finished(.stop, at: .seconds(2))]), profile: profile)
        let half = EarlierSession.Exchange(prompt: "older", events: events("half", []), profile: profile)
        return EarlierSession(sides: [
            EarlierSession.Side(role: nil, model: "first.gguf", exchanges: [whole, half]),
            EarlierSession.Side(role: .large, model: "second.gguf", exchanges: [whole]),
        ])
    }

    private func answered() -> PlaygroundDriver {
        var driver = PlaygroundSample.ready()
        driver.enter("hi")
        driver.answer(0, "a")
        driver.answer(1, "b")
        return driver
    }

    private func titles(_ driver: PlaygroundDriver) -> [String] {
        guard case .list(let list) = driver.state.dialog else { return [] }
        return driver.state.rows(of: list).map(\.title)
    }
}
