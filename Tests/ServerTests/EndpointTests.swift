import Chat
import ChatTestSupport
import Testing

@testable import Server

@Suite struct EndpointTests {
    private static let hello = #"{"model":"tiny","messages":[{"role":"user","content":"hi"}]"#

    private func service(_ backend: ScriptedBackend) throws -> Service {
        try Service(
            models: [ServedModel(id: "tiny", sessions: [backend], trainedContextLength: 4096)],
            configuration: ServerConfiguration())
    }

    @Test("models are listed with what is known of them", arguments: ["/v1/models", "/models"])
    func models(path: String) async throws {
        let json = try await service(.answering([])).answer("GET", path).json
        let model = json["data"][0]
        #expect(json["object"].text == "list" && json["data"].count == 1)
        #expect(model["id"].text == "tiny" && model["owned_by"].text == "diptych" && model["object"].text == "model")
        #expect(model["meta"]["n_ctx"].number == 2048 && model["meta"]["n_ctx_train"].number == 4096)
        #expect(model["meta"]["n_params"].number == 1000 && model["meta"]["size"].number == 1000)
        let single = try await service(.answering([])).answer("GET", path + "/tiny").json
        #expect(single["id"].text == "tiny")
        #expect(try await service(.answering([])).answer("GET", path + "/other").response?.status == .notFound)
    }

    @Test("a whole answer has text, reason, usage and times")
    func whole() async throws {
        let backend = ScriptedBackend.answering(["Hel", "lo", "!"])
        let exchange = try await service(backend).answer("POST", "/v1/chat/completions", Self.hello + "}")
        let json = await exchange.json
        let choice = json["choices"][0]
        #expect(json["object"].text == "chat.completion" && json["id"].text?.hasPrefix("chatcmpl-") == true)
        #expect(json["model"].text == "tiny")
        #expect(choice["message"]["role"].text == "assistant" && choice["message"]["content"].text == "Hello!")
        #expect(choice["finish_reason"].text == "stop" && choice["logprobs"].isNull)
        #expect(json["usage"]["prompt_tokens"].number == 10 && json["usage"]["completion_tokens"].number == 3)
        #expect(json["usage"]["total_tokens"].number == 13)
        #expect(json["usage"]["prompt_tokens_details"]["cached_tokens"].number == 0)
        #expect(json["timings"]["prompt_n"].number == 10 && json["timings"]["prompt_ms"].number == 50)
        #expect(json["timings"]["prompt_per_second"].number == 200)
        #expect(json["timings"]["predicted_n"].number == 3 && json["timings"]["predicted_ms"].number == 20)
        #expect(json["timings"]["predicted_per_second"].number == 100 && json["timings"]["cache_n"].number == 0)
        #expect(backend.requests.map(\.messages) == [[Message(role: .user, content: "hi")]])
        let record = await exchange.record
        #expect(record.model == "tiny" && record.promptTokens == 10 && record.answerTokens == 3)
    }

    @Test("a streamed answer comes in pieces that say the same", arguments: [false, true])
    func streamed(includesUsage: Bool) async throws {
        let body = Self.hello + #","stream":true,"stream_options":{"include_usage":\#(includesUsage)}}"#
        let exchange = try await service(.answering(["Hel", "lo", "!"])).answer("POST", "/v1/chat/completions", body)
        let chunks = await exchange.chunks
        #expect(await exchange.events.last == "[DONE]")
        #expect(await exchange.hasEnded)
        #expect(chunks.allSatisfy { $0["object"].text == "chat.completion.chunk" && $0["id"] == chunks[0]["id"] })
        #expect(chunks[0]["choices"][0]["delta"]["role"].text == "assistant")
        let texts = chunks.compactMap { $0["choices"][0]["delta"]["content"].text }
        #expect(texts == ["", "Hel", "lo", "!"])
        let finishes = chunks.map { $0["choices"][0]["finish_reason"] }
        #expect(finishes.dropLast(includesUsage ? 2 : 1).allSatisfy { $0.isNull })
        #expect(chunks[4]["choices"][0]["finish_reason"].text == "stop" && chunks[4]["choices"][0]["delta"].count == 0)
        #expect(chunks.count == (includesUsage ? 6 : 5))
        #expect(chunks.last?["timings"]["predicted_n"].number == 3)
        #expect(chunks.dropLast().allSatisfy { $0["timings"].isMissing })
        if includesUsage {
            #expect(chunks.last?["choices"].count == 0 && chunks.last?["usage"]["total_tokens"].number == 13)
        }
    }

    @Test("nothing of a stop string is sent, and the rest of the answer isn't waited for", arguments: [false, true])
    func stopped(streams: Bool) async throws {
        let words = ["one ", "tw", "o ", "three"]
        var script = words.enumerated().map { index, word in
            ScriptedBackend.Step.event(.token(ChatToken(id: index, text: word, at: .milliseconds(index))))
        }
        script.insert(.event(.prompt(PromptSummary(tokens: 4, cachedTokens: 3))), at: 0)
        let backend = ScriptedBackend(script: script + [.waitForCancellation])
        let exchange = try await service(backend).answer(
            "POST", "/v1/chat/completions", Self.hello + #","stop":"two","stream":\#(streams)}"#)
        if streams {
            let chunks = await exchange.chunks
            #expect(chunks.compactMap { $0["choices"][0]["delta"]["content"].text }.joined() == "one ")
            #expect(chunks.last?["choices"][0]["finish_reason"].text == "stop")
            #expect(chunks.last?["timings"]["cache_n"].number == 3)
        } else {
            #expect(await exchange.json["choices"][0]["message"]["content"].text == "one ")
            #expect(await exchange.json["choices"][0]["finish_reason"].text == "stop")
        }
    }

    @Test("tokens are listed with their bytes and what else they could have been")
    func logprobs() async throws {
        let other = ChatToken.Alternative(id: 9, text: "o", logprob: -.infinity)
        let token = ChatToken(id: 1, text: "é", logprob: -0.25, alternatives: [other], at: .zero)
        let backend = ScriptedBackend(script: [
            .event(.prompt(PromptSummary(tokens: 1, cachedTokens: 0))), .event(.token(token)),
            .event(.finished(.length, at: .zero)),
        ])
        let service = try service(backend)
        let chat = try await service.answer(
            "POST", "/v1/chat/completions", Self.hello + #","logprobs":true,"top_logprobs":1}"#)
        let listed = await chat.json["choices"][0]["logprobs"]["content"][0]
        #expect(listed["token"].text == "é" && listed["logprob"].number == -0.25)
        #expect(listed["bytes"].elements.compactMap(\.number) == [0xC3, 0xA9])
        #expect(listed["top_logprobs"][0]["token"].text == "o" && listed["top_logprobs"][0]["logprob"].number == -9999)
        #expect(backend.requests.first?.topLogprobs == 1)
        let text = try await service.answer("POST", "/v1/completions", #"{"prompt":"x","logprobs":1}"#)
        let lists = await text.json["choices"][0]["logprobs"]
        #expect(lists["tokens"][0].text == "é" && lists["token_logprobs"][0].number == -0.25)
        #expect(lists["top_logprobs"][0]["o"].number == -9999 && lists["text_offset"][0].number == 0)
    }

    @Test("a continuation may have its prompt before it", arguments: [false, true])
    func echo(streams: Bool) async throws {
        let exchange = try await service(.answering([" b"])).answer(
            "POST", "/v1/completions", #"{"prompt":"a","echo":true,"stream":\#(streams)}"#)
        if streams {
            let chunks = await exchange.chunks
            #expect(chunks.compactMap { $0["choices"][0]["text"].text }.joined() == "a b")
            #expect(chunks.last?["choices"][0]["finish_reason"].text == "stop")
        } else {
            #expect(await exchange.json["choices"][0]["text"].text == "a b")
            #expect(await exchange.json["object"].text == "text_completion")
        }
    }
}
