import Chat
import PlaygroundTestSupport
import Testing

@testable import Playground

/// Figures while an answer comes: the first ones at once, later ones in steps, the last ones whole.
@Suite struct SteadyFiguresTests {
    private func shown(after tokens: Int, every gap: Duration, isFinished: Bool = false) -> Int? {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter)
        driver.chat(0, .prompt(PromptSummary(tokens: 3, cachedTokens: 0)))
        for index in 1...tokens { driver.chat(0, .token(ChatToken(text: "a", at: gap * index))) }
        if isFinished { driver.chat(0, .finished(.stop, at: gap * tokens)) }
        return driver.state.panes[0].metrics?.generatedTokens
    }

    @Test(arguments: [(1, 1), (8, 8), (9, 8), (207, 8), (208, 208), (407, 208), (408, 408)])
    func aFastModelsFiguresAreShownOnceASecond(tokens: Int, shown: Int) {
        #expect(self.shown(after: tokens, every: .milliseconds(5)) == shown)
    }

    @Test(arguments: [(8, 8), (23, 8), (24, 24), (39, 24)])
    func otherModelsWaitForSixteenTokens(tokens: Int, shown: Int) {
        #expect(self.shown(after: tokens, every: .milliseconds(100)) == shown)
    }

    @Test(arguments: [(8, 8), (11, 8), (12, 12), (15, 12), (16, 16)])
    func slowModelsFiguresAreShownEveryTwoSeconds(tokens: Int, shown: Int) {
        #expect(self.shown(after: tokens, every: .milliseconds(500)) == shown)
    }

    @Test func theEndShowsAllOfThem() {
        #expect(shown(after: 99, every: .milliseconds(5), isFinished: true) == 99)
    }
}
