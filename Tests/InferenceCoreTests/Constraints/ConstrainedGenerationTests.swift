import EngineTestSupport
import Testing

@testable import InferenceCore

/// Answers under constraints, from models whose weights are noise: they'd write anything.
@Suite struct ConstrainedGenerationTests {
    private func model(_ tiny: TinyModel) throws -> Model {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try Model(path: tiny.write(to: folder), runtime: Runtime(threads: 2))
        }
    }

    private struct Outcome: Equatable {
        var tokens: [TokenID] = []
        var bytes: [UInt8] = []
        var text = ""
        var logprobs: [Double] = []
        var end: GenerationEnd?
    }

    private func generate(_ model: Model, _ options: GenerationOptions, prompt: [TokenID]) async throws -> Outcome {
        let session = try Session(model: model, contextLength: 256)
        var outcome = Outcome()
        for try await event in session.generate(prompt, options: options) {
            switch event {
            case .token(let token):
                outcome.tokens.append(token.id)
                outcome.bytes += model.tokenizer.bytes(of: token.id)
                outcome.text += token.text
                outcome.logprobs.append(token.logprob)
            case .finished(let end, _): outcome.end = end
            default: break
            }
        }
        return outcome
    }

    private static let prompt: [TokenID] = [9, 10, 11, 12, 13, 9, 10, 11, 12]

    private static var samplings: [SamplingParameters] {
        var warm = SamplingParameters()
        warm.temperature = 1.5
        warm.seed = 3
        var penalized = warm
        (penalized.repetitionPenalty, penalized.frequencyPenalty, penalized.topK) = (1.4, 0.3, 4)
        var open = warm
        (open.topK, open.topP, open.minP) = (0, 1, 0)
        return [SamplingParameters(), warm, penalized, open]
    }

    private static let constraints: [@Sendable () throws -> Constraint] = [
        { try .choices(["yes", "no", "not at all", "hello world"]) },
        { try .regularExpression("[a-z]{2,5}( [a-z]{2,5}){3}|\\d{3}") },
        {
            try .jsonSchema(
                #"{"type":"object","properties":{"a":{"type":"integer","minimum":0,"maximum":999},"b":{"enum":["x","yy"]},"c":{"type":"array","items":{"type":"boolean"},"maxItems":3}},"required":["a","b","c"]}"#
            )
        },
        {
            try .grammar(
                "root ::= \"(\" [a-c]{1,3} rest\nrest ::= \")\" | \",\" [a-c]{1,3} (\")\" | \",\" [a-c] \")\")")
        },
    ]

    @Test(
        "What is written satisfies the constraint, and speculation writes the same",
        arguments: TinyModel.Architecture.allCases, constraints.indices)
    func satisfied(architecture: TinyModel.Architecture, index: Int) async throws {
        let model = try model(TinyModel(architecture))
        let constraint = try Self.constraints[index]()
        let bound = TokenConstraint(constraint, tokenizer: model.tokenizer)
        for sampling in Self.samplings {
            var options = GenerationOptions(sampling: sampling, maximumTokens: 200)
            options.constraint = bound
            let plain = try await generate(model, options, prompt: Self.prompt)
            #expect(plain.end == .endOfGeneration)
            #expect(constraint.accepts(plain.bytes), "\(plain.text)")
            #expect(plain.logprobs.allSatisfy { $0 < 0 && $0.isFinite })
            for speculation in [Speculation.promptLookup, .draft(model)] {
                options.speculation = speculation
                #expect(try await generate(model, options, prompt: Self.prompt) == plain)
            }
        }
    }

    @Test("Log-probabilities and alternatives are those of the model's own distribution")
    func logprobs() async throws {
        let model = try model(TinyModel(.llama))
        var options = GenerationOptions(maximumTokens: 1, topLogprobs: 3)
        func first() async throws -> GeneratedToken? {
            for try await event in try Session(model: model, contextLength: 64).generate(Self.prompt, options: options)
            {
                if case .token(let token) = event { return token }
            }
            return nil
        }
        let free = try #require(try await first())
        options.constraint = TokenConstraint(
            try .choices(["zebra", "quite"]), tokenizer: model.tokenizer)
        let held = try #require(try await first())
        #expect(held.top == free.top && held.entropy == free.entropy)
        #expect(held.logprob <= free.logprob)
        let logits = try await Session(model: model, contextLength: 64).logits(of: Self.prompt)[0]
        let total = logits.map(Double.init).reduce(-.infinity) { max($0, $1) }
        let sum = logits.reduce(0.0) { $0 + exponential(Double($1) - total) }
        #expect(abs(held.logprob - (Double(logits[Int(held.id)]) - total - logarithm(sum))) < 1e-4)
    }

    @Test("A greedy token is the likeliest of those that are allowed")
    func greedy() async throws {
        let model = try model(TinyModel(.qwen2))
        let bound = TokenConstraint(try .regularExpression("[^a-z]{40}"), tokenizer: model.tokenizer)
        var options = GenerationOptions(maximumTokens: 12)
        options.constraint = bound
        let outcome = try await generate(model, options, prompt: Self.prompt)
        #expect(outcome.end == .maximumTokens)
        var matcher = bound.matcher()
        var sequence = Self.prompt
        let session = try Session(model: model, contextLength: 256)
        for token in outcome.tokens {
            let logits = try await session.logits(of: sequence)[0]
            let best = matcher.allowedTokens.max { left, right in
                let (one, other) = (logits[Int(left)], logits[Int(right)])
                return one != other ? one < other : left > right
            }
            #expect(token == best)
            let isRead = matcher.advance(token)
            #expect(isRead)
            sequence.append(token)
        }
    }

    @Test("The beginning of an answer is read first")
    func prefix() async throws {
        let model = try model(TinyModel(.llama))
        var options = GenerationOptions(maximumTokens: 50)
        let constraint = try Constraint.choices(["hello world", "hello there"])
        options.constraint = TokenConstraint(constraint, tokenizer: model.tokenizer)
        options.answerPrefix = Array("hello ".utf8)
        let outcome = try await generate(model, options, prompt: Self.prompt)
        #expect(["world", "there"].contains(outcome.text))
        options.answerPrefix = Array("hello there".utf8)
        let complete = try await generate(model, options, prompt: Self.prompt)
        #expect(complete.tokens.isEmpty && complete.end == .endOfGeneration)
        options.answerPrefix = Array("help".utf8)
        await #expect(throws: ConstraintError.prefixNotAllowed(byte: 4)) {
            try await generate(model, options, prompt: Self.prompt)
        }
    }

    @Test("A constraint for another vocabulary is refused")
    func otherVocabulary() async throws {
        let (model, other) = (try model(TinyModel(.llama)), try model(TinyModel(.gemma3)))
        var options = GenerationOptions(maximumTokens: 5)
        options.constraint = TokenConstraint(try .choices(["a"]), tokenizer: other.tokenizer)
        await #expect(throws: ConstraintError.otherVocabulary(path: model.path)) {
            try await generate(model, options, prompt: Self.prompt)
        }
    }

    @Test("Where the model may not end its turn, it goes on for as long as it can")
    func ignoringEnd() async throws {
        let model = try model(TinyModel(.llama))
        var options = GenerationOptions(maximumTokens: 100)
        options.ignoresEndOfGeneration = true
        options.constraint = TokenConstraint(try .regularExpression("a{0,30}"), tokenizer: model.tokenizer)
        let outcome = try await generate(model, options, prompt: Self.prompt)
        #expect(outcome.text == String(repeating: "a", count: 30))
        #expect(outcome.end == .endOfGeneration)
    }

    @Test("A vocabulary without the bytes that are needed is told")
    func missingBytes() throws {
        var contents = VocabularyContents()
        (contents.file, contents.model, contents.pretokenizer) = ("test.gguf", "gpt2", "gpt-2")
        contents.tokens = PackedStrings(["a", "b", "ab"])
        contents.tokenTypes = [1, 1, 1]
        contents.merges = .names(PackedStrings(["a b"]))
        let tokenizer = try Tokenizer(contents)
        let bound = TokenConstraint(try .choices(["abc"]), tokenizer: tokenizer)
        var matcher = bound.matcher()
        #expect(matcher.allowedTokens == [0, 2])
        let isRead = matcher.advance(2)
        #expect(isRead)
        #expect(matcher.allowedTokens.isEmpty)
        var sampler = Sampler(SamplingParameters(), prompt: [])
        var logits: [Float] = [1, 2, 3]
        #expect(throws: ConstraintError.noToken) {
            try logits.withUnsafeMutableBufferPointer { try sampler.choose($0, allowedBy: matcher) }
        }
    }

    @Test("Many sessions share a constraint, and long answers keep their tables small")
    func shared() async throws {
        let tokenizer = try MaskTests.tiny(.llama)
        let bound = TokenConstraint(try .jsonValue(), tokenizer: tokenizer)
        let texts = await withTaskGroup(of: Int.self) { group in
            for seed in 0..<4 as Range<UInt64> {
                group.addTask {
                    var random = SeededGenerator(seed: seed)
                    var matcher = bound.matcher()
                    var opened = 0
                    for _ in 0..<3000 {
                        let isOpening = random.next() % 2 == 0
                        let text = isOpening ? "[" : opened > 0 ? "1]," : "["
                        opened += text == "[" ? 1 : -1
                        if opened == 0 { return matcher.advance(bytes: "1]".utf8) }
                        guard matcher.advance(bytes: text.utf8) == text.utf8.count else { return -1 }
                    }
                    return matcher.advance(bytes: "\"".utf8) + 1
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts == [2, 2, 2, 2])
    }
}
