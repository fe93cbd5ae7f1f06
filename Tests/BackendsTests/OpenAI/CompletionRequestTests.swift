import Chat
import Foundation
import Testing

@testable import Backends

@Suite struct CompletionRequestTests {
    private func fields(
        _ change: (inout ChatRequest) -> Void = { _ in }, style: OpenAIEndpoint.Style = .chat,
        software: String = "", without: Set<CompletionRequest.Option> = []
    ) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(
            with: Data(request(change, style: style, software: software, without: without).json))
        return try #require(object as? [String: Any])
    }

    private func request(
        _ change: (inout ChatRequest) -> Void = { _ in }, style: OpenAIEndpoint.Style = .chat, software: String = "",
        without: Set<CompletionRequest.Option> = []
    ) -> CompletionRequest {
        var request = ChatRequest(messages: [
            Message(role: .system, content: "Be brief."), Message(role: .user, content: "Hi"),
        ])
        change(&request)
        return CompletionRequest(
            request, model: "big", style: style,
            software: ServerSoftware.all.first { $0.name == software } ?? .unknown, without: without)
    }

    @Test(
        "each server is told in its own way what an answer has to be, or the user that it isn't",
        arguments: [
            (AnswerConstraint.choices(["a\"b", "c"]), "llama.cpp", #""grammar":"root ::= \"a\\\"b\" | \"c\"""#),
            (.choices(["a"]), "vLLM", #""structured_outputs":{"choice":["a"]}"#),
            (.choices(["a.b"]), "SGLang", #""regex":"(a\\.b)""#),
            (.choices(["a"]), "OpenAI", nil),
            (.regularExpression("[ab]"), "diptych", #""structured_outputs":{"regex":"[ab]"}"#),
            (.regularExpression("[ab]"), "llama.cpp", nil),
            (.grammar("root ::= \"a\""), "llama.cpp", #""grammar":"root ::= \"a\"""#),
            (.jsonObject, "Ollama", #""response_format":{"type":"json_object"}"#),
            (
                .jsonSchema(#"{"b": 1, "a": 2}"#), "OpenAI",
                #""response_format":{"json_schema":{"name":"answer","schema":{"b": 1, "a": 2},"strict":true},"#
                    + #""type":"json_schema"}"#
            ),
        ] as [(AnswerConstraint, String, String?)])
    func constraints(constraint: AnswerConstraint, software: String, field: String?) throws {
        let body = String(decoding: request({ $0.constraint = constraint }, software: software).json, as: UTF8.self)
        let server = ServerSoftware.all.first { $0.name == software } ?? .unknown
        var asked = ChatRequest(messages: [])
        asked.constraint = constraint
        let omissions = CompletionRequest.omissions(asked, software: server).filter { $0.contains("hold answers") }
        if let field {
            #expect(body.contains(field), "\(body)")
            #expect(omissions.isEmpty)
        } else {
            #expect(!body.contains("response_format") && !body.contains("grammar"))
            #expect(omissions.count == 1)
        }
    }

    @Test func aGreedyChatAsksForLittle() throws {
        let fields = try fields()
        #expect(Set(fields.keys) == ["model", "stream", "messages", "stream_options", "temperature"])
        #expect(fields["model"] as? String == "big" && fields["stream"] as? Bool == true)
        #expect((fields["messages"] as? [[String: String]])?.map { $0["role"] } == ["system", "user"])
        #expect(request().path == "chat/completions")
    }

    @Test func samplingGoesUnderItsNames() throws {
        func sampled(_ software: String) throws -> [String: Any] {
            try fields(
                {
                    $0.sampling = SamplingOptions(
                        temperature: 0.5, topK: 7, topP: 0.25, minP: 0.125, repetitionPenalty: 1.5,
                        presencePenalty: 0.75, frequencyPenalty: -0.5, seed: .max)
                    $0.maximumTokens = 9
                }, software: software)
        }
        let llama = try sampled("llama.cpp")
        #expect(llama["top_k"] as? Int == 7 && llama["min_p"] as? Double == 0.125)
        #expect(llama["repeat_penalty"] as? Double == 1.5 && llama["top_p"] as? Double == 0.25)
        #expect(llama["presence_penalty"] as? Double == 0.75 && llama["frequency_penalty"] as? Double == -0.5)
        #expect(llama["seed"] as? Int == .max && llama["max_tokens"] as? Int == 9)
        #expect(try sampled("vLLM")["repetition_penalty"] as? Double == 1.5)
        let unknown = try sampled("")
        #expect(unknown["top_k"] == nil && unknown["min_p"] == nil && unknown["repeat_penalty"] == nil)
        #expect(try sampled("OpenAI")["max_completion_tokens"] as? Int == 9)
    }

    @Test func logprobsAreAskedForWithinTheLimits() throws {
        #expect(try fields { $0.topLogprobs = 50 }["top_logprobs"] as? Int == 20)
        #expect(try fields { $0.topLogprobs = 3 }["logprobs"] as? Bool == true)
        #expect(try fields({ $0.topLogprobs = 50 }, style: .completions)["logprobs"] as? Int == 5)
        #expect(try fields({ $0.topLogprobs = 3 }, without: [.logprobs])["logprobs"] == nil)
        #expect(try fields(without: [.usage])["stream_options"] == nil)
    }

    @Test func rawTextIsContinued() throws {
        let raw = try fields { $0.rendering = .raw }
        #expect(raw["prompt"] as? String == "Be brief.Hi" && raw["messages"] == nil)
        #expect(request({ $0.rendering = .raw }).path == "completions")
    }

    @Test func aBegunAnswerIsTheLastMessage() throws {
        let begun = try fields({ $0.answerPrefix = .text("Well, ") }, software: "vLLM")
        #expect((begun["messages"] as? [[String: String]])?.last == ["role": "assistant", "content": "Well, "])
        #expect(begun["continue_final_message"] as? Bool == true && begun["add_generation_prompt"] as? Bool == false)
    }

    @Test func theCacheIsLeftAloneWhereItCanBe() throws {
        #expect(try fields({ $0.usesCache = false }, software: "llama.cpp")["cache_prompt"] as? Bool == false)
        var fresh = ChatRequest(messages: [])
        fresh.usesCache = false
        #expect(CompletionRequest.omissions(fresh, software: .unknown).count == 1)
        #expect(CompletionRequest.omissions(ChatRequest(messages: []), software: .unknown).isEmpty)
    }

    @Test(arguments: [
        ("Unknown field: stream_options", CompletionRequest.Remedy.without(.usage)),
        (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            .length("max_completion_tokens")
        ),
        ("'logprobs' is not supported with this model", .without(.logprobs)),
        ("temperature does not support 0.5 with this model", .without(.temperature)),
        ("You sent an invalid model", nil), ("", nil),
        // What wasn't sent can't be left out.
        ("top_k is unknown", nil),
    ])
    func complaintsHaveRemedies(_ complaint: String, _ remedy: CompletionRequest.Remedy?) {
        let request = request {
            $0.topLogprobs = 2
            $0.maximumTokens = 5
            $0.sampling.temperature = 0.5
        }
        #expect(request.remedy(for: complaint) == remedy)
    }
}

@Suite struct OpenAIURLTests {
    @Test(arguments: [
        ("https://models.example", "https://models.example/v1"),
        ("https://models.example/", "https://models.example/v1"),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
        ("https://models.example/api/v3", "https://models.example/api/v3"),
        ("https://models.example/v1/chat/completions", "https://models.example/v1"),
        ("https://Models.Example:443/v1/models", "https://models.example/v1"),
    ])
    func isWhereTheProtocolBegins(_ text: String, _ base: String) throws {
        #expect(try OpenAIURL(text).base == base)
    }

    /// What may be a secret isn't repeated.
    @Test(arguments: [
        "models.example", "ftp://models.example", "https://", "https://me:secret@models.example/v1",
        "https://models.example/v1?key=secret", "https://models.example/#secret", "",
    ])
    func othersAreRefused(_ text: String) {
        let error = #expect(throws: OpenAIError.self) { try OpenAIURL(text) }
        #expect(error?.description.contains("secret") == false)
        #expect(error?.description.contains("https://models.example/v1") == true)
    }
}

@Suite struct ModelListTests {
    private func list(_ json: String) throws -> ModelList { try ModelList(json: Array(json.utf8)) }

    @Test(arguments: [
        (
            #"{"id":"m","owned_by":"llamacpp","meta":{"n_ctx":2048,"n_ctx_train":32768,"n_params":5,"size":7}}"#, 2048,
            "llama.cpp"
        ),
        (#"{"id":"m","owned_by":"llamacpp","meta":{"n_ctx_train":32768}}"#, 32768, "llama.cpp"),
        (#"{"id":"m","owned_by":"vllm","max_model_len":4096}"#, 4096, "vLLM"),
        (#"{"id":"m","context_length":1000}"#, 1000, ""), (#"{"id":"m","context_window":900,"owned_by":7}"#, 900, ""),
        (#"{"id":"m","owned_by":"library"}"#, nil, "Ollama"),
        (#"{"id":"m","meta":"x","context_length":"long"}"#, nil, ""),
        (#"{"id":"m","context_length":0}"#, nil, ""),
    ])
    func factsAreFound(_ model: String, _ context: Int?, _ software: String) throws {
        let model = try #require(try list(#"{"data":[\#(model)]}"#).data.first)
        #expect(model.context == context)
        #expect(ServerSoftware.detect(owner: model.ownedBy, server: nil).name == software)
    }

    @Test func softwareIsKnownByItsHeaderToo() {
        #expect(ServerSoftware.detect(owner: nil, server: "llama.cpp").name == "llama.cpp")
        #expect(ServerSoftware.detect(owner: nil, server: "diptych/0.1").name == "diptych")
        #expect(ServerSoftware.detect(owner: "me", server: "nginx") == .unknown)
    }

    @Test func namesMayLeaveTheLatestTagOut() throws {
        let list = try list(#"{"data":[{"id":"llama3.2:latest"},{"id":"llama3.2:1b"}]}"#)
        #expect(list.model(named: "llama3.2")?.id == "llama3.2:latest")
        #expect(list.model(named: "llama3.2:1b")?.id == "llama3.2:1b")
        #expect(list.model(named: "llama") == nil)
    }
}
