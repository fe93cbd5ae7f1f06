import Chat

/// The body of a request for an answer. Built as a dictionary, since servers differ in the names of its fields.
struct CompletionRequest: Sendable, Equatable {
    /// A field that a server may reject although the answer doesn't depend on it.
    enum Option: String, Sendable, CaseIterable {
        case usage = "stream_options"
        case logprobs
        case seed
        case temperature
        case topP = "top_p"
        case cache = "cache_prompt"
        case topK = "top_k"
        case minP = "min_p"
        case repetitionPenalty = "repeat"
        case presencePenalty = "presence_penalty"
        case frequencyPenalty = "frequency_penalty"

        /// What the user should know when it is left out.
        var note: String {
            switch self {
            case .usage: "the server doesn't count tokens in a stream: counts are of chunks"
            case .logprobs: "the server gives no log-probabilities with this model"
            case .cache: "the server's prompt cache can't be turned off: repeats may find their prompt in it"
            default: "the server doesn't take \(rawValue): it samples by its own"
            }
        }
    }

    /// Where it is sent, below the server's address.
    let path: String
    private var fields: [String: JSON]
    private let lengthField: String
    /// Whether the field for the length was changed already: a server that rejects both has neither.
    private let hasOtherLengthField: Bool

    /// - Parameters:
    ///   - request: its prefix must be text.
    ///   - model: the server's name of it.
    ///   - without: what this server was found not to take.
    init(
        _ request: ChatRequest, model: String, style: OpenAIEndpoint.Style, software: ServerSoftware,
        without: Set<Option> = [], lengthField: String? = nil
    ) {
        self.lengthField = lengthField ?? software.lengthField
        hasOtherLengthField = lengthField != nil
        var prefix: String?
        if case .text(let text)? = request.answerPrefix { prefix = text }
        fields = ["model": .text(model), "stream": .flag(true)]
        if style == .completions || request.rendering == .raw {
            path = "completions"
            fields["prompt"] = .text(request.messages.map(\.content).joined() + (prefix ?? ""))
        } else {
            path = "chat/completions"
            var messages = request.messages.map { Self.message($0.role.rawValue, $0.content) }
            if let prefix {
                messages.append(Self.message("assistant", prefix))
                fields["continue_final_message"] = .flag(true)
                fields["add_generation_prompt"] = .flag(false)
            }
            fields["messages"] = .list(messages)
        }
        if let limit = request.maximumTokens { fields[self.lengthField] = .integer(limit) }
        if !without.contains(.usage) { fields["stream_options"] = .object(["include_usage": .flag(true)]) }
        if let constraint = request.constraint, let added = software.constraints.fields(for: constraint) {
            fields.merge(added) { _, new in new }
        }
        addLogprobs(request.topLogprobs, without)
        addSampling(request.sampling, software, without)
        if !request.usesCache, let field = software.cacheField, !without.contains(.cache) {
            fields[field] = .flag(false)
        }
    }

    private static func message(_ role: String, _ content: String) -> JSON {
        .object(["role": .text(role), "content": .text(content)])
    }

    /// The protocol allows up to 20 alternatives, in the older call 5.
    private mutating func addLogprobs(_ count: Int, _ without: Set<Option>) {
        guard count > 0, !without.contains(.logprobs) else { return }
        if path == "completions" {
            fields["logprobs"] = .integer(min(count, 5))
        } else {
            fields["logprobs"] = .flag(true)
            fields["top_logprobs"] = .integer(min(count, 20))
        }
    }

    private mutating func addSampling(
        _ sampling: SamplingOptions, _ software: ServerSoftware, _ without: Set<Option>
    ) {
        func add(_ option: Option, _ field: String?, _ value: JSON, unless isDefault: Bool = false) {
            if let field, !isDefault, !without.contains(option) { fields[field] = value }
        }
        add(.temperature, "temperature", .number(sampling.temperature))
        add(
            .presencePenalty, "presence_penalty", .number(sampling.presencePenalty),
            unless: sampling.presencePenalty == 0)
        add(
            .frequencyPenalty, "frequency_penalty", .number(sampling.frequencyPenalty),
            unless: sampling.frequencyPenalty == 0)
        add(
            .repetitionPenalty, software.extras[.repetitionPenalty], .number(sampling.repetitionPenalty),
            unless: sampling.repetitionPenalty == 1)
        // The likeliest token is the likeliest whatever is cut off below it.
        guard sampling.temperature > 0 else { return }
        add(.topP, "top_p", .number(sampling.topP))
        add(.topK, software.extras[.topK], .integer(sampling.topK))
        add(.minP, software.extras[.minP], .number(sampling.minP))
        add(.seed, "seed", .integer(Int(clamping: sampling.seed)))
    }

    /// What of the request this server can't be asked for, one line each.
    static func omissions(_ request: ChatRequest, software: ServerSoftware) -> [String] {
        var omissions: [String] = []
        let sampling = request.sampling
        let wanted: [(ServerSoftware.SamplingExtra, String, Bool)] = [
            (.topK, "top-k", sampling.temperature > 0 && sampling.topK > 0),
            (.minP, "min-p", sampling.temperature > 0 && sampling.minP > 0),
            (.repetitionPenalty, "repetition penalty", sampling.repetitionPenalty != 1),
        ]
        let missing = wanted.filter { $0.2 && software.extras[$0.0] == nil }.map(\.1)
        if !missing.isEmpty {
            omissions.append(
                "the protocol has no \(missing.joined(separator: " and no ")): this server samples without it")
        }
        if request.speculation != .off {
            omissions.append("whether tokens are guessed and checked several at once is the server's business")
        }
        if let constraint = request.constraint, software.constraints.fields(for: constraint) == nil {
            omissions.append(
                "this server isn't known to hold answers to \(constraint.kind): the answer may be anything")
        }
        if !request.usesCache, software.cacheField == nil { omissions.append(Option.cache.note) }
        return omissions
    }

    /// What to leave out, or to call differently, since the server complained about it; nil if that is nothing known.
    func remedy(for complaint: String) -> Remedy? {
        let complaint = complaint.lowercased()
        if !hasOtherLengthField, fields[lengthField] != nil, complaint.contains(lengthField) {
            let other = lengthField == "max_tokens" ? "max_completion_tokens" : "max_tokens"
            if complaint.contains(other) { return .length(other) }
        }
        return Option.allCases.first { complaint.contains($0.rawValue) && has($0) }.map { .without($0) }
    }

    enum Remedy: Sendable, Equatable {
        case without(Option)
        case length(String)
    }

    private func has(_ option: Option) -> Bool { fields.keys.contains { $0.hasPrefix(option.rawValue) } }

    var json: [UInt8] { Array(JSON.object(fields).text.utf8) }
}
