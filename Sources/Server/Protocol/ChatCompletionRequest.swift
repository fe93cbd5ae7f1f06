import Chat

/// The body of `POST /v1/chat/completions`. Members that it doesn't know are ignored.
struct ChatCompletionRequest: Decodable {
    static let mostMessages = 4096
    static let mostLogprobs = 20

    var sampling: SamplingFields
    var messages: [WireMessage]
    var maxCompletionTokens: WholeNumber?
    var logprobs: Bool?
    var topLogprobs: WholeNumber?
    var continueFinalMessage: Bool?
    var responseFormat: ResponseFormat?
    var structuredOutputs: StructuredOutputs?
    var grammar: String?
    var tools: [Ignored]?
    var functions: [Ignored]?

    /// Something of which only the number counts.
    struct Ignored: Decodable {
        init(from decoder: any Decoder) {}
    }

    private enum Members: String, CodingKey {
        case messages, maxCompletionTokens, logprobs, topLogprobs, continueFinalMessage, responseFormat, tools
        case functions, structuredOutputs, grammar
    }

    init(from decoder: any Decoder) throws {
        sampling = try SamplingFields(from: decoder)
        let members = try decoder.container(keyedBy: Members.self)
        messages = try members.decode([WireMessage].self, forKey: .messages)
        maxCompletionTokens = try members.decodeIfPresent(WholeNumber.self, forKey: .maxCompletionTokens)
        logprobs = try members.decodeIfPresent(Bool.self, forKey: .logprobs)
        topLogprobs = try members.decodeIfPresent(WholeNumber.self, forKey: .topLogprobs)
        continueFinalMessage = try members.decodeIfPresent(Bool.self, forKey: .continueFinalMessage)
        responseFormat = try members.decodeIfPresent(ResponseFormat.self, forKey: .responseFormat)
        structuredOutputs = try members.decodeIfPresent(StructuredOutputs.self, forKey: .structuredOutputs)
        grammar = try members.decodeIfPresent(String.self, forKey: .grammar)
        tools = try members.decodeIfPresent([Ignored].self, forKey: .tools)
        functions = try members.decodeIfPresent([Ignored].self, forKey: .functions)
    }
}

extension ChatCompletionRequest {
    /// Reads a request's body.
    /// - Throws: ``APIError`` that says where the text is no JSON, or which member is wrong.
    init(body: [UInt8]) throws(APIError) {
        self = try WireJSON.decode(ChatCompletionRequest.self, from: body)
        responseFormat?.schema = JSONSyntax.text(of: ["response_format", "json_schema", "schema"], in: body)
        structuredOutputs?.json = JSONSyntax.text(of: ["structured_outputs", "json"], in: body)
    }

    /// What is to be done.
    /// - Throws: ``APIError`` that names the member which is wrong, or which this server doesn't have.
    func job(randomSeed: UInt64) throws(APIError) -> CompletionJob {
        try requireSupport()
        var conversation = try conversation()
        var prefix: AnswerText?
        if try continuesLastMessage(of: conversation) { prefix = .text(conversation.removeLast().content) }
        guard !conversation.isEmpty else {
            throw .invalid("messages: expected a message to answer, found none.", param: "messages")
        }
        let limit = (maxCompletionTokens ?? sampling.maxTokens)?.value
        let name = maxCompletionTokens == nil ? "max_tokens" : "max_completion_tokens"
        try sampling.require(limit, name, "of 1 or more") { $0 >= 1 }
        try sampling.require(topLogprobs?.value, "top_logprobs", "from 0 to \(Self.mostLogprobs)") {
            (0...Self.mostLogprobs).contains($0)
        }
        let request = ChatRequest(
            messages: conversation, sampling: try sampling.options(randomSeed: randomSeed), maximumTokens: limit,
            topLogprobs: logprobs == true ? topLogprobs?.value ?? 0 : 0, answerPrefix: prefix,
            usesCache: sampling.cachePrompt ?? true, constraint: try constraint())
        return CompletionJob(
            model: sampling.model, request: request, stops: try sampling.stopStrings(),
            streams: sampling.stream ?? false, includesUsage: sampling.streamOptions?.includeUsage ?? false,
            listsLogprobs: logprobs ?? false)
    }

    private func requireSupport() throws(APIError) {
        try sampling.requireSingleAnswer()
        guard tools?.isEmpty ?? true, functions?.isEmpty ?? true else {
            throw .unsupported("tools: this server calls none; leave them out.", param: "tools")
        }
        guard topLogprobs == nil || logprobs == true else {
            throw .invalid("top_logprobs: needs \"logprobs\": true.", param: "top_logprobs")
        }
        guard messages.count <= Self.mostMessages else {
            throw .invalid(
                "messages: expected up to \(Self.mostMessages) messages, found \(messages.count).", param: "messages")
        }
    }

    private func conversation() throws(APIError) -> [Message] {
        var conversation: [Message] = []
        for (index, message) in messages.enumerated() {
            conversation.append(try message.message(named: "messages[\(index)]"))
        }
        return conversation
    }

    /// Whether the last message is the beginning of the answer.
    private func continuesLastMessage(of conversation: [Message]) throws(APIError) -> Bool {
        let isAnswer = conversation.last?.role == .assistant
        guard isAnswer || continueFinalMessage != true else {
            throw .invalid(
                "continue_final_message: expected the last message to be the assistant's.",
                param: "continue_final_message")
        }
        return isAnswer && continueFinalMessage != false
    }
}
