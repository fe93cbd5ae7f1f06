import EngineTestSupport
import Testing

@testable import InferenceCore

/// The real pair: the 0.5B model guesses for the 1.5B one. Bounded by a few dozen tokens.
struct RealSpeculationTests {
    @Test("the real pair says the same with and without guesses, greedy and sampled", arguments: [0.0, 0.8])
    func sameText(temperature: Double) async throws {
        guard let large = try RealModel.path("qwen2.5-coder-1.5b-instruct"),
            let small = try RealModel.path("qwen2.5-coder-0.5b-instruct")
        else { return }
        let runtime = Runtime()
        let model = try Model(path: large, runtime: runtime)
        let draft = try Model(path: small, runtime: runtime)
        let text = "def area(width, height):\n    return width * height\n\ndef volume(width, height, depth):\n"
        var texts: [[TokenID]] = []
        for speculation in [Speculation.off, .promptLookup, .draft(draft)] {
            var options = GenerationOptions(maximumTokens: 24)
            options.ignoresEndOfGeneration = true
            options.sampling.temperature = temperature
            options.sampling.seed = 5
            options.speculation = speculation
            let session = try Session(model: model, contextLength: 128)
            var tokens: [TokenID] = []
            for try await event in session.generate(model.encode(prompt: text), options: options) {
                if case .token(let token) = event { tokens.append(token.id) }
            }
            texts.append(tokens)
        }
        #expect(texts[0].count == 24)
        #expect(texts[1] == texts[0])
        #expect(texts[2] == texts[0])
    }
}
