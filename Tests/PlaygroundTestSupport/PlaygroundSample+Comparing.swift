import Chat
import Foundation
import Playground
import Screen

extension PlaygroundSample {
    static func hidden(_ size: Size) -> PlaygroundDriver {
        var driver = ready(size: size)
        driver.press(.alt("n"))
        driver.enter("Why is the sky blue?")
        driver.play(
            "Because", in: 0, prompt: PromptSummary(tokens: 34, cachedTokens: 0), firstToken: .milliseconds(48),
            gaps: [.milliseconds(12)], memory: smallMemory, finish: nil)
        return driver
    }

    static func vote(_ size: Size) -> PlaygroundDriver {
        var driver = ready(size: size)
        driver.press(.alt("n"))
        driver.enter("Why is the sky blue?")
        for (pane, answer) in ["Because air scatters blue light most.", "It mirrors the sea."].enumerated() {
            driver.play(
                answer, in: pane, prompt: PromptSummary(tokens: 34, cachedTokens: 0), firstToken: .milliseconds(48),
                gaps: [.milliseconds(12)], memory: smallMemory)
        }
        return driver
    }

    static func revealed(_ size: Size) -> PlaygroundDriver {
        var driver = vote(size)
        driver.press(.left)
        return driver
    }

    /// A prompt repeated three times, as far as so many answers go.
    static func repeated(_ size: Size, answers: Int, closes: Bool = false) -> PlaygroundDriver {
        var driver = furnished(size)
        driver.enter("/repeat 3")
        for index in 0..<answers {
            guard let pane = driver.state.panes.firstIndex(where: { $0.turns.last?.isRunning == true }) else { break }
            driver.play(
                "The sky is blue.", in: pane, prompt: PromptSummary(tokens: 41, cachedTokens: 0),
                firstToken: .milliseconds(96 * (1 + 6 * pane) + index), gaps: [.milliseconds(12 + 72 * pane + index)],
                memory: pane == 0 ? smallMemory : largeMemory)
        }
        if closes { driver.press(.escape) }
        return driver
    }

    /// The small model led through the large one's answer.
    static func followed(_ size: Size, tokens: Int, ends: Bool) -> PlaygroundDriver {
        var driver = furnished(size)
        driver.press(.alt("l"))
        guard case .follow(let request)? = driver.effects.last else { return driver }
        let words = request.text.split(separator: " ").map { " " + $0 }
        driver.send(.follow(request.id, .scoring(.started(tokens: words.count, sharesVocabulary: true))))
        for (index, word) in words.prefix(tokens).enumerated() {
            let rank = index % 7 == 3 ? 2 + index / 7 : 1
            let favourite = ChatToken.Alternative(
                id: index, text: rank == 1 ? word : " the", logprob: log(rank == 1 ? 0.8 : 0.5))
            driver.send(
                .follow(
                    request.id,
                    .scoring(
                        .token(
                            ScoredToken(
                                id: index, text: word, logprob: log(rank == 1 ? 0.8 : 0.3 / Double(rank)), rank: rank,
                                entropy: 1, favourite: favourite, divergence: rank == 1 ? 0.05 : 0.75)))))
        }
        if ends { driver.send(.follow(request.id, .ended)) }
        return driver
    }
}
