import Backends
import Chat
import EngineTestSupport
import InferenceCore
import Machine
import Testing

/// What a local backend can do beyond answering.
struct LocalBackendCapabilityTests {
    private func backend(
        _ tiny: TinyModel = TinyModel(.llama), contextLength: Int? = nil, energy: EnergyCounter = EnergyCounter()
    ) throws -> LocalBackend {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try LocalBackend.open(
                path: tiny.write(to: folder), name: "tiny", runtime: Runtime(threads: 2), contextLength: contextLength,
                energy: energy)
        }
    }

    private func request(_ text: String = "hello world", system: String? = nil, tokens: Int = 12) -> ChatRequest {
        let system = system.map { [Message(role: .system, content: $0)] } ?? []
        return ChatRequest(
            messages: system + [Message(role: .user, content: text)], maximumTokens: tokens, topLogprobs: 2)
    }

    private func answer(
        _ backend: LocalBackend, _ request: ChatRequest
    ) async throws -> (tokens: [ChatToken], prompt: PromptSummary?, notes: [String], resources: ResourceUse?) {
        var result: (tokens: [ChatToken], prompt: PromptSummary?, notes: [String], resources: ResourceUse?) =
            ([], nil, [], nil)
        for try await event in backend.respond(to: request) {
            switch event {
            case .token(let token): result.tokens.append(token)
            case .prompt(let prompt): result.prompt = prompt
            case .note(let note): result.notes.append(note)
            case .resources(let use): result.resources = use
            default: break
            }
        }
        return result
    }

    private func scores(
        _ backend: LocalBackend, _ answer: AnswerText, to request: ChatRequest, against leader: (any ChatBackend)? = nil
    ) async throws -> (started: [ScoringEvent], tokens: [ScoredToken]) {
        var result: (started: [ScoringEvent], tokens: [ScoredToken]) = ([], [])
        for try await event in backend.score(answer, to: request, against: leader) {
            if case .token(let token) = event { result.tokens.append(token) } else { result.started.append(event) }
        }
        return result
    }

    // MARK: Where an answer begins

    @Test("an answer goes on behind the tokens it begins with, as if they had been chosen")
    func tokenPrefix() async throws {
        let backend = try backend()
        var request = request()
        let whole = try await answer(backend, request)
        request.answerPrefix = .tokens(whole.tokens.prefix(5).compactMap(\.id))
        request.maximumTokens = whole.tokens.count - 5
        let rest = try await answer(backend, request)
        #expect(rest.tokens.map(\.id) == whole.tokens.dropFirst(5).map(\.id))
        #expect(rest.tokens.map(\.logprob) == whole.tokens.dropFirst(5).map(\.logprob))
        #expect(rest.prompt?.tokens == (whole.prompt?.tokens ?? 0) + 5)
    }

    @Test("a text that an answer begins with is text, whatever it spells")
    func textPrefix() async throws {
        let backend = try backend()
        var request = request()
        let without = try await backend.renderPrompt(of: request)
        request.answerPrefix = .text("hello<|im_end|> world")
        let rendered = try await backend.renderPrompt(of: request)
        let prefix = rendered.pieces.dropFirst(without.pieces.count)
        #expect(rendered.pieces.prefix(without.pieces.count) == without.pieces[...])
        #expect(prefix.map(\.text).joined() == "hello<|im_end|> world")
        #expect(prefix.allSatisfy { !$0.isSpecial })
        #expect(try await answer(backend, request).prompt?.tokens == rendered.pieces.count)
    }

    @Test("tokens that no vocabulary has are refused", arguments: [-1, 100_000, Int.max, Int.min])
    func unknownTokens(id: Int) async throws {
        let backend = try backend()
        var request = request()
        request.answerPrefix = .tokens([5, id])
        await #expect(throws: ModelError.self) { _ = try await answer(backend, request) }
        await #expect(throws: ModelError.self) { _ = try await scores(backend, .tokens([5, id]), to: self.request()) }
        #expect(try await backend.renderPrompt(of: request).pieces.last?.text == "")
    }

    @Test("without the cache, a prompt is computed again")
    func withoutCache() async throws {
        let backend = try backend()
        var request = request()
        _ = try await answer(backend, request)
        #expect(try await (answer(backend, request).prompt?.cachedTokens ?? 0) > 0)
        request.usesCache = false
        #expect(try await answer(backend, request).prompt?.cachedTokens == 0)
    }

    // MARK: What the model saw

    @Test("the prompt's pieces are the prompt, special tokens by name")
    func rendering() async throws {
        let backend = try backend(contextLength: 200)
        let rendered = try await backend.renderPrompt(of: request("hello wörld €"))
        #expect(
            rendered.pieces.map(\.text).joined()
                == "<|im_start|>user\nhello wörld €<|im_end|>\n<|im_start|>assistant\n")
        #expect(
            rendered.pieces.filter(\.isSpecial).map(\.text) == ["<|im_start|>", "<|im_end|>", "<|im_start|>"])
        #expect(rendered.notes.isEmpty)
        #expect(rendered.contextLength == 200)
        #expect(try await answer(backend, request("hello wörld €")).prompt?.tokens == rendered.pieces.count)
    }

    @Test("a model without a template continues the raw text, and says so")
    func noTemplate() async throws {
        let backend = try backend(TinyModel(.gemma3))
        let rendered = try await backend.renderPrompt(of: request("the end", system: "be good"))
        #expect(rendered.pieces.map(\.text).joined() == "<bos>be good\nthe end")
        #expect(rendered.pieces.first?.isSpecial == true)
        #expect(rendered.notes == ["this model has no chat template: it continues the raw text"])
        var raw = request("the end")
        raw.rendering = .raw
        #expect(try await backend.renderPrompt(of: raw).notes.isEmpty)
    }

    @Test("a template that drops the system prompt is told of, one that trims it isn't")
    func droppedSystemPrompt() async throws {
        var tiny = TinyModel(.llama)
        tiny.chatTemplate =
            "{% for m in messages %}{% if m['role'] != 'system' %}{{ m['content'] }}{% endif %}{% endfor %}"
        let dropping = try backend(tiny)
        let dropped = request("hi", system: "be good")
        let notes = try await dropping.renderPrompt(of: dropped).notes
        #expect(notes.count == 1 && notes[0].contains("system prompt"))
        #expect(try await answer(dropping, dropped).notes == notes)
        #expect(try await dropping.renderPrompt(of: request("hi")).notes.isEmpty)
        #expect(try await dropping.renderPrompt(of: request("hi", system: " \n ")).notes.isEmpty)
        tiny.chatTemplate = "{% for m in messages %}{{ m['content'] | trim }}{% endfor %}"
        #expect(try await backend(tiny).renderPrompt(of: request("hi", system: "  be good\n")).notes.isEmpty)
    }

    @Test("a prompt that doesn't fit is shown, with how much it is too long")
    func overrun() async throws {
        let request = request("hello world hello world")
        let count = try await backend().renderPrompt(of: request).pieces.count
        let tight = try await backend(contextLength: count).renderPrompt(of: request)
        #expect(tight.pieces.count == count)
        #expect(tight.notes.count == 1 && tight.notes[0].contains("too long by 1 token:"))
        #expect(try await backend(contextLength: count + 1).renderPrompt(of: request).notes.isEmpty)
        let far = try await backend(contextLength: count - 6).renderPrompt(of: request)
        #expect(far.notes[0].contains("too long by 7 tokens:"))
    }

    // MARK: Teacher forcing

    @Test("the same model agrees with its greedy answer, in every token")
    func followItself() async throws {
        let (leader, follower) = (try backend(), try backend())
        let answer = try await answer(leader, request(tokens: 60)).tokens
        let ids = answer.compactMap(\.id)
        for other in [follower, leader] {
            let scores = try await scores(other, .tokens(ids), to: request(), against: leader)
            #expect(scores.started == [.started(tokens: ids.count, sharesVocabulary: true)])
            #expect(scores.tokens.map(\.id) == ids)
            #expect(scores.tokens.allSatisfy { $0.agrees && $0.divergence == 0 && $0.favourite.id == $0.id })
            #expect(scores.tokens.map(\.logprob) == answer.map(\.logprob))
            #expect(scores.tokens.map(\.entropy) == answer.map(\.entropy))
            #expect(scores.tokens.map(\.text).joined() == answer.map(\.text).joined())
        }
    }

    @Test("another vocabulary divides the text itself, and has no divergence")
    func otherVocabulary() async throws {
        let (leader, follower) = (try backend(), try backend(TinyModel(.gemma3)))
        let scores = try await scores(follower, .text("hello the world"), to: request(), against: leader)
        #expect(scores.started == [.started(tokens: scores.tokens.count, sharesVocabulary: false)])
        #expect(scores.tokens.map(\.text).joined() == "hello the world")
        #expect(scores.tokens.allSatisfy { $0.divergence == nil && $0.rank >= 1 && $0.entropy > 0 && $0.logprob < 0 })
    }

    @Test("what the request says of prefix and limits has no part in scores")
    func scoresOfRequest() async throws {
        let backend = try backend()
        let plain = try await scores(backend, .text("hello"), to: request())
        var other = request(tokens: 1)
        other.answerPrefix = .text("whatever")
        other.sampling.temperature = 3
        #expect(try await scores(backend, .text("hello"), to: other).tokens == plain.tokens)
        #expect(
            try await scores(backend, .text(""), to: request()).started == [
                .started(tokens: 0, sharesVocabulary: false)
            ])
    }

    @Test("an answer that doesn't fit is an error of one line")
    func answerTooLong() async throws {
        let backend = try backend(contextLength: 40)
        let error = await #expect(throws: ModelError.self) {
            _ = try await scores(backend, .text(String(repeating: "hello ", count: 60)), to: request())
        }
        let line = error.map { "\($0)" } ?? ""
        #expect(line.contains("40") && line.contains("answer") && !line.contains("\n"))
    }

    // MARK: What a run takes

    @Test("a run says what it took of the processors, and why there is no energy")
    func resources() async throws {
        let folder = try TemporaryFolder()
        let backend = try backend(energy: EnergyCounter(root: folder.path))
        let use = try #require(await answer(backend, request()).resources)
        #expect(use.processorTime > .zero && use.elapsed > .zero)
        #expect(use.energy == .unavailable("this machine exposes no counter"))
    }

    @Test("an answer is what it has to be, whatever the model; guesses change nothing", arguments: [0.0, 1.5])
    func constrainedAnswers(temperature: Double) async throws {
        let backend = try backend(contextLength: 256)
        let expression = try Regex("[a-c]{3}-[0-9]+!")
        for seed in 1...5 {
            var request = request(tokens: 60)
            request.constraint = .regularExpression("[a-c]{3}-[0-9]{1,4}!")
            (request.sampling.temperature, request.sampling.seed) = (temperature, UInt64(seed))
            let text = try await answer(backend, request).tokens.map(\.text).joined()
            #expect(try expression.wholeMatch(in: text) != nil, "\(text)")
            request.speculation = .lookup
            #expect(try await answer(backend, request).tokens.map(\.text).joined() == text)
        }
        var request = request()
        request.constraint = .choices(["yes", "no"])
        #expect(["yes", "no"].contains(try await answer(backend, request).tokens.map(\.text).joined()))
        request.answerPrefix = .text("ye")
        #expect(try await answer(backend, request).tokens.map(\.text).joined() == "s")
    }

    @Test("a constraint that can't be used is refused as the request's fault")
    func unusableConstraint() async throws {
        let backend = try backend()
        for constraint in [
            AnswerConstraint.grammar("root ::= x"), .regularExpression("(?=a)"), .jsonSchema("{\"if\":{}}"),
            .choices([]),
        ] {
            var request = request()
            request.constraint = constraint
            let error = await #expect(throws: ConstraintError.self) { try await answer(backend, request) }
            #expect(error?.refusal != nil)
        }
    }

    @Test("choices are scored as decoding holds them, one that begins another with its end")
    func choiceScores() async throws {
        let backend = try backend()
        let scores = try await backend.score(choices: ["yes", "no"], for: request())
        #expect(scores.logprobs.count == 2 && scores.logprobs.allSatisfy { $0 < 0 })
        for (index, choice) in ["yes", "no"].enumerated() {
            let led = try await self.scores(backend, .text(choice), to: request())
            #expect(abs(led.tokens.reduce(0) { $0 + $1.logprob } - scores.logprobs[index]) < 1e-6)
            #expect(led.tokens.count == scores.tokenCounts[index])
        }
        let nested = try await backend.score(choices: ["no", "no one"], for: request())
        #expect(nested.logprobs[0] < scores.logprobs[1])
    }
}
