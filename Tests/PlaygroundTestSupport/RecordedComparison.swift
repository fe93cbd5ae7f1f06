import Chat
import Foundation
import Playground
import Screen

/// A comparison that was really run, as `diptych compare --json` wrote it: what the README's picture shows.
public struct RecordedComparison: Decodable, Sendable {
    struct Pane: Decodable, Sendable {
        var answer: String
        var metrics: Figures
    }

    struct Figures: Decodable, Sendable {
        struct Gaps: Decodable, Sendable {
            var list: [Double]
        }

        struct Memory: Decodable, Sendable {
            var weightsMapped: Int
            var weightsResident: Int
            var repacked: Int
            var kvCache: Int
            var scratch: Int
        }

        var ttftMs: Double
        var loadMs: Double
        var promptTokens: Int
        var cachedTokens: Int
        var prefillTokensPerSecond: Double
        var itlMs: Gaps
        var memory: Memory
    }

    var prompt: String
    var panes: [Pane]

    public init(contentsOf file: URL) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(RecordedComparison.self, from: Data(contentsOf: file))
    }

    /// The playground after this comparison of the default pair, with a follow-up being typed.
    public func state(size: Size, appearance: Appearance = Appearance()) -> State {
        var driver = PlaygroundSample.starting(size: size, appearance: appearance)
        driver.send(.started)
        var profiles = [PlaygroundSample.smallProfile, PlaygroundSample.largeProfile]
        for (index, pane) in panes.enumerated() {
            profiles[index].loadDuration = .fromMilliseconds(pane.metrics.loadMs)
        }
        driver.open(profiles[0], profiles[1])
        driver.type(prompt)
        driver.press(.enter)
        for (index, pane) in panes.enumerated() { replay(pane, in: index, of: &driver) }
        driver.type("And at sunset?")
        return driver.state
    }

    /// Plays an answer with the recorded times; what is recorded of the text is the whole of it.
    private func replay(_ pane: Pane, in index: Int, of driver: inout PlaygroundDriver) {
        let figures = pane.metrics
        let computed = figures.promptTokens - figures.cachedTokens
        let prefill = Double(computed) / figures.prefillTokensPerSecond * 1000
        let summary = PromptSummary(tokens: figures.promptTokens, cachedTokens: figures.cachedTokens)
        driver.chat(
            index, .prompt(summary),
            .prefill(computed: 0, of: computed, at: .fromMilliseconds(figures.ttftMs - prefill)))
        var at = figures.ttftMs
        driver.chat(index, .token(ChatToken(text: pane.answer, at: .fromMilliseconds(at))))
        for gap in figures.itlMs.list {
            at += gap
            driver.chat(index, .token(ChatToken(text: "", at: .fromMilliseconds(at))))
        }
        let memory = MemoryUse(
            weightsMapped: figures.memory.weightsMapped, weightsResident: figures.memory.weightsResident,
            repacked: figures.memory.repacked, keyValueCache: figures.memory.kvCache,
            scratch: figures.memory.scratch)
        driver.chat(index, .memory(memory), .finished(.stop, at: .fromMilliseconds(at)))
    }
}

extension Duration {
    fileprivate static func fromMilliseconds(_ value: Double) -> Duration { .nanoseconds(Int64(value * 1e6)) }
}
