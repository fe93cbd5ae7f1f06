import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct BlindTests {
    @Test func sidesAreShuffledByTheSeedAlone() {
        func orders(_ seed: UInt64) -> [[Int]] {
            var driver = PlaygroundDriver.blind(seed: seed)
            return (0..<12).map { _ in
                driver.enter("hi")
                let shown = driver.state.shownPanes
                driver.answer(0, "a")
                driver.answer(1, "b")
                driver.press(.character("t"))
                return shown
            }
        }
        #expect(orders(1) == orders(1))
        #expect(orders(1) != orders(2))
        #expect(Set(orders(1)) == [[0, 1], [1, 0]])
    }

    /// Whatever is on the screen until the vote: no name, no role, no figure, and not whose answer comes first.
    @Test(arguments: [false, true], [UInt64(1), 2, 3, 4]) func nothingTellsWhoIsWho(_ together: Bool, _ seed: UInt64) {
        var driver = PlaygroundDriver.blind(seed: seed)
        if together { driver.press(.function(5)) }
        driver.enter("Why?")
        let empty = render(driver.state)
        expectNoHint(driver)
        driver.chat(0, .prompt(PromptSummary(tokens: 40, cachedTokens: 0)), .note("smollm2 falls back to ChatML"))
        var guess = ChatToken.chosen("blue", 0.4, over: ("red", 0.3))
        guess.isDrafted = true
        driver.answer(0, [guess], finish: nil)
        expectNoHint(driver)
        #expect(render(driver.state) == empty)
        driver.chat(0, .memory(PlaygroundSample.smallMemory), .finished(.length, at: .seconds(1)))
        expectNoHint(driver)
        #expect(render(driver.state) == empty)
        driver.answer(1, [.chosen("scattered", 0.4)], finish: nil)
        #expect(render(driver.state) == empty)
        driver.send(.run(driver.runs[1].id, .failed("qwen2.5-coder-1.5b-instruct: the context is full")))
        // Both are there, and nothing but both.
        #expect(driver.state.focus == .vote)
        expectNoHint(driver)
        let text = render(driver.state).text()
        #expect(text.contains("blue"))
        #expect(text.contains("scattered"))
        #expect(!text.contains("≠"))
        driver.press(.character("t"))
        #expect(render(driver.state).text().contains("smollm2-135m-instruct"))
    }

    @Test func formerAnswersAndTheirNamesAreOutOfSight() {
        var driver = PlaygroundDriver.blind()
        driver.enter("one")
        driver.answer(0, "from the small one")
        driver.answer(1, "from the large one")
        driver.press(.left)
        #expect(render(driver.state).text().contains("from the small one"))
        driver.enter("two")
        driver.answer(0, "a")
        driver.answer(1, "b")
        let text = render(driver.state).text()
        #expect(!text.contains("from the"))
        #expect(text.contains("› two"))
    }

    /// Keys that would show names, figures or one side alone are refused, or are about all panes.
    @Test func noKeyTells() {
        var driver = PlaygroundDriver.blind()
        driver.enter("hi")
        driver.press(.tab)
        for key in Keymap.standard.bindings.filter({ $0.context == .everywhere || $0.context == .answer }).flatMap(
            \.keys)
        where key != .alt("n") && key != .function(7) && key != .control("n") && key != .escape && key != .control("c")
        {
            var attempt = driver
            let before = attempt.state.dialog
            attempt.press(key)
            let text = render(attempt.state).text()
            #expect(!text.contains("of small") && !text.contains("of large"), "\(key.name)")
            #expect(!text.contains("smollm2") || attempt.state.dialog != before && isList(attempt), "\(key.name)")
        }
        #expect(driver.state.inspector == nil)
        for line in ["/stats", "/inspect", "/prompt @1", "/follow", "/zoom", "/copy"] {
            driver.press(.control("u"), .backTab)
            driver.state.focus = .prompt
            driver.enter(line)
            #expect(driver.state.notice?.kind == .warning, "\(line)")
            #expect(driver.state.dialog == nil, "\(line)")
            driver.press(.control("u"))
        }
    }

    @Test func onlyTwoPanesCanBeComparedBlindly() {
        var driver = PlaygroundSample.ready()
        driver.enter("/add third")
        driver.press(.alt("n"))
        #expect(driver.state.blind == nil)
        #expect(driver.state.notice?.text.contains("exactly two panes; there are 3") == true)
    }

    @Test func namesStayHiddenWhileAnswersComeEvenIfItIsTurnedOff() {
        var driver = PlaygroundDriver.blind()
        driver.enter("hi")
        driver.press(.alt("n"))
        #expect(driver.state.isHidden)
        #expect(driver.state.notice?.kind == .warning)
    }

    @Test(arguments: [
        Key.alt("u"), .function(7), .alt("n"),
    ])
    func takingBackWhatIsHiddenShowsTheNames(_ key: Key) {
        var driver = PlaygroundDriver.voting()
        driver.press(key)
        #expect(!driver.state.isHidden)
        #expect(driver.state.focus == .prompt)
        #expect(render(driver.state).text().contains("small smollm2"))
    }

    @Test(arguments: ["/close @2", "/add gemma3-270m", "/repeat 2"])
    func commandsThatShowTheNamesEndTheVote(_ line: String) {
        var driver = PlaygroundDriver.voting()
        driver.press(.control("o"))
        driver.state.dialog = nil
        driver.state.focus = .prompt
        driver.enter(line)
        #expect(!driver.state.isHidden)
        #expect(driver.state.focus == .prompt)
    }

    @Test func regeneratingHidesBothAnewAndAsksAgain() {
        var driver = PlaygroundDriver.voting()
        driver.press(.alt("g"))
        #expect(driver.state.isHidden)
        #expect(driver.state.focus == .prompt)
        driver.answer(0, "c")
        driver.answer(1, "d")
        #expect(driver.state.focus == .vote)
        #expect(driver.state.panes.map { $0.turns[0].answer.text } == ["c", "d"])
    }

    @Test func oneSideAloneIsNotRegenerated() {
        var driver = PlaygroundDriver.voting()
        driver.press(.character("t"), .tab, .character("r"))
        #expect(driver.state.panes.allSatisfy { $0.turns[0].kind == .regeneration })
    }

    @Test func theVoteWaitsWhateverElseComes() {
        var driver = PlaygroundDriver.voting()
        driver.send(.input(.paste("the next prompt")))
        #expect(driver.state.focus == .vote)
        #expect(driver.state.prompt.text == "the next prompt")
        driver.send(.edited(.success("edited")))
        #expect(driver.state.focus == .vote)
        driver.press(.control("o"), .escape, .escape, .tab)
        #expect(driver.state.focus == .vote)
        driver.press(.down, .up)
        #expect(driver.state.focus == .vote)
        driver.press(.right)
        #expect(driver.state.focus == .prompt)
        #expect(driver.state.prompt.text == "edited")
    }

    @Test func aSessionThatIsLoadedEndsTheTest() {
        var driver = PlaygroundDriver.voting()
        let exchange = EarlierSession.Exchange(prompt: "old", events: [], profile: PlaygroundSample.smallProfile)
        let side = EarlierSession.Side(role: .small, model: "m", exchanges: [exchange])
        driver.send(.sessionRead(.success(EarlierSession(sides: [side, side]))))
        #expect(driver.state.blind == nil)
        #expect(driver.state.shownPanes == [0, 1])
        #expect(driver.state.focus == .prompt)
    }

    private func isList(_ driver: PlaygroundDriver) -> Bool {
        switch driver.state.dialog {
        case .models, .list: true
        default: false
        }
    }

    private func expectNoHint(_ driver: PlaygroundDriver, sourceLocation: SourceLocation = #_sourceLocation) {
        let text = render(driver.state).text()
        for hint in ["small", "large", "smol", "qwen", "TTFT", "tok", "MB", "ms", "Q4", "ChatML", "context"] {
            #expect(!text.contains(hint), "\(hint)", sourceLocation: sourceLocation)
        }
        // Nor do colours: both sides look the same, whoever stands there.
        let roles = Set((0..<30).flatMap { render(driver.state).cells(row: $0).map(\.role) })
        #expect(roles.isDisjoint(with: [.small, .large, .drafted, .divergence]), sourceLocation: sourceLocation)
    }
}
