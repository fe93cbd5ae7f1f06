import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

/// What votes do.
@Suite struct BlindVoteTests {
    @Test(arguments: [
        (Key.left, Vote.Choice.left), (.character("h"), .left), (.right, .right), (.character("l"), .right),
        (.character("t"), .tie), (.character("="), .tie), (.character("b"), .bothBad), (.character("0"), .bothBad),
    ])
    func votes(_ key: Key, _ choice: Vote.Choice) throws {
        var driver = PlaygroundDriver.blind()
        driver.enter("hi")
        #expect(driver.press(key).isEmpty)
        driver.press(.control("u"))
        driver.answer(0, "a")
        driver.answer(1, "b")
        let order = try #require(driver.state.blind?.order)
        let vote = Vote(prompt: "hi", choice: choice, left: order[0], right: order[1])
        #expect(driver.press(key) == [.recordVote(vote)])
        #expect(driver.state.blind?.votes == [vote])
        #expect(driver.state.blind?.isRevealed == true)
        #expect(driver.state.focus == .prompt)
        #expect(driver.state.shownPanes == [0, 1])
        // Nobody votes twice.
        driver.state.focus = .vote
        #expect(driver.press(key).isEmpty)
    }

    @Test func theWinRateHasAConfidenceInterval() throws {
        var driver = PlaygroundDriver.blind()
        let small = driver.state.panes[0].id
        for round in 0..<10 {
            driver.enter("hi")
            driver.answer(0, "a")
            driver.answer(1, "b")
            let isLeft = driver.state.blind?.order.first == small
            // Seven wins, a tie, a loss, and one that doesn't count.
            driver.press(
                round == 7 ? .character("t") : round == 8 ? .character("b") : isLeft == (round != 9) ? .left : .right)
        }
        let test = try #require(driver.state.blind)
        let wins = try #require(test.wins(of: small))
        #expect(wins == Proportion(successes: 7.5, trials: 9))
        #expect(test.wins(of: driver.state.panes[1].id) == Proportion(successes: 1.5, trials: 9))
        #expect(
            driver.state.tally(of: test)
                == "small wins 83 % of 9 votes (95 %: 51 % to 96 %), ties as halves, 1 both bad")
        driver.press(.alt("n"))
        #expect(driver.state.blind == nil)
        #expect(driver.state.notice?.text.hasPrefix("Names are shown. small wins 83 %") == true)
    }

    @Test func votesThatDoNotCountGiveNoRate() throws {
        var driver = PlaygroundDriver.blind()
        driver.enter("hi")
        driver.answer(0, "a")
        driver.answer(1, "b")
        driver.press(.character("b"))
        #expect(driver.state.notice?.text == "Both bad. No vote counts yet.")
    }

    @Test func answersThatWereNotGivenAreNotJudged() {
        var driver = PlaygroundDriver.blind()
        driver.enter("hi")
        driver.answer(0, "a")
        driver.press(.escape)
        #expect(driver.state.focus == .prompt)
        #expect(!driver.state.isHidden)
        #expect(driver.state.blind?.votes == [])
    }
}

extension PlaygroundDriver {
    /// Two models under a blind comparison, before the first prompt.
    static func blind(seed: UInt64 = 0) -> PlaygroundDriver {
        let panes = [
            Pane(role: .small, model: "smollm2-135m-instruct"),
            Pane(role: .large, model: "qwen2.5-coder-1.5b-instruct"),
        ]
        var driver = PlaygroundDriver(State(size: Size(columns: 100, rows: 30), panes: panes, seed: seed))
        driver.send(.started)
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile)
        driver.press(.alt("n"))
        return driver
    }

    /// Two hidden answers to be judged.
    static func voting() -> PlaygroundDriver {
        var driver = blind()
        driver.enter("hi")
        driver.answer(0, "a")
        driver.answer(1, "b")
        return driver
    }
}
