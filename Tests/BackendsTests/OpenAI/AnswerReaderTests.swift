import Chat
import Testing

@testable import Backends

@Suite struct AnswerReaderTests {
    /// The events of a stream with this data, one event a millisecond.
    private func read(_ data: [String], hasLimit: Bool = true) throws -> [ChatEvent] {
        var reader = AnswerReader(host: "models.example", hasLimit: hasLimit)
        var events: [ChatEvent] = []
        for (index, data) in data.enumerated() {
            events += try reader.take(data, at: .milliseconds(index + 1))
        }
        return try events + reader.end(at: .seconds(1))
    }

    private func tokens(_ events: [ChatEvent]) -> [ChatToken] {
        events.compactMap { if case .token(let token) = $0 { token } else { nil } }
    }

    private func finish(_ events: [ChatEvent]) -> FinishReason? {
        if case .finished(let reason, _)? = events.last { reason } else { nil }
    }

    private func report(_ events: [ChatEvent]) -> ServerReport {
        events.reduce(into: ServerReport()) { report, event in
            if case .server(let more) = event { report.merge(more) }
        }
    }

    @Test func aChatIsRead() throws {
        let events = try read([
            #"{"choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"The "}}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"Rhine"}}]}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":3}}}"#,
            "[DONE]",
        ])
        #expect(tokens(events).map(\.text) == ["The ", "Rhine"])
        #expect(tokens(events).allSatisfy { $0.isChunk && $0.channel == .answer })
        #expect(tokens(events).map(\.at) == [.milliseconds(2), .milliseconds(3)])
        #expect(finish(events) == .stop)
        #expect(report(events) == ServerReport(promptTokens: 9, cachedTokens: 3, completionTokens: 4))
    }

    @Test func namedTokensCarryTheirProbabilities() throws {
        let events = try read([
            #"""
            {"choices":[{"delta":{"content":"Hi!"},"logprobs":{"content":[
              {"token":"Hi","logprob":-0.5,"bytes":[72,105],"top_logprobs":[{"token":"Hi","logprob":-0.5},{"token":"Yo","logprob":-2}]},
              {"token":"!","logprob":-9999.0,"top_logprobs":[]}]}}]}
            """#, "[DONE]",
        ])
        let tokens = tokens(events)
        #expect(tokens.map(\.text) == ["Hi", "!"])
        #expect(tokens.map(\.isChunk) == [false, false])
        #expect(tokens.map(\.logprob) == [-0.5, -9999])
        #expect(tokens[0].alternatives.map(\.text) == ["Hi", "Yo"])
        #expect(tokens[0].alternatives.allSatisfy { $0.id == nil })
    }

    /// Bytes of a character that isn't whole have no text of their own: what was said stands.
    @Test func textStandsWhereNamesDiffer() throws {
        let events = try read([
            #"{"choices":[{"delta":{"content":"é"},"logprobs":{"content":[{"token":"\ufffd","logprob":-1},{"token":"\ufffd","logprob":-2}]}}]}"#,
            "[DONE]",
        ])
        #expect(tokens(events).map(\.text) == ["", "é"])
        #expect(tokens(events).map(\.logprob) == [-1, -2])
    }

    @Test func textCompletionsAreRead() throws {
        let events = try read([
            #"{"choices":[{"text":" the","logprobs":{"tokens":[" the"],"token_logprobs":[-0.25],"top_logprobs":[{" a":-1.5," the":-0.25}]}}]}"#,
            #"{"choices":[{"text":" end","logprobs":null,"finish_reason":"length"}]}"#, "[DONE]",
        ])
        #expect(tokens(events).map(\.text) == [" the", " end"])
        #expect(tokens(events)[0].alternatives.map(\.text) == [" the", " a"])
        #expect(finish(events) == .length)
    }

    @Test(arguments: ["reasoning_content", "reasoning"])
    func thoughtsHaveAFieldOfTheirOwn(_ field: String) throws {
        let events = try read([
            #"{"choices":[{"delta":{"\#(field)":"hm "}}]}"#,
            #"{"choices":[{"delta":{"\#(field)":"yes","content":""}}]}"#,
            #"{"choices":[{"delta":{"content":"Yes."},"finish_reason":"stop"}]}"#,
            #"{"choices":[],"usage":{"completion_tokens":5,"completion_tokens_details":{"reasoning_tokens":3}}}"#,
        ])
        #expect(tokens(events).map(\.channel) == [.reasoning, .reasoning, .answer])
        #expect(report(events).reasoningTokens == 3)
    }

    @Test func thoughtsStandBetweenTags() throws {
        let events = try read(
            ["<thi", "nk>h", "m</", "think>", "\n\n", "Yes", "."].map {
                #"{"choices":[{"delta":{"content":"\#($0.replacing("\n", with: "\\n"))"}}]}"#
            } + ["[DONE]"])
        let tokens = tokens(events)
        #expect(tokens.count == 7)
        #expect(tokens.filter { $0.channel == .reasoning }.map(\.text).joined() == "hm")
        #expect(tokens.filter { $0.channel == .answer }.map(\.text).joined() == "Yes.")
    }

    @Test(arguments: [
        ("stop", true, FinishReason.stop), ("length", true, .length), ("length", false, .contextFull),
        ("content_filter", true, .refusal), ("tool_calls", true, .toolCall), ("function_call", true, .toolCall),
        ("eos", true, .stop), ("max_tokens", true, .length),
    ])
    func reasonsAreUnderstood(_ text: String, _ hasLimit: Bool, _ reason: FinishReason) throws {
        let events = try read([#"{"choices":[{"delta":{},"finish_reason":"\#(text)"}]}"#], hasLimit: hasLimit)
        #expect(finish(events) == reason)
    }

    @Test func aRefusalIsShown() throws {
        let events = try read([
            #"{"choices":[{"delta":{"refusal":"I won't."}}]}"#, #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#,
        ])
        #expect(tokens(events).map(\.text) == ["I won't."])
        #expect(finish(events) == .refusal)
    }

    @Test(arguments: [
        (
            #"{"choices":[],"timings":{"cache_n":2,"prompt_n":8,"prompt_ms":40.0,"predicted_n":4,"predicted_ms":100.0}}"#,
            ServerReport(
                cachedTokens: 2, prefill: .milliseconds(40), prefillTokens: 8, decode: .milliseconds(100),
                decodeTokens: 3)
        ),
        (
            #"{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":4,"prompt_time":0.25,"completion_time":0.5}}"#,
            ServerReport(
                promptTokens: 10, completionTokens: 4, prefill: .milliseconds(250), prefillTokens: 10,
                decode: .milliseconds(500), decodeTokens: 4)
        ),
        (
            #"{"choices":[],"prompt_eval_count":10,"prompt_eval_duration":250000000,"eval_count":4,"eval_duration":500000000,"load_duration":1000000000}"#,
            ServerReport(
                prefill: .milliseconds(250), prefillTokens: 10, decode: .milliseconds(500), decodeTokens: 4,
                load: .seconds(1))
        ),
        (
            #"{"choices":[],"usage":{"prompt_tokens":10,"prompt_cache_hit_tokens":6}}"#,
            ServerReport(promptTokens: 10, cachedTokens: 6)
        ),
        (
            #"{"choices":[],"usage":{"prompt_tokens":-5,"completion_tokens":"many"},"timings":{"prompt_ms":-1}}"#,
            ServerReport()
        ),
        (#"{"choices":[],"usage":null,"timings":7}"#, ServerReport()),
    ])
    func serversSayWhatTheyDid(_ data: String, _ expected: ServerReport) throws {
        #expect(try report(read([data, "[DONE]"])) == expected)
    }

    @Test(arguments: [
        (
            #"{"error":{"message":"out of memory","type":"server_error"}}"#,
            "failed in the middle of the answer: out of memory"
        ),
        (#"{"error":"overloaded"}"#, "overloaded"), (#"{"message":"gone"}"#, "gone"), (#"{"detail":"no"}"#, "no"),
        (#"{"error":{"code":1}}"#, "it gave no reason"), ("<html>", "expected an event with JSON, found <html>"),
        ("{\"choices\":", "expected an event with JSON"), ("[1,2]", "expected an event with JSON"),
    ])
    func errorsInTheStreamAreTold(_ data: String, _ words: String) {
        let error = #expect(throws: OpenAIError.self) { try read([data]) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    @Test func anEndThatNobodyAnnouncedIsAnError() {
        #expect(throws: OpenAIError.brokenOff(host: "models.example")) {
            try read([#"{"choices":[{"delta":{"content":"The"}}]}"#])
        }
    }

    /// Whatever JSON comes, it is read or refused.
    @Test(arguments: [
        "null", "{}", "7", "\"\"", "{\"choices\":{}}", "{\"choices\":[]}", "{\"choices\":[7]}", "{\"choices\":[{}]}",
        "{\"choices\":[{\"delta\":7}]}", "{\"choices\":[{\"delta\":{\"content\":7}}]}", "{\"choices\":null}",
        "{\"choices\":[{\"index\":3,\"delta\":{\"content\":\"other\"}}]}", "{\"error\":null,\"choices\":[]}",
        "{\"choices\":[{\"delta\":{\"content\":\"\"},\"logprobs\":{\"content\":[]}}]}", "   ",
        "{\"choices\":[{\"logprobs\":{\"content\":[{\"token\":7}]},\"delta\":{}}]}",
    ])
    func oddEventsSayNothing(_ data: String) {
        let events = try? read([data, "[DONE]"])
        #expect(events.map { tokens($0).isEmpty } ?? true)
    }
}
