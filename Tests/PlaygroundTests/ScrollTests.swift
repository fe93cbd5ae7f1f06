import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct ScrollTests {
    @Test func thePaneFollowsTheAnswerUnlessScrolled() {
        var driver = long()
        #expect(shows(driver, "line 40"))
        driver.press(.tab, .character("g"))
        #expect(shows(driver, "line 1 "))
        #expect(!shows(driver, "line 40"))
        #expect(shows(driver, "↓ more below"))
        driver.chat(0, .token(ChatToken(text: "\nline 41", at: .milliseconds(99))))
        #expect(!shows(driver, "line 41"))
        driver.press(.character("G"))
        #expect(shows(driver, "line 41"))
        driver.chat(0, .token(ChatToken(text: "\nline 42", at: .milliseconds(99))))
        #expect(shows(driver, "line 42"))
        #expect(!shows(driver, "↓ more below"))
    }

    @Test func keysMoveByLinesAndPages() {
        var driver = long()
        driver.press(.tab, .character("k"))
        #expect(!shows(driver, "line 40"))
        #expect(shows(driver, "line 39"))
        driver.press(.down)
        #expect(driver.state.panes[0].scroll == .tail)
        driver.press(.pageUp)
        #expect(shows(driver, "line 30"))
        #expect(!shows(driver, "line 31"))
        driver.press(.character(" "))
        #expect(driver.state.panes[0].scroll == .tail)
        for _ in 0..<9 { driver.press(.character("b")) }
        #expect(driver.state.panes[0].scroll == .line(0))
        // The other pane hasn't moved.
        #expect(driver.state.panes[1].scroll == .tail)
    }

    @Test func fromThePromptAllPanesScroll() {
        var driver = long()
        driver.press(.escape)
        driver.press(.pageUp)
        #expect(driver.state.panes[0].scroll != .tail)
        // A short conversation has nowhere to go.
        #expect(driver.state.panes[1].scroll == .tail)
        driver.press(.pageDown)
        #expect(driver.state.panes[0].scroll == .tail)
    }

    @Test func theTailIsTheEndOfAllLines() {
        let driver = long()
        for columns in [10, 36, 80] {
            let transcript = Transcript(pane: driver.state.panes[0], columns: columns, waitingFor: "")
            for count in [1, 7, 30, 1000] { #expect(transcript.tail(count) == Array(transcript.lines.suffix(count))) }
            #expect(transcript.lines.allSatisfy { $0.spans.columns <= columns })
        }
    }

    @Test func focusGoesRoundAndEnterReturnsToThePrompt() {
        var driver = PlaygroundSample.ready()
        driver.press(.tab)
        #expect(driver.state.focus == .pane(0))
        driver.press(.tab)
        #expect(driver.state.focus == .pane(1))
        driver.press(.tab)
        #expect(driver.state.focus == .prompt)
        driver.press(.backTab)
        #expect(driver.state.focus == .pane(1))
        driver.press(.enter)
        #expect(driver.state.focus == .prompt)
        driver.press(.tab, .escape)
        #expect(driver.state.focus == .prompt)
        // Letters in a pane aren't typed; a paste goes to the prompt.
        driver.press(.tab, .character("x"))
        #expect(driver.state.prompt.isEmpty)
        driver.send(.input(.paste("y")))
        #expect(driver.state.prompt.text == "y")
        #expect(driver.state.focus == .prompt)
    }

    /// A run of 40 lines in the small pane that hasn't ended.
    private func long() -> PlaygroundDriver {
        var driver = PlaygroundSample.ready()
        driver.type("count")
        driver.press(.enter)
        let lines = (1...40).map { "line \($0) " }.joined(separator: "\n")
        driver.chat(0, .token(ChatToken(text: lines, at: .milliseconds(9))))
        return driver
    }

    private func shows(_ driver: PlaygroundDriver, _ text: String) -> Bool {
        render(driver.state).text().contains(text)
    }
}
