import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// Sessions of tiny models, every architecture in the list.
struct SessionTests {
    /// A tiny model opened from a file of its own.
    private func model(_ tiny: TinyModel, threads: Int = 2) throws -> Model {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try Model(path: tiny.write(to: folder), runtime: Runtime(threads: threads))
        }
    }

    private func tokens(_ count: Int, in model: Model, seed: UInt64 = 5) -> [TokenID] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in TokenID.random(in: 0..<TokenID(model.shape.vocabularySize), using: &generator) }
    }

    /// Generates and returns the tokens, with the prompt's summary.
    private func generate(
        _ session: Session, _ prompt: [TokenID], sampling: SamplingParameters = SamplingParameters(), count: Int = 12,
        usesCache: Bool = true
    ) async throws -> (tokens: [GeneratedToken], cached: Int, end: GenerationEnd?) {
        var options = GenerationOptions(sampling: sampling, maximumTokens: count, topLogprobs: 3)
        options.ignoresEndOfGeneration = true
        options.usesCache = usesCache
        var generated: [GeneratedToken] = []
        var cached = -1
        var end: GenerationEnd?
        for try await event in session.generate(prompt, options: options) {
            switch event {
            case .prompt(_, let count): cached = count
            case .prefill, .speculation: break
            case .token(let token): generated.append(token)
            case .finished(let reason, _): end = reason
            }
        }
        return (generated, cached, end)
    }

    @Test("logits have the same bits for any thread count and chunk size", arguments: TinyModel.Architecture.allCases)
    func sameBits(architecture: TinyModel.Architecture) async throws {
        let prompt = tokens(70, in: try model(TinyModel(architecture)))
        var expected: [[UInt32]]?
        for (threads, chunk) in [(1, 128), (2, 128), (3, 128), (2, 1), (1, 3), (2, 17), (2, 64)] {
            let model = try model(TinyModel(architecture), threads: threads)
            let session = try Session(model: model, contextLength: 128, chunk: chunk)
            let logits = try await session.logits(of: prompt, last: 4).map { $0.map(\.bitPattern) }
            if let expected { #expect(logits == expected, "\(threads) threads, chunks of \(chunk)") }
            expected = logits
        }
    }

    @Test("the same seed gives the same tokens, another seed others", arguments: TinyModel.Architecture.allCases)
    func seeds(architecture: TinyModel.Architecture) async throws {
        var sampling = SamplingParameters()
        sampling.temperature = 1.5
        sampling.topK = 0
        sampling.topP = 1
        sampling.minP = 0
        sampling.seed = 7
        var runs: [[TokenID]] = []
        for (threads, chunk) in [(1, 128), (2, 128), (2, 5)] {
            let model = try model(TinyModel(architecture), threads: threads)
            let session = try Session(model: model, contextLength: 128, chunk: chunk)
            runs.append(try await generate(session, tokens(20, in: model), sampling: sampling).tokens.map(\.id))
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0] == runs[2])
        sampling.seed = 8
        let model = try model(TinyModel(architecture))
        let other = try await generate(
            Session(model: model, contextLength: 128), tokens(20, in: model), sampling: sampling)
        #expect(other.tokens.map(\.id) != runs[0])
    }

    @Test("a follow-up computes only what is new, and gets the same answer as from the start")
    func prefixReuse() async throws {
        let model = try model(TinyModel(.gemma3))
        let session = try Session(model: model, contextLength: 128)
        let first = try await generate(session, tokens(30, in: model), count: 5)
        #expect(first.cached == 0)
        // The last token was sampled but never computed.
        let followUp = tokens(30, in: model) + first.tokens.map(\.id) + tokens(10, in: model, seed: 6)
        let reused = try await generate(session, followUp)
        let fresh = try await generate(Session(model: model, contextLength: 128), followUp)
        #expect(reused.cached == 34)
        #expect(fresh.cached == 0)
        #expect(reused.tokens.map(\.id) == fresh.tokens.map(\.id))
        #expect(reused.tokens.map(\.logprob) == fresh.tokens.map(\.logprob))
    }

    @Test("the same prompt again computes one token")
    func samePrompt() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 128)
        let prompt = tokens(30, in: model)
        let first = try await generate(session, prompt)
        let second = try await generate(session, prompt)
        #expect(second.cached == 29)
        #expect(first.tokens.map(\.id) == second.tokens.map(\.id))
    }

    @Test("without the cache, the whole prompt is computed anew, to the same answer")
    func withoutCache() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 128)
        let prompt = tokens(30, in: model)
        let first = try await generate(session, prompt)
        let again = try await generate(session, prompt, usesCache: false)
        #expect(again.cached == 0)
        #expect(first.tokens.map(\.id) == again.tokens.map(\.id))
        #expect(try await generate(session, prompt).cached == 29)
    }

    @Test("entropy is that of the logits, where alternatives are asked for", arguments: TinyModel.Architecture.allCases)
    func entropy(architecture: TinyModel.Architecture) async throws {
        let model = try model(TinyModel(architecture))
        let prompt = tokens(12, in: model)
        var sampling = SamplingParameters()
        sampling.repetitionPenalty = 3
        let run = try await generate(
            Session(model: model, contextLength: 64), prompt, sampling: sampling, count: 5)
        let answer = run.tokens.map(\.id)
        let rows = try await Session(model: model, contextLength: 64).logits(of: prompt + answer.dropLast(), last: 5)
        for (token, row) in zip(run.tokens, rows) {
            let total = log(row.reduce(0) { $0 + exp(Double($1)) })
            let wanted = row.reduce(0) { $0 - exp(Double($1) - total) * (Double($1) - total) }
            #expect(abs((token.entropy ?? -1) - wanted) < 1e-5)
        }
        for try await event in try Session(model: model, contextLength: 64).generate(
            prompt, options: GenerationOptions(maximumTokens: 2))
        {
            if case .token(let token) = event { #expect(token.entropy == nil && token.top.isEmpty) }
        }
    }

    @Test("a prompt that ends within a character is gone on with")
    func splitCharacter() throws {
        let model = try model(TinyModel(.llama))
        let euro = "€".utf8.map { byte in
            (0..<TokenID(model.tokenizer.vocabularySize)).first { model.tokenizer.bytes(of: $0) == [byte] } ?? 0
        }
        var answer = try Answer(
            model, GenerationOptions(maximumTokens: 1), prompt: Array(euro[..<2]), contextLength: 64)
        let timeline = try Timeline(model: model, contextLength: 64)
        try timeline.append(euro[..<2], cancellation: CancellationFlag())
        timeline.logits[Int(euro[2])] = 1e6
        var texts: [String] = []
        _ = try answer.take(timeline, drafted: []) { if case .token(let token) = $0 { texts.append(token.text) } }
        #expect(texts == ["€"])
    }

    @Test("a greedy token is the likeliest, and log-probabilities sum up")
    func logprobs() async throws {
        let model = try model(TinyModel(.qwen2))
        let session = try Session(model: model, contextLength: 64)
        for token in try await generate(session, tokens(8, in: model)).tokens {
            #expect(token.top.count == 3)
            #expect(token.top[0].id == token.id)
            #expect(token.top[0].logprob == token.logprob)
            #expect(token.top[0].logprob >= token.top[1].logprob)
            #expect(token.logprob < 0)
        }
    }

    @Test("penalties change the choice, not the reported log-probability")
    func penalties() async throws {
        let model = try model(TinyModel(.llama))
        let prompt = tokens(8, in: model)
        let plain = try await generate(Session(model: model, contextLength: 64), prompt, count: 1).tokens[0]
        var sampling = SamplingParameters()
        sampling.repetitionPenalty = 1e6
        let penalized = try await generate(
            Session(model: model, contextLength: 64), prompt + [plain.id], sampling: sampling, count: 20)
        let ids = penalized.tokens.map(\.id)
        #expect(Set(ids).count == ids.count, "nothing is said twice")
        #expect(Set(ids).isDisjoint(with: prompt))
        for token in penalized.tokens {
            #expect(token.logprob <= token.top[0].logprob)
        }
    }

    @Test("the answer ends when the context is full")
    func fullContext() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 32)
        let run = try await generate(session, tokens(20, in: model), count: 100)
        #expect(run.end == .contextFull)
        #expect(run.tokens.count == 12)
    }

    @Test("a prompt that is empty, too long or has unknown tokens is refused")
    func badPrompts() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 32)
        await #expect(throws: ModelError.emptyPrompt) { _ = try await generate(session, []) }
        await #expect(throws: ModelError.promptTooLong(tokens: 32, contextLength: 32)) {
            _ = try await generate(session, tokens(32, in: model))
        }
        await #expect(throws: ModelError.unknownToken(-1, vocabularySize: model.shape.vocabularySize)) {
            _ = try await generate(session, [-1])
        }
        #expect(throws: ModelError.contextTooLong(requested: 512, limit: 256)) {
            _ = try Session(model: model, contextLength: 512)
        }
    }

    @Test("a context that doesn't fit in memory is refused before anything is allocated")
    func tooLarge() throws {
        var tiny = TinyModel(.llama)
        tiny.contextLength = 1 << 28
        let model = try model(tiny)
        let error = #expect(throws: ModelError.self) { _ = try Session(model: model, contextLength: 1 << 28) }
        guard case .tooLarge(_, let needed, let available) = error else {
            Issue.record("\(error.debugDescription)")
            return
        }
        #expect(needed > available)
    }

    @Test("breaking out of the stream ends the run, and the session goes on")
    func cancellation() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 256)
        let prompt = tokens(20, in: model)
        var options = GenerationOptions()
        options.ignoresEndOfGeneration = true
        for try await event in session.generate(prompt, options: options) {
            if case .token = event { break }
        }
        let after = try await generate(session, prompt)
        let fresh = try await generate(Session(model: model, contextLength: 256), prompt)
        #expect(after.tokens.map(\.id) == fresh.tokens.map(\.id))
    }

    @Test("two sessions of one model generate at the same time as they do alone")
    func concurrentSessions() async throws {
        let model = try model(TinyModel(.gemma3))
        let prompts = [tokens(20, in: model, seed: 1), tokens(30, in: model, seed: 2)]
        var alone: [[TokenID]] = []
        for prompt in prompts {
            alone.append(try await generate(Session(model: model, contextLength: 128), prompt).tokens.map(\.id))
        }
        let sessions = try prompts.map { _ in try Session(model: model, contextLength: 128) }
        async let first = generate(sessions[0], prompts[0])
        async let second = generate(sessions[1], prompts[1])
        let together = [try await first.tokens.map(\.id), try await second.tokens.map(\.id)]
        #expect(together == alone)
    }

    @Test("memory is accounted for")
    func memory() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 64)
        _ = try await generate(session, tokens(8, in: model))
        let memory = session.memory()
        #expect(memory.weightsMapped == model.byteCount)
        #expect(memory.weightsResident > 0)
        // Keys and values, two bytes each: 2 layers x 2 heads x 16 x 64 positions.
        #expect(memory.keyValueCache == 2 * 2 * 2 * 2 * 16 * 64)
        #expect(memory.scratch > 0)
        #expect(memory.total == memory.weightsResident + memory.repacked + memory.keyValueCache + memory.scratch)
    }

    @Test("a file that is cut short while mapped ends the run with an error")
    func truncatedWhileMapped() async throws {
        let folder = try TemporaryFolder()
        let path = try TinyModel(.llama).write(to: folder)
        let model = try Model(path: path, runtime: Runtime(threads: 2))
        let session = try Session(model: model, contextLength: 64)
        let file = try #require(fopen(path, "r+"))
        #expect(ftruncate(fileno(file), 4096) == 0)
        fclose(file)
        await #expect(throws: (any Error).self) { _ = try await generate(session, tokens(8, in: model)) }
    }
}
