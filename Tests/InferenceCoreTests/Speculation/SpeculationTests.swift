import EngineTestSupport
import Testing

@testable import InferenceCore

/// Whatever is guessed, the text is the one that comes without guesses.
struct SpeculationTests {
    private func model(_ tiny: TinyModel, threads: Int = 2) throws -> Model {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try Model(path: tiny.write(to: folder), runtime: Runtime(threads: threads))
        }
    }

    private struct Outcome {
        var tokens: [TokenID] = []
        var text = ""
        var drafted = 0
        var end: GenerationEnd?
        var report: SpeculationReport?
    }

    private func generate(
        _ model: Model, _ speculation: Speculation, sampling: SamplingParameters = SamplingParameters(),
        prompt: [TokenID], count: Int? = 60, contextLength: Int = 128, chunk: Int = 128
    ) async throws -> Outcome {
        let session = try Session(model: model, contextLength: contextLength, chunk: chunk)
        var options = GenerationOptions(sampling: sampling, maximumTokens: count)
        options.ignoresEndOfGeneration = true
        options.speculation = speculation
        var outcome = Outcome()
        for try await event in session.generate(prompt, options: options) {
            switch event {
            case .prompt, .prefill: break
            case .token(let token):
                outcome.tokens.append(token.id)
                outcome.text += token.text
                if token.isDrafted { outcome.drafted += 1 }
            case .speculation(let report): outcome.report = report
            case .finished(let end, _): outcome.end = end
            }
        }
        return outcome
    }

    /// A prompt that repeats itself, so that lookup finds something.
    private static let prompt: [TokenID] = [5, 6, 7, 8, 9, 5, 6, 7, 8, 9, 5, 6, 7]

    private static var samplings: [SamplingParameters] {
        var warm = SamplingParameters()
        warm.temperature = 1.2
        warm.seed = 11
        var penalized = warm
        penalized.repetitionPenalty = 1.3
        penalized.frequencyPenalty = 0.2
        penalized.topK = 5
        return [SamplingParameters(), warm, penalized]
    }

    @Test(
        "the tokens are the same as without guesses, greedy and sampled", arguments: TinyModel.Architecture.allCases,
        samplings.indices)
    func sameTokens(architecture: TinyModel.Architecture, sampling: Int) async throws {
        let sampling = Self.samplings[sampling]
        let model = try model(TinyModel(architecture))
        let plain = try await generate(model, .off, sampling: sampling, prompt: Self.prompt)
        #expect(plain.tokens.count == 60)
        #expect(plain.drafted == 0)
        #expect(plain.report == nil)
        // Itself guesses right as long as it is greedy; the other one, with other weights, hardly ever.
        var other = TinyModel(architecture)
        other.seed = 1234
        let speculations: [Speculation] = [.promptLookup, .draft(model), .draft(try self.model(other))]
        for speculation in speculations {
            for chunk in [128, 3, 1] {
                let guessed = try await generate(
                    model, speculation, sampling: sampling, prompt: Self.prompt, chunk: chunk)
                #expect(guessed.tokens == plain.tokens)
                #expect(guessed.text == plain.text)
                #expect(guessed.end == .maximumTokens)
                if let report = guessed.report {
                    #expect(report.accepted == guessed.drafted)
                    #expect(report.drafted >= report.accepted)
                }
                if chunk == 1 { #expect(guessed.drafted == 0) }
            }
        }
    }

    @Test("answers end where they would without guesses", arguments: [14, 15, 17, 20, 24])
    func ends(contextLength: Int) async throws {
        let model = try model(TinyModel(.llama))
        for count in [nil, 1, 2, 5] as [Int?] {
            let plain = try await generate(
                model, .off, prompt: Self.prompt, count: count, contextLength: contextLength)
            let guessed = try await generate(
                model, .draft(model), prompt: Self.prompt, count: count, contextLength: contextLength)
            #expect(guessed.tokens == plain.tokens)
            #expect(guessed.end == plain.end)
        }
    }

    @Test("a conversation goes on from the same state")
    func followUp() async throws {
        let model = try model(TinyModel(.qwen2))
        var logits: [[Float]] = []
        for speculation in [Speculation.off, .draft(model)] {
            let session = try Session(model: model, contextLength: 128)
            var options = GenerationOptions(maximumTokens: 30)
            options.ignoresEndOfGeneration = true
            options.speculation = speculation
            var tokens = Self.prompt
            for try await event in session.generate(tokens, options: options) {
                if case .token(let token) = event { tokens.append(token.id) }
            }
            logits.append(try await session.logits(of: tokens + [3, 4])[0])
        }
        #expect(logits[0].map(\.bitPattern) == logits[1].map(\.bitPattern))
    }

    @Test("a model with another vocabulary can't guess")
    func otherVocabulary() async throws {
        let target = try model(TinyModel(.llama))
        let other = try model(TinyModel(.gemma3))
        guard !target.tokenizer.hasSameVocabulary(as: other.tokenizer) else {
            Issue.record("the tiny models' vocabularies should differ")
            return
        }
        await #expect(throws: ModelError.self) {
            _ = try await generate(target, .draft(other), prompt: Self.prompt)
        }
    }
}
