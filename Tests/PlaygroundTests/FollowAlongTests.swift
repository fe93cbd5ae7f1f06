import Chat
import Foundation
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct FollowAlongTests {
    @Test func theSmallModelFollowsTheLargeOne() throws {
        var driver = answered()
        driver.enter("/system Be brief. @small")
        driver.press(.alt("l"))
        let request = try #require(requests(driver).last)
        #expect(request.follower == driver.state.panes[0].id)
        #expect(request.leader == driver.state.panes[1].id)
        #expect(request.tokens == .tokens([ChatToken.id(of: "The"), ChatToken.id(of: " air")]))
        #expect(request.text == "The air")
        #expect(
            request.chat.messages == [
                Message(role: .system, content: "Be brief."), Message(role: .user, content: "Why?"),
            ])
        #expect(driver.state.isBusy)
        #expect(render(driver.state).text().contains("following… reading the prompt"))
    }

    @Test func agreementPerplexityAndDivergenceAreCounted() throws {
        var driver = answered()
        driver.press(.alt("l"))
        score(&driver, divergence: 0.25)
        driver.send(.follow(try #require(requests(driver).last).id, .ended))
        let follow = try #require(driver.state.followAlong)
        #expect(follow.phase == .done)
        #expect(follow.agreement == Proportion(successes: 1, trials: 2))
        #expect(follow.meanDivergence == 0.25)
        let perplexity = try #require(follow.perplexity)
        #expect(abs(perplexity - 1 / (0.5 * 0.125).squareRoot()) < 1e-9)
        #expect(!driver.state.isBusy)
        let text = render(driver.state).text()
        #expect(text.contains("small follows large"))
        #expect(text.contains("50 % of 2 tokens are its own first choice"))
        #expect(text.contains("mean KL divergence 0.250 nats"))
        #expect(text.contains("2  \" air\" ranks 3rd, 13 %; its own: \" sky\" 60 %  KL 0.25"))
    }

    @Test func progressIsShownAndOtherVocabulariesHaveNoDivergence() {
        var driver = answered()
        driver.press(.alt("l"))
        score(&driver, divergence: nil)
        let text = render(driver.state).text()
        #expect(text.contains("following… 2 of 2 tokens"))
        #expect(text.contains("no KL divergence: the vocabularies differ"))
    }

    @Test func aFailureIsSaid() throws {
        var driver = answered()
        driver.press(.alt("l"))
        let run = try #require(requests(driver).last).id
        driver.send(.follow(run, .failed("large can't be led: the server lists no scores; choose a local model")))
        #expect(!driver.state.isBusy)
        #expect(render(driver.state).text().contains("large can't be led"))
        let state = driver.state
        driver.send(.follow(run, .scoring(.started(tokens: 3, sharesVocabulary: true))))
        #expect(driver.state == state)
    }

    @Test func tabTurnsItRound() throws {
        var driver = answered()
        driver.press(.alt("l"))
        #expect(driver.press(.tab).isEmpty)
        driver.send(.follow(try #require(requests(driver).last).id, .ended))
        driver.press(.tab)
        #expect(requests(driver).last?.follower == driver.state.panes[1].id)
        #expect(requests(driver).last?.text == "The sky")
        #expect(render(driver.state).text().contains("large follows small"))
    }

    @Test func closingThePageStopsItAndOtherDialogsDoNot() throws {
        var driver = answered()
        driver.press(.alt("l"), .function(1), .escape)
        #expect(driver.state.followAlong?.isRunning == true)
        // Its key brings the page back.
        driver.press(.alt("l"))
        #expect(requests(driver).count == 1)
        let run = try #require(requests(driver).last).id
        #expect(driver.press(.escape) == [.cancel(run)])
        #expect(driver.state.followAlong?.phase == .failed("stopped"))
        #expect(!driver.state.isBusy)
    }

    @Test(arguments: ["/close @1", "/close @2", "/model gemma3-270m @1", "/context 512 @2"])
    func aModelThatGoesStopsIt(_ line: String) throws {
        var driver = answered()
        driver.press(.alt("l"), .enter)
        let run = try #require(requests(driver).last).id
        #expect(driver.enter(line).contains(.cancel(run)))
        #expect(driver.state.followAlong?.isRunning != true)
    }

    @Test func otherPanesMayGo() throws {
        var driver = answered()
        driver.enter("/add gemma3-270m")
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile, PlaygroundSample.baseProfile)
        driver.press(.alt("l"), .enter)
        driver.enter("/close @3")
        #expect(driver.state.followAlong?.isRunning == true)
    }

    @Test func nothingIsSentMeanwhile() {
        var driver = answered()
        driver.press(.alt("l"), .enter)
        #expect(driver.enter("next").isEmpty)
        #expect(driver.state.prompt.text == "next")
    }

    private func answered() -> PlaygroundDriver {
        var driver = PlaygroundSample.ready(size: Size(columns: 120, rows: 40))
        driver.converse(
            "Why?", [.chosen("The", 0.9), .chosen(" sky", 0.5)], [.chosen("The", 0.9), .chosen(" air", 0.5)])
        return driver
    }

    private func requests(_ driver: PlaygroundDriver) -> [FollowRequest] {
        driver.effects.compactMap { if case .follow(let request) = $0 { request } else { nil } }
    }

    /// One token that the follower would have chosen too, and one that it wouldn't.
    private func score(_ driver: inout PlaygroundDriver, divergence: Double?) {
        guard let run = requests(driver).last?.id else { return }
        let sky = ChatToken.Alternative(id: 2, text: " sky", logprob: log(0.6))
        driver.send(.follow(run, .scoring(.started(tokens: 2, sharesVocabulary: divergence != nil))))
        driver.send(
            .follow(
                run,
                .scoring(
                    .token(
                        ScoredToken(
                            id: 1, text: "The", logprob: log(0.5), rank: 1, entropy: 1,
                            favourite: ChatToken.Alternative(id: 1, text: "The", logprob: log(0.5)),
                            divergence: divergence)))))
        driver.send(
            .follow(
                run,
                .scoring(
                    .token(
                        ScoredToken(
                            id: 3, text: " air", logprob: log(0.125), rank: 3, entropy: 1, favourite: sky,
                            divergence: divergence)))))
    }
}
