import PlaygroundTestSupport
import Reports
import Screen
import ScreenTestSupport
import Testing

@testable import Playground

@Suite struct CompletionTests {
    @Test(arguments: ["/", "/s", "/mo", "/set"]) func opensWhileTheNameOfACommandIsTyped(_ text: String) {
        var driver = PlaygroundSample.ready()
        driver.type(text)
        #expect(!titles(driver).isEmpty)
        #expect(titles(driver).allSatisfy { $0.hasPrefix(text) })
    }

    @Test(arguments: ["a", "//", "//he", "a /he", " /he", "/zzz", "/help x"])
    func staysClosedElsewhere(_ text: String) {
        var driver = PlaygroundSample.ready()
        driver.type(text)
        #expect(!driver.state.completion.isOpen)
    }

    @Test func closesInSeveralLinesAndAwayFromTheEnd() {
        var driver = PlaygroundSample.ready()
        driver.type("/he")
        driver.press(.left)
        #expect(!driver.state.completion.isOpen)
        driver.press(.end)
        #expect(driver.state.completion.isOpen)
        driver.press(.control("j"))
        #expect(!driver.state.completion.isOpen)
    }

    @Test func escapeClosesThePopupAndNothingElse() {
        var driver = PlaygroundSample.ready()
        driver.enter("hi")
        driver.type("/he")
        #expect(driver.press(.escape).isEmpty)
        #expect(!driver.state.completion.isOpen)
        #expect(driver.state.isBusy)
        #expect(driver.state.prompt.text == "/he")
        // It is no command, and nothing completes it any more.
        #expect(driver.press(.enter).isEmpty)
        #expect(driver.state.prompt.text == "/he")
    }

    @Test func tabWritesTheChosenCandidate() {
        var driver = PlaygroundSample.ready()
        driver.type("/he")
        driver.press(.down, .tab)
        #expect(driver.state.prompt.text == "/heat ")
        #expect(titles(driver) == ["off", "logprob", "latency"])
        driver.press(.up, .tab)
        #expect(driver.state.prompt.text == "/heat latency")
        #expect(!driver.state.completion.isOpen)
    }

    @Test func stepsGoRoundAndPagesScrollTheAnswers() {
        var driver = PlaygroundSample.ready()
        driver.type("/")
        driver.press(.up)
        #expect(driver.state.completion.selected == SlashCommand.all.count - 1)
        driver.press(.down)
        #expect(driver.state.completion.selected == 0)
        driver.press(.pageDown)
        #expect(driver.state.completion.selected == 0)
    }

    @Test func enterOnHalfANameDoesTheChosenCommand() {
        var driver = PlaygroundSample.ready()
        #expect(driver.enter("/qui") == [.exit])
        #expect(driver.enter("/hel").isEmpty)
        #expect(driver.state.dialog == .page(PageDialog(.help)))
    }

    @Test func enterOnHalfANameThatNeedsWordsWritesItOut() {
        var driver = PlaygroundSample.ready()
        #expect(driver.enter("/exp").isEmpty)
        #expect(driver.state.prompt.text == "/export ")
        #expect(driver.state.notice == nil)
        // Words are optional here.
        driver.press(.control("u"))
        driver.enter("/mod")
        #expect(driver.state.dialog == .models(ModelPicker(pane: 0)))
    }

    @Test func suggestsWhatTheCommandsKnow() {
        let themes = ["night", "dusk"].map { Theme(name: $0, palette: .monochrome) }
        var driver = PlaygroundSample.ready(appearance: Appearance(themes: themes))
        driver.send(.modelsListed(PlaygroundSample.listings))
        let starters = [("explain", "A"), ("code", "B"), ("explain", "C")]
        driver.send(
            .libraryRead(history: [], starters: starters.map { StarterPrompt(task: $0.0, title: $0.1, text: "") }))
        for (line, wanted) in [
            ("/theme ", ["night", "dusk"]), ("/theme d", ["dusk"]), ("/start ", ["explain", "code"]),
            ("/model gem", ["gemma3-270m"]), ("/set rep", ["repetition-penalty"]), ("/repeat w", ["warm"]),
            ("/close @", ["@small", "@large", "@1", "@2"]), ("/follow @1 @", ["@1", "@2"]),
            ("/set seed 4 @l", ["@large"]),
        ] {
            driver.press(.control("u"))
            driver.type(line)
            #expect(titles(driver) == wanted, "\(line)")
        }
    }

    @Test func goesWithTheFocus() {
        var driver = PlaygroundSample.ready()
        driver.type("/he")
        driver.press(.backTab)
        #expect(driver.state.focus == .pane(1))
        #expect(!driver.state.completion.isOpen)
    }

    @Test func theChosenCandidateIsSeenAboveThePrompt() {
        var driver = PlaygroundSample.ready()
        driver.type("/")
        for _ in 0..<20 { driver.press(.down) }
        let frame = render(driver.state)
        let rows = (0..<24).filter { !frame.columns(of: .selection, row: $0).isEmpty }
        #expect(rows.count == 1)
        #expect(frame.text().contains(driver.state.completion.candidates[20].title))
    }

    private func titles(_ driver: PlaygroundDriver) -> [String] { driver.state.completion.candidates.map(\.title) }
}
