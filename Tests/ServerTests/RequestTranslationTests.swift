import Chat
import Testing

@testable import Server

@Suite struct RequestTranslationTests {
    private static let messages = #""messages":[{"role":"user","content":"hi"}]"#

    private func chat(_ members: String) throws -> CompletionJob {
        try ChatCompletionRequest(body: Array("{\(members)}".utf8)).job(randomSeed: 7)
    }

    private func text(_ members: String) throws -> CompletionJob {
        try WireJSON.decode(TextCompletionRequest.self, from: Array("{\(members)}".utf8)).job(randomSeed: 7)
    }

    private func error(_ body: () throws -> CompletionJob) -> APIError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? APIError
        }
    }

    @Test("what isn't said is as the protocol has it, and where it has nothing, as the program does")
    func defaults() throws {
        let job = try chat(Self.messages)
        #expect(job.request.messages == [Message(role: .user, content: "hi")])
        #expect(job.request.sampling.temperature == 1 && job.request.sampling.topP == 1)
        let own = SamplingOptions()
        #expect(job.request.sampling.topK == own.topK && job.request.sampling.minP == own.minP)
        #expect(job.request.sampling.seed == 7)
        #expect(job.request.maximumTokens == nil && job.request.rendering == .chatTemplate)
        #expect(job.model == nil && !job.streams && !job.includesUsage && !job.listsLogprobs && job.stops.isEmpty)
        let completion = try text(#""prompt":"once""#)
        #expect(completion.request.maximumTokens == 16 && completion.request.rendering == .raw)
        #expect(completion.request.messages.map(\.content) == ["once"])
    }

    @Test("everything that can be said is understood")
    func everything() throws {
        let job = try chat(
            Self.messages + """
                ,"model":"m","stream":true,"stream_options":{"include_usage":true},"stop":["a","b"],"seed":-1,
                "temperature":0,"top_p":0.5,"top_k":3,"min_p":0.1,"repeat_penalty":1.2,"presence_penalty":-1,
                "frequency_penalty":2,"max_tokens":5,"max_completion_tokens":6,"n":1,"logprobs":true,"top_logprobs":4,
                "tools":[],"response_format":{"type":"text"},"logit_bias":{},"user":"u","metadata":{"x":[1]},"store":null,
                "cache_prompt":false
                """)
        #expect(job.model == "m" && job.streams && job.includesUsage && job.listsLogprobs)
        #expect(!job.request.usesCache)
        #expect(job.stops == ["a", "b"] && job.request.maximumTokens == 6 && job.request.topLogprobs == 4)
        #expect(
            job.request.sampling
                == SamplingOptions(
                    temperature: 0, topK: 3, topP: 0.5, minP: 0.1, repetitionPenalty: 1.2, presencePenalty: -1,
                    frequencyPenalty: 2, seed: .max))
    }

    @Test(
        "a seed is any number of 64 bits",
        arguments: [("0", 0), ("-1", .max), ("18446744073709551615", .max), ("7.0", 7)])
    func seeds(text: String, seed: UInt64) throws {
        #expect(try chat(Self.messages + #","seed":\#(text)"#).request.sampling.seed == seed)
    }

    @Test("what the answer has to be is said in the protocol's way or in vLLM's; a schema keeps its order")
    func constraints() throws {
        func constraint(_ members: String) throws -> AnswerConstraint? {
            try chat(Self.messages + members).request.constraint
        }
        let schema = #"{"properties":{"b":{"type":"null"},"a":{"enum":["\u0022}",1]}}, "type" : "object"}"#
        #expect(
            try constraint(#","response_format":{"json_schema":{"name":"n","schema":\#(schema)},"type":"json_schema"}"#)
                == .jsonSchema(schema))
        #expect(try constraint(#","response_format":{"type":"json_object"}"#) == .jsonObject)
        #expect(try constraint(#","structured_outputs":{"json": \#(schema) }"#) == .jsonSchema(schema))
        #expect(try constraint(#","structured_outputs":{"choice":["a","b"]}"#) == .choices(["a", "b"]))
        #expect(try constraint(#","structured_outputs":{"regex":"a+"}"#) == .regularExpression("a+"))
        #expect(try constraint(#","grammar":"root ::= \"a\"""#) == .grammar("root ::= \"a\""))
        #expect(try constraint(#","response_format":{"type":"text"}"#) == nil)
    }

    @Test("null is as if it weren't there")
    func nulls() throws {
        let job = try chat(
            Self.messages + #","temperature":null,"stop":null,"seed":null,"tools":null,"max_tokens":null,"stream":null"#
        )
        #expect(job.request.sampling.temperature == 1 && job.stops.isEmpty && job.request.maximumTokens == nil)
    }

    @Test("the assistant's last message is the beginning of the answer, unless it isn't to be")
    func prefix() throws {
        let messages = #""messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"he"}]"#
        for members in [messages, messages + #","continue_final_message":true"#] {
            let job = try chat(members)
            #expect(job.request.messages.map(\.role) == [.user] && job.request.answerPrefix == .text("he"))
        }
        let job = try chat(messages + #","continue_final_message":false"#)
        #expect(job.request.messages.map(\.role) == [.user, .assistant] && job.request.answerPrefix == nil)
        #expect(
            error { try chat(Self.messages + #","continue_final_message":true"#) }?.param == "continue_final_message")
        #expect(error { try chat(#""messages":[{"role":"assistant","content":"he"}]"#) }?.param == "messages")
    }

    @Test("a message's text may come in parts, and developers are the system")
    func parts() throws {
        let job = try chat(
            """
            "messages":[{"role":"developer","content":"be brief"},
            {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],"name":"x"}]
            """)
        #expect(
            job.request.messages == [Message(role: .system, content: "be brief"), Message(role: .user, content: "ab")])
    }

    @Test(
        "what is wrong is named",
        arguments: [
            (#""messages":[]"#, "messages", nil), ("", "messages", "missing_required_parameter"),
            (#""messages":"hi""#, "messages", "invalid_type"),
            (#""messages":[{"content":"hi"}]"#, "messages[0].role", "missing_required_parameter"),
            (#""messages":[{"role":"tool","content":"hi"}]"#, "messages[0].role", nil),
            (#""messages":[{"role":"user","content":null}]"#, "messages[0].content", nil),
            (
                #""messages":[{"role":"user","content":[{"type":"image_url","image_url":{}}]}]"#,
                "messages[0].content[0]", "unsupported"
            ),
            (messages + #","temperature":3"#, "temperature", nil),
            (messages + #","temperature":"hot""#, "temperature", "invalid_type"),
            (messages + #","top_p":0"#, "top_p", nil), (messages + #","max_tokens":0"#, "max_tokens", nil),
            (messages + #","max_completion_tokens":-1"#, "max_completion_tokens", nil),
            (messages + #","seed":1e30"#, "seed", "invalid_type"),
            (messages + #","max_tokens":1.5"#, "max_tokens", "invalid_type"),
            (messages + #","stop":["a","b","c","d","e"]"#, "stop", nil), (messages + #","stop":"""#, "stop", nil),
            (messages + #","n":2"#, "n", "unsupported"),
            (messages + #","logit_bias":{"5":1}"#, "logit_bias", "unsupported"),
            (messages + #","tools":[{"type":"function"}]"#, "tools", "unsupported"),
            (messages + #","response_format":{"type":"json_schema"}"#, "response_format", "missing_required_parameter"),
            (messages + #","response_format":{"type":"yaml"}"#, "response_format", "unsupported"),
            (messages + #","response_format":{"type":"json_object"},"grammar":"x""#, "response_format", nil),
            (messages + #","top_logprobs":3"#, "top_logprobs", nil),
            (messages + #","logprobs":true,"top_logprobs":21"#, "top_logprobs", nil),
        ] as [(String, String, String?)])
    func wrongChats(members: String, param: String, code: String?) {
        let error = error { try chat(members) }
        #expect(
            error?.status == .badRequest && error?.param == param && error?.code == code, "\(String(describing: error))"
        )
    }

    @Test(
        "so it is with continuations",
        arguments: [
            (#""prompt":["a","b"]"#, "prompt"), (#""prompt":[1,2]"#, "prompt"), (#""prompt":[[1],[2]]"#, "prompt"),
            (#""prompt":5"#, "prompt"), ("", "prompt"), (#""prompt":"a","suffix":"b""#, "suffix"),
            (#""prompt":"a","echo":true,"logprobs":1"#, "echo"), (#""prompt":"a","best_of":3"#, "best_of"),
            (#""prompt":"a","logprobs":50"#, "logprobs"),
        ])
    func wrongContinuations(members: String, param: String) {
        let error = error { try text(members) }
        #expect(error?.status == .badRequest && error?.param == param, "\(String(describing: error))")
    }

    @Test("what is no JSON is refused with its place")
    func noJSON() {
        let error = error { try chat("\"messages\":\n[}") }
        #expect(error?.code == "malformed_json")
        #expect(error?.message == "The body is no JSON: line 2, column 2: expected a value, found '}'.")
    }
}
