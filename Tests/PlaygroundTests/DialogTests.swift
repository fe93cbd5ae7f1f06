import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct DialogTests {
    @Test(arguments: [Key.function(1), .function(2), .function(3), .function(4), .control("o")])
    func opensAndClosesWithItsKeyAndWithEscape(_ key: Key) {
        var driver = PlaygroundSample.ready()
        driver.press(key)
        #expect(driver.state.dialog != nil)
        driver.press(key)
        #expect(driver.state.dialog == nil)
        driver.press(key, .escape)
        #expect(driver.state.dialog == nil)
    }

    @Test func escapeInADialogLeavesTheRunAlone() {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter, .function(1))
        #expect(driver.press(.escape).isEmpty)
        #expect(driver.state.isBusy)
        #expect(!driver.press(.escape).isEmpty)
        #expect(!driver.state.isBusy)
    }

    @Test func parametersAreUsedWhenAccepted() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(3))
        driver.type("0.8")
        driver.press(.down)
        driver.type("20")
        driver.press(.right, .down, .left)
        #expect(driver.state.panes[0].settings.sampling.temperature == 0)
        driver.press(.enter)
        #expect(driver.state.dialog == nil)
        #expect(driver.state.panes[0].settings.sampling.temperature == 0.8)
        #expect(driver.state.panes[0].settings.sampling.topK == 21)
        #expect(driver.state.panes[0].settings.sampling.topP == 0.9)
        driver.type("hi")
        driver.press(.enter)
        #expect(driver.runs.last?.chat.sampling == driver.state.panes[0].settings.sampling)
    }

    @Test func parametersAreDiscardedWithEscape() {
        var driver = PlaygroundSample.ready()
        let settings = driver.state.panes.map(\.settings)
        driver.press(.function(3))
        driver.type("2")
        driver.press(.escape)
        #expect(driver.state.panes.map(\.settings) == settings)
    }

    @Test func aValueThatIsNotAllowedIsPointedAt() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(3), .down, .down)
        driver.type("1.5")
        driver.press(.up, .enter)
        guard case .parameters(let form)? = driver.state.dialog else {
            Issue.record("the form has closed")
            return
        }
        #expect(form.parameter == .topP)
        #expect(driver.state.panes[0].settings.sampling.topP == 0.95)
        #expect(render(driver.state).text().contains("expected a number above 0, up to 1"))
    }

    @Test(arguments: [
        (Parameter.temperature, "nan"), (.temperature, "-1"), (.temperature, "5.01"), (.temperature, ""),
        (.topK, "1.5"), (.topK, "-1"), (.topP, "0"), (.minP, "2"), (.repetitionPenalty, "0"),
        (.presencePenalty, "11"), (.frequencyPenalty, "-11"), (.seed, "-1"), (.seed, "18446744073709551616"),
        (.maximumTokens, "0"), (.contextLength, "15"), (.contextLength, "99999999999999999999"),
    ])
    func refusesValuesOutOfRange(_ parameter: Parameter, _ text: String) {
        var settings = PaneSettings()
        #expect(!parameter.set(text, in: &settings))
        #expect(settings == PaneSettings())
    }

    @Test(arguments: Parameter.allCases) func showsWhatItIsSetTo(_ parameter: Parameter) {
        var settings = PaneSettings(maximumTokens: 64, contextLength: 512)
        let text = parameter.text(in: settings)
        #expect(parameter.set(text, in: &settings))
        #expect(parameter.text(in: settings) == text)
        // Steps stay inside what is allowed, whatever they start from.
        for start in [text, "", "-", "1e300", "-99999999", "9223372036854775807"] {
            for direction in [-1, 1] {
                #expect(parameter.set(parameter.stepped(start, by: direction), in: &settings), "\(start)")
            }
        }
    }

    @Test func anotherContextLengthLoadsTheModelsAnew() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(3))
        driver.press(.end)
        driver.type("512")
        driver.press(.enter)
        #expect(driver.loads.suffix(2).map(\.settings.contextLength) == [512, 512])
        #expect(driver.state.panes.allSatisfy { $0.profile == nil })
    }

    @Test func theSystemPromptIsWrittenLikeAPrompt() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(4))
        driver.type("Be brief.")
        driver.press(.control("j"))
        driver.send(.input(.paste("Be\r\nkind.")))
        driver.press(.enter)
        #expect(driver.state.panes[1].settings.systemPrompt == "Be brief.\nBe\nkind.")
        driver.press(.function(4), .control("u"), .escape)
        #expect(driver.state.panes[1].settings.systemPrompt == "Be brief.\nBe\nkind.")
        driver.press(.function(4))
        for _ in 0..<30 { driver.press(.backspace) }
        driver.press(.enter)
        #expect(driver.state.panes[1].settings.systemPrompt == "")
    }

    @Test func thePaletteFindsCommandsByTheirWords() {
        var driver = PlaygroundSample.ready()
        driver.press(.control("o"))
        driver.type("PARAM such")
        guard case .list(let list)? = driver.state.dialog else {
            Issue.record("the commands have closed")
            return
        }
        #expect(driver.state.rows(of: list).map { SlashCommand.all[$0.index].name } == ["set"])
        // It needs words: it is written, ready for them.
        driver.press(.enter)
        #expect(driver.state.prompt.text == "/set ")
    }

    @Test func thePaletteLeavesAndSuspends() {
        var driver = PlaygroundSample.ready()
        driver.press(.control("o"))
        driver.type("leave diptych")
        #expect(driver.press(.enter) == [.exit])
        driver.press(.control("o"))
        driver.type("zzz")
        #expect(driver.press(.enter).isEmpty)
        driver.press(.control("u"))
        driver.type("shell")
        #expect(driver.press(.enter) == [.suspend])
    }

    @Test func helpScrollsToItsEndAndNoFurther() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(1))
        for _ in 0..<40 { driver.press(.pageDown) }
        let text = render(driver.state).text()
        let count = driver.state.helpPage(columns: driver.state.layout.page(count: nil).size.columns).count
        #expect(text.contains("/quit"))
        #expect(text.contains("\(count)/\(count)"))
        driver.press(.character("g"))
        #expect(render(driver.state).text().contains("Everywhere"))
    }

    @Test func aThemeIsShownBeforeItIsChosen() {
        let themes = ["one", "two", "three"].map { Theme(name: $0, palette: .monochrome) }
        var driver = PlaygroundSample.ready(appearance: Appearance(themes: themes, selected: "two"))
        driver.press(.function(6), .down)
        #expect(driver.state.appearance.theme.name == "three")
        driver.press(.escape)
        #expect(driver.state.appearance.theme.name == "two")
        driver.press(.control("v"), .up, .enter)
        #expect(driver.state.appearance.theme.name == "one")
        #expect(driver.state.notice?.text == "Theme: one")
        #expect(Appearance(themes: [], selected: "none").theme == .monochrome)
    }

    @Test func eachPaneHasItsOwnParameters() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(3), .tab, .tab)
        driver.type("0.7")
        driver.press(.enter)
        #expect(driver.state.panes.map(\.settings.sampling.temperature) == [0, 0.7])
        driver.press(.function(3))
        #expect(render(driver.state).text().contains("differs"))
        // What wasn't touched stays as it is in each pane.
        driver.press(.down)
        driver.type("7")
        driver.press(.enter)
        #expect(driver.state.panes.map(\.settings.sampling.temperature) == [0, 0.7])
        #expect(driver.state.panes.map(\.settings.sampling.topK) == [7, 7])
    }
}
