import Chat
import PlaygroundTestSupport
import Screen
import ScreenTestSupport
import Testing

@testable import Playground

/// How answers are looked at: zoomed, coloured, letter by letter, with the mouse.
@Suite struct ViewingTests {
    @Test func aZoomedPaneHasTheScreenToItselfWithoutBorders() {
        var driver = PlaygroundSample.finished()
        driver.press(.tab, .tab, .character("z"))
        #expect(driver.state.zoomed == driver.state.panes[1].id)
        let text = render(driver.state).text()
        #expect(text.contains("Sunlight contains all colors"))
        #expect(!text.contains("The sky is blue because"))
        for border in ["│", "┌", "─", "TTFT"] { #expect(!text.contains(border)) }
        driver.press(.character("z"))
        #expect(driver.state.zoomed == nil)
        #expect(render(driver.state).text().contains("The sky is blue because"))
    }

    @Test func thePromptComesBackWhileAPaneIsZoomed() {
        var driver = PlaygroundSample.finished()
        driver.press(.function(10))
        #expect(driver.state.focus == .pane(0))
        driver.press(.tab)
        #expect(driver.state.focus == .prompt)
        #expect(render(driver.state).text().contains("› And at sunset?"))
        driver.press(.tab)
        #expect(driver.state.focus == .pane(0))
        driver.press(.enter, .function(10))
        #expect(driver.state.zoomed == nil)
    }

    @Test func anotherPaneTakesTheZoomOver() {
        var driver = PlaygroundSample.finished()
        driver.press(.control("u"))
        driver.enter("/zoom @2")
        driver.enter("/zoom @1")
        #expect(driver.state.zoomed == driver.state.panes[0].id)
        // Commands are about the pane that is seen.
        driver.enter("/zoom @2")
        #expect(driver.enter("/copy") == [.copy(driver.state.panes[1].turns[0].answer.text)])
        driver.enter("/zoom")
        #expect(driver.state.zoomed == nil)
    }

    @Test func escapeFromThePromptEndsTheZoom() {
        var driver = PlaygroundSample.finished()
        driver.press(.function(10), .escape)
        #expect(driver.state.focus == .prompt)
        #expect(driver.state.zoomed != nil)
        driver.press(.escape)
        #expect(driver.state.zoomed == nil)
    }

    @Test(arguments: [
        (0.95, Role.heat1), (0.9, .heat1), (0.6, .heat2), (0.5, .heat2), (0.3, .heat3), (0.1, .heat4), (0.04, .heat5),
    ])
    func unlikelyTokensAreHot(_ probability: Double, _ role: Role) {
        var driver = PlaygroundSample.ready()
        driver.converse("hi", [.chosen("word", probability)], [.chosen("word", probability)])
        driver.press(.alt("h"))
        #expect(driver.state.settings.heat == .logprob)
        #expect(roles(of: "word", in: driver) == [role])
    }

    /// By the answer's median, which is ten milliseconds here.
    @Test(arguments: [
        (5, Role.heat1), (11, .heat1), (14, .heat2), (19, .heat3), (40, .heat4), (41, .heat5),
    ])
    func slowTokensAreHot(_ milliseconds: Int, _ role: Role) {
        var driver = PlaygroundSample.ready()
        driver.enter("hi")
        var at = 0
        for (text, gap) in [("a", 900), ("b", 10), ("c", 10), ("d", 10), ("e", 10), ("slow", milliseconds)] {
            at += gap
            driver.chat(0, .token(ChatToken(text: text, at: .milliseconds(at))))
        }
        driver.press(.alt("h"), .alt("h"))
        #expect(driver.state.settings.heat == .latency)
        #expect(roles(of: "slow", in: driver) == [role])
        // What came first has no gap.
        #expect(roles(of: "a", in: driver).contains(.heat1))
    }

    @Test func coloursComeAndGoInTurn() {
        var driver = PlaygroundSample.finished()
        driver.press(.alt("h"), .alt("h"), .alt("h"))
        #expect(driver.state.settings.heat == .off)
        driver.press(.alt("h"))
        #expect(render(driver.state).text().contains("colours: logprob"))
        driver.press(.function(9), .character("c"))
        #expect(driver.state.settings.heat == .latency)
    }

    /// Two tokens that make one character: it belongs to the first of them.
    @Test func aCharacterOfTwoTokensHasTheFirstOnesColour() {
        var driver = PlaygroundSample.ready()
        let answer = [ChatToken.chosen("e", 0.95), .chosen("\u{301}", 0.04), .chosen("x", 0.3)]
        driver.converse("hi", answer, answer)
        driver.press(.alt("h"))
        #expect(roles(of: "e\u{301}", in: driver) == [.heat1])
        #expect(roles(of: "x", in: driver) == [.heat3])
    }

    @Test func colouringLosesNoText() {
        var driver = PlaygroundSample.finished()
        let plain = render(driver.state).text()
        for heat in [Heat.logprob, .latency] {
            driver.state.settings.heat = heat
            let text = render(driver.state).text()
            #expect(text.split(separator: "\n").prefix(14) == plain.split(separator: "\n").prefix(14))
        }
    }

    @Test func answersAreMarkdownOrLetters() {
        var driver = PlaygroundSample.ready()
        let answer = [ChatToken(text: "# Title\n\n**bold** `code`", at: .zero)]
        driver.converse("hi", answer, answer)
        #expect(!render(driver.state).text().contains("**"))
        driver.press(.alt("m"))
        #expect(render(driver.state).text().contains("**bold** `code`"))
        #expect(driver.state.notice?.text == "Answers letter by letter.")
        driver.press(.alt("m"))
        #expect(driver.state.settings.showsMarkdown)
    }

    @Test func theWheelScrollsWhatIsUnderThePointer() {
        var driver = long()
        driver.send(.input(.mouse(.wheelUp(Point(column: 60, row: 5)))))
        #expect(driver.state.panes[0].scroll == .tail)
        #expect(driver.state.panes[1].scroll != .tail)
        for _ in 0..<3 { driver.send(.input(.mouse(.wheelDown(Point(column: 60, row: 5))))) }
        #expect(driver.state.panes[1].scroll == .tail)
        // Nothing stands there.
        let state = driver.state
        driver.send(.input(.mouse(.wheelUp(Point(column: 500, row: -3)))))
        #expect(driver.state == state)
    }

    @Test func theWheelScrollsTheDialogThatIsOpen() {
        var driver = long()
        driver.press(.function(9), .function(1))
        let panes = driver.state.panes
        driver.send(.input(.mouse(.wheelDown(Point(column: 60, row: 5)))))
        guard case .page(let page) = driver.state.dialog else {
            Issue.record("the help has closed")
            return
        }
        #expect(page.top == 1)
        #expect(driver.state.panes == panes)
    }

    @Test func aPressGivesTheFocus() {
        var driver = long()
        driver.type("/he")
        driver.send(.input(.mouse(.press(Point(column: 60, row: 5)))))
        #expect(driver.state.focus == .pane(1))
        #expect(!driver.state.completion.isOpen)
        driver.send(.input(.mouse(.press(Point(column: 5, row: 22)))))
        #expect(driver.state.focus == .prompt)
        driver.press(.function(1))
        driver.send(.input(.mouse(.press(Point(column: 60, row: 5)))))
        #expect(driver.state.focus == .prompt)
    }

    @Test func theMouseCanBeLeftToTheTerminal() {
        var driver = PlaygroundSample.ready()
        #expect(driver.enter("/mouse") == [.listenToMouse(false)])
        #expect(driver.enter("/mouse") == [.listenToMouse(true)])
    }

    @Test(arguments: [
        (Event.warned("the disk is full"), Notice(kind: .warning, text: "the disk is full")),
        (.fileWritten(.success("a.md")), Notice(kind: .success, text: "Written: a.md")),
        (.fileWritten(.failure("a.md: no")), Notice(kind: .failure, text: "a.md: no")),
        (.copied(.success(12)), Notice(kind: .success, text: "12 characters handed to the terminal's clipboard.")),
        (.copied(.failure("too long")), Notice(kind: .failure, text: "too long")),
    ])
    func noticesStayUntilTheNextKey(_ event: Event, _ notice: Notice) {
        var driver = PlaygroundSample.finished()
        driver.send(event)
        #expect(driver.state.notice == notice)
        let frame = render(driver.state)
        #expect(frame.text().hasSuffix(notice.text))
        #expect(frame.roles(row: 23)[1] == notice.role)
        driver.send(.input(.resize(Size(columns: 90, rows: 24))))
        #expect(driver.state.notice == notice)
        driver.press(.left)
        #expect(driver.state.notice == nil)
    }

    private func long() -> PlaygroundDriver {
        var driver = PlaygroundSample.ready()
        let words = (0..<300).map { ChatToken(text: " word\($0)", at: .zero) }
        driver.converse("hi", words, words)
        return driver
    }

    /// The roles in which a text stands on the screen.
    private func roles(of text: String, in driver: PlaygroundDriver) -> Set<Role> {
        let frame = render(driver.state)
        let glyphs = Array(text)
        var roles: Set<Role> = []
        for row in 0..<frame.size.rows {
            let cells = Array(frame.cells(row: row))
            for start in cells.indices.dropLast(glyphs.count) {
                let stretch = cells[start..<start + glyphs.count]
                guard stretch.map(\.glyph) == glyphs, stretch.allSatisfy({ $0.role.isHeat }) else { continue }
                roles.formUnion(stretch.map(\.role))
            }
        }
        return roles
    }
}

extension Role {
    fileprivate var isHeat: Bool { [.heat1, .heat2, .heat3, .heat4, .heat5].contains(self) }
}
