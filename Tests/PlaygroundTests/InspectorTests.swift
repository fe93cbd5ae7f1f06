import Chat
import PlaygroundTestSupport
import Screen
import ScreenTestSupport
import Testing

@testable import Playground

@Suite struct InspectorTests {
    @Test func beginsWhereTheAnswersPart() {
        var driver = compared()
        driver.press(.function(9))
        #expect(driver.state.inspector == Inspector(pane: 0, token: 1))
        #expect(driver.state.focus == .pane(0))
        let text = render(driver.state).text()
        #expect(text.contains("small · token 2 of 3"))
        #expect(text.contains("\" sky\""))
    }

    @Test func stepsThroughTheTokensAndStopsAtTheEnds() {
        var driver = compared()
        driver.press(.function(9), .left, .left)
        #expect(driver.state.inspector?.token == 0)
        driver.press(.character("l"), .right, .right, .right)
        #expect(driver.state.inspector?.token == 2)
        driver.press(.home)
        #expect(driver.state.inspector?.token == 0)
        driver.press(.character("G"))
        #expect(driver.state.inspector?.token == 2)
        driver.press(.character("d"))
        #expect(driver.state.inspector?.token == 1)
    }

    @Test func pagesAreTenTokens() {
        var driver = PlaygroundSample.finished()
        driver.press(.function(9), .home, .character(" "))
        #expect(driver.state.inspector?.token == 10)
        driver.press(.character("b"))
        #expect(driver.state.inspector?.token == 0)
    }

    @Test func theOtherPaneIsLookedAtAtTheSamePlaceOfTheText() {
        var driver = compared()
        driver.press(.function(9), .end, .tab)
        #expect(driver.state.inspector?.pane == 1)
        #expect(driver.state.focus == .pane(1))
        // " is" begins at the seventh byte, which belongs to the third token over there.
        #expect(driver.state.inspector?.token == 2)
        driver.press(.tab)
        // That one begins amid the second token here.
        #expect(driver.state.inspector == Inspector(pane: 0, token: 1))
    }

    @Test func theTokenIsMarkedInTheAnswerAndKeptInSight() throws {
        var driver = PlaygroundSample.ready(size: Size(columns: 40, rows: 12))
        let words = (0..<200).map { ChatToken.chosen(" word\($0)", 0.5) }
        driver.converse("hi", words, words)
        driver.press(.function(9))
        for key in [Key.home, .end, .pageUp, .home, .pageDown] {
            driver.press(key)
            let token = try #require(driver.state.inspector?.token)
            let frame = render(driver.state)
            let rect = try #require(driver.state.layout.rects(of: 0)).transcript
            let marked = rect.rows.flatMap { row in
                frame.cells(row: row).filter { $0.role == .token }.map(\.glyph)
            }
            // The blank before a word may be where the line breaks.
            #expect(String(marked).hasSuffix("word\(token)"), "\(key)")
        }
    }

    @Test func alternativesAreChosenAndABranchGoesOnFromThem() throws {
        var driver = compared()
        driver.press(.function(9), .down, .down, .down)
        #expect(driver.state.inspector?.alternative == 2)
        driver.press(.up)
        #expect(driver.state.inspector?.alternative == 1)
        #expect(driver.press(.enter).count == 1)
        let run = try #require(driver.runs.last)
        #expect(run.kind == .branch)
        #expect(run.pane == driver.state.panes[0].id)
        #expect(run.chat.answerPrefix == .tokens([ChatToken.id(of: "The"), ChatToken.id(of: " air")]))
        #expect(driver.state.inspector == nil)
        #expect(driver.state.panes[0].turns[0].answer.text == "The air")
        #expect(driver.state.panes[0].turns[0].answer.inherited == 2)
        driver.answer(0, [.chosen(" glows", 0.4)])
        #expect(driver.state.panes[0].turns[0].answer.text == "The air glows")
        // Alone: the other pane has its answer.
        #expect(!driver.state.isBusy)
        driver.press(.alt("u"))
        #expect(driver.state.panes[0].turns[0].answer.text == "The sky is")
    }

    @Test func aBranchOfTokensWithoutNumbersGoesOnFromTheText() {
        var driver = PlaygroundSample.ready()
        var second = ChatToken.chosen(" b", 0.5, over: (" c", 0.4))
        second.id = nil
        driver.converse("hi", [ChatToken(text: "a", at: .zero), second], [])
        driver.press(.function(9), .end, .down, .enter)
        #expect(driver.runs.last?.chat.answerPrefix == .text("a c"))
    }

    @Test func theChosenTokenIsNoBranch() {
        var driver = compared()
        driver.press(.function(9))
        #expect(driver.press(.enter).isEmpty)
        #expect(driver.state.inspector != nil)
        #expect(driver.state.notice?.kind == .information)
    }

    @Test func branchesWaitForTheAnswers() {
        var driver = compared()
        driver.enter("more")
        driver.answer(0, [.chosen("Yes", 0.5, over: ("No", 0.4))], finish: nil)
        driver.press(.function(9), .down)
        #expect(driver.press(.enter).isEmpty)
        #expect(driver.state.notice?.kind == .warning)
        #expect(driver.state.isBusy)
    }

    @Test func withoutAlternativesItSaysSo() {
        var driver = PlaygroundSample.ready()
        driver.enter("hi")
        driver.answer(0, "plain")
        driver.answer(1, "plain")
        driver.press(.function(9))
        #expect(render(driver.state).text().contains("The backend lists no alternatives"))
        #expect(driver.press(.down, .enter).isEmpty)
        #expect(driver.state.notice?.text == "No alternatives are known at this token.")
        driver.press(.character("d"))
        #expect(driver.state.notice?.text == "These answers don't part.")
    }

    @Test(arguments: [Key.alt("u"), .alt("g"), .function(7)])
    func closesWhenTheAnswerGoes(_ key: Key) {
        var driver = compared()
        driver.press(.function(9), key)
        #expect(driver.state.inspector == nil)
    }

    @Test func closesWhenARepeatTakesTheAnswersPlace() {
        var driver = compared()
        driver.enter("/repeat 2")
        driver.answer(0, "a")
        driver.answer(1, "b")
        driver.press(.escape, .function(9))
        #expect(driver.state.inspector?.pane == 0)
        driver.answer(1, "c")
        #expect(driver.state.inspector == nil)
    }

    @Test func escapeClosesItAndLeavesTheRunsAlone() {
        var driver = compared()
        driver.enter("more")
        driver.answer(0, "a", finish: nil)
        driver.press(.function(9))
        #expect(driver.state.inspector != nil)
        driver.press(.escape)
        #expect(driver.state.inspector == nil)
        #expect(driver.state.isBusy)
    }

    @Test func theFiguresOfATokenAreShown() {
        var driver = PlaygroundSample.ready(size: Size(columns: 120, rows: 40))
        driver.converse("hi", [.chosen("The", 0.5, over: ("A", 0.25)), .chosen(" end", 0.9)], [.chosen("x", 1)])
        driver.press(.function(9), .end)
        let text = render(driver.state).text()
        #expect(text.contains("\" end\"  id \(ChatToken.id(of: " end"))  p 90 %  logprob -0.11"))
        #expect(text.contains("entropy 1.00 nats  at 20.0 ms  ITL 10.0 ms"))
        driver.press(.left)
        #expect(render(driver.state).text().contains("●"))
    }

    private func compared() -> PlaygroundDriver {
        var driver = PlaygroundSample.ready()
        driver.converse(
            "Why?",
            [
                .chosen("The", 0.9, over: ("A", 0.1)), .chosen(" sky", 0.5, over: (" air", 0.4), (" sun", 0.1)),
                .chosen(" is", 0.8),
            ],
            [.chosen("The", 0.7), .chosen(" ", 0.5), .chosen("air is", 0.3)])
        return driver
    }
}
