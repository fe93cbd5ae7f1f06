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
            var weights_mapped: Int
            var weights_resident: Int
            var repacked: Int
            var kv_cache: Int
            var scratch: Int
        }

        var ttft_ms: Double
        var load_ms: Double
        var prompt_tokens: Int
        var cached_tokens: Int
        var prefill_tokens_per_second: Double
        var itl_ms: Gaps
        var memory: Memory
    }

    var prompt: String
    var panes: [Pane]

    public init(contentsOf file: URL) throws {
        self = try JSONDecoder().decode(RecordedComparison.self, from: Data(contentsOf: file))
    }

    /// The playground after this comparison of the default pair, with a follow-up being typed.
    public func state(size: Size, appearance: Appearance = Appearance()) -> State {
        var driver = PlaygroundSample.starting(size: size, appearance: appearance)
        driver.send(.started)
        var profiles = [PlaygroundSample.smallProfile, PlaygroundSample.largeProfile]
        for (index, pane) in panes.enumerated() {
            profiles[index].loadDuration = .fromMilliseconds(pane.metrics.load_ms)
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
        let computed = figures.prompt_tokens - figures.cached_tokens
        let prefill = Double(computed) / figures.prefill_tokens_per_second * 1000
        let summary = PromptSummary(tokens: figures.prompt_tokens, cachedTokens: figures.cached_tokens)
        driver.chat(
            index, .prompt(summary),
            .prefill(computed: 0, of: computed, at: .fromMilliseconds(figures.ttft_ms - prefill)))
        var at = figures.ttft_ms
        driver.chat(index, .token(ChatToken(text: pane.answer, at: .fromMilliseconds(at))))
        for gap in figures.itl_ms.list {
            at += gap
            driver.chat(index, .token(ChatToken(text: "", at: .fromMilliseconds(at))))
        }
        let memory = MemoryUse(
            weightsMapped: figures.memory.weights_mapped, weightsResident: figures.memory.weights_resident,
            repacked: figures.memory.repacked, keyValueCache: figures.memory.kv_cache,
            scratch: figures.memory.scratch)
        driver.chat(index, .memory(memory), .finished(.stop, at: .fromMilliseconds(at)))
    }
}

extension Duration {
    fileprivate static func fromMilliseconds(_ value: Double) -> Duration { .nanoseconds(Int64(value * 1e6)) }
}
