import Foundation

/// One event of a streamed answer, or a whole answer of a server that doesn't stream: chat and text completions in one,
/// since servers mix them. Whatever isn't there, or isn't of the expected type, is nil.
struct CompletionChunk: Decodable {
    struct Choice: Decodable {
        var delta: Message?
        var message: Message?
        /// Of a text completion.
        var text: String?
        var finishReason: String?
        var logprobs: Logprobs?
        var index: Int?
    }

    struct Message: Decodable {
        var content: String?
        /// The names under which servers send a model's thoughts.
        var reasoningContent: String?
        var reasoning: String?
        var refusal: String?
        var toolCalls: [ToolCall]?

        struct ToolCall: Decodable {}

        enum CodingKeys: String, CodingKey {
            case content, reasoningContent, reasoning, refusal, toolCalls
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            content = fields.lenient(.content)
            reasoningContent = fields.lenient(.reasoningContent)
            reasoning = fields.lenient(.reasoning)
            refusal = fields.lenient(.refusal)
            toolCalls = fields.lenient(.toolCalls)
        }
    }

    /// Tokens of this piece with their log-probabilities.
    struct Logprobs: Decodable {
        struct Token: Decodable {
            struct Alternative: Decodable {
                var token: String
                var logprob: Double
            }

            var token: String
            var logprob: Double
            var topLogprobs: [Alternative]?
        }

        /// Of chats.
        var content: [Token]?
        /// Of text completions: lists side by side.
        var tokens: [String]?
        var tokenLogprobs: [Double?]?
        var topLogprobs: [[String: Double]?]?

        enum CodingKeys: String, CodingKey {
            case content, tokens, tokenLogprobs, topLogprobs
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            content = fields.lenient(.content)
            tokens = fields.lenient(.tokens)
            tokenLogprobs = fields.lenient(.tokenLogprobs)
            topLogprobs = fields.lenient(.topLogprobs)
        }
    }

    struct Usage: Decodable {
        struct PromptDetails: Decodable { var cachedTokens: Int? }
        struct CompletionDetails: Decodable { var reasoningTokens: Int? }

        var promptTokens: Int?
        var completionTokens: Int?
        var promptTokensDetails: PromptDetails?
        var completionTokensDetails: CompletionDetails?
        /// DeepSeek.
        var promptCacheHitTokens: Int?
        /// Groq, in seconds.
        var promptTime: Double?
        var completionTime: Double?
    }

    /// llama.cpp's and diptych's own clock, in milliseconds.
    struct Timings: Decodable {
        var cacheN: Int?
        var promptN: Int?
        var promptMs: Double?
        var predictedN: Int?
        var predictedMs: Double?
    }

    struct Failure: Decodable {
        var message: String

        /// Servers send an object with a message, or just the message.
        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                message = text
                return
            }
            struct Fields: Decodable {
                var message: String?
                var type: String?
            }
            let fields = try Fields(from: decoder)
            message = fields.message ?? fields.type ?? "it gave no reason"
        }
    }

    var choices: [Choice]?
    var usage: Usage?
    var timings: Timings?
    var error: Failure?
    /// An error of servers that send nothing but its text.
    var message: String?
    var detail: String?
    /// Ollama's own clock, in nanoseconds.
    var loadDuration: Double?
    var promptEvalCount: Int?
    var promptEvalDuration: Double?
    var evalCount: Int?
    var evalDuration: Double?

    enum CodingKeys: String, CodingKey {
        case choices, usage, timings, error, message, detail
        case loadDuration, promptEvalCount, promptEvalDuration, evalCount, evalDuration
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        choices = fields.lenient(.choices)
        usage = fields.lenient(.usage)
        timings = fields.lenient(.timings)
        error = fields.lenient(.error)
        message = fields.lenient(.message)
        detail = fields.lenient(.detail)
        loadDuration = fields.lenient(.loadDuration)
        promptEvalCount = fields.lenient(.promptEvalCount)
        promptEvalDuration = fields.lenient(.promptEvalDuration)
        evalCount = fields.lenient(.evalCount)
        evalDuration = fields.lenient(.evalDuration)
    }

    /// - Throws: `DecodingError` for what isn't a JSON object.
    init(json: some Sequence<UInt8>) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(json))
    }
}

extension KeyedDecodingContainer {
    /// A field, or nil where it is missing, null or of another type.
    fileprivate func lenient<Value: Decodable>(_ key: Key) -> Value? {
        (try? decodeIfPresent(Value.self, forKey: key)).flatMap { $0 }
    }
}
