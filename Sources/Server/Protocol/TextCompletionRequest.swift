import Chat

/// The body of `POST /v1/completions`. Members that it doesn't know are ignored.
struct TextCompletionRequest: Decodable {
    static let mostLogprobs = 20
    /// Tokens of an answer where the request doesn't say, as in the protocol.
    static let defaultLength = 16

    var sampling: SamplingFields
    var prompt: Prompt
    var logprobs: WholeNumber?
    var echo: Bool?
    var suffix: String?

    /// One text. The protocol's other shapes are told apart to be refused.
    enum Prompt: Decodable {
        case text(String)
        case texts([String])
        case tokens

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let texts = try? container.decode([String].self) {
                self = .texts(texts)
            } else if (try? container.decode([Int].self)) != nil || (try? container.decode([[Int]].self)) != nil {
                self = .tokens
            } else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "Expected to decode String.")
            }
        }
    }

    private enum Members: String, CodingKey {
        case prompt, logprobs, echo, suffix
    }

    init(from decoder: any Decoder) throws {
        sampling = try SamplingFields(from: decoder)
        let members = try decoder.container(keyedBy: Members.self)
        prompt = try members.decode(Prompt.self, forKey: .prompt)
        logprobs = try members.decodeIfPresent(WholeNumber.self, forKey: .logprobs)
        echo = try members.decodeIfPresent(Bool.self, forKey: .echo)
        suffix = try members.decodeIfPresent(String.self, forKey: .suffix)
    }
}

extension TextCompletionRequest {
    /// What is to be done.
    /// - Throws: ``APIError`` that names the member which is wrong, or which this server doesn't have.
    func job(randomSeed: UInt64) throws(APIError) -> CompletionJob {
        try sampling.requireSingleAnswer()
        guard suffix?.isEmpty ?? true else {
            throw .unsupported("suffix: this server continues texts, it fills no gaps.", param: "suffix")
        }
        guard echo != true || logprobs == nil else {
            throw .unsupported("echo: this server has no logprobs of the prompt; leave out one of both.", param: "echo")
        }
        try sampling.require(logprobs?.value, "logprobs", "from 0 to \(Self.mostLogprobs)") {
            (0...Self.mostLogprobs).contains($0)
        }
        try sampling.require(sampling.maxTokens?.value, "max_tokens", "of 1 or more") { $0 >= 1 }
        let text = try text()
        let request = ChatRequest(
            messages: [Message(role: .user, content: text)], sampling: try sampling.options(randomSeed: randomSeed),
            maximumTokens: sampling.maxTokens?.value ?? Self.defaultLength, rendering: .raw,
            topLogprobs: logprobs?.value ?? 0)
        return CompletionJob(
            model: sampling.model, request: request, stops: try sampling.stopStrings(),
            streams: sampling.stream ?? false, includesUsage: sampling.streamOptions?.includeUsage ?? false,
            listsLogprobs: logprobs != nil, echo: echo == true ? text : "")
    }

    private func text() throws(APIError) -> String {
        switch prompt {
        case .text(let text): return text
        case .texts(let texts):
            guard let text = texts.first, texts.count == 1 else {
                throw .unsupported(
                    "prompt: expected one text, found \(texts.count); send a request for each.", param: "prompt")
            }
            return text
        case .tokens: throw .unsupported("prompt: expected a text, found tokens.", param: "prompt")
        }
    }
}
