import Chat

/// What is known of a pane's model and settings, as names and values for people.
struct PaneFacts {
    var rows: [(name: String, value: String)] = []

    init(_ pane: RecordedPane) {
        let (opening, profile) = (pane.opening, pane.opening.profile)
        add("model", opening.model)
        add("file", opening.file?.name)
        add("SHA-256", profile.server == nil ? opening.file?.sha256 ?? "unknown" : nil)
        add("hash", opening.file?.hashSource?.text)
        add("server", profile.server.map { ([$0.host] + [$0.software].compactMap { $0 }).joined(separator: ", ") })
        add("architecture", profile.architecture)
        add("format", profile.format)
        add("parameters", profile.parameterCount.map { "\($0)" })
        add("size", profile.fileBytes.map { FigureText.bytes($0) })
        add("context", profile.contextLength.map { "\($0) tokens" })
        add("threads", profile.threads.map { "\($0)" })
        let ownTemplate = profile.server == nil ? "the model's own" : "the server's"
        add("chat template", profile.hasChatTemplate ? (opening.parameters.template ?? ownTemplate) : "none")
        add("price", profile.price.map(Self.text))
        add("KV cache", opening.parameters.cacheFormat)
        add("guesses by", opening.parameters.draftModel)
    }

    /// The parameters of a run.
    init(_ start: RunStart) {
        let (request, sampling) = (start.request, start.request.sampling)
        add("system prompt", start.systemPrompt)
        add("temperature", Self.text(sampling.temperature))
        if sampling.temperature > 0 {
            add("top-k", "\(sampling.topK)")
            add("top-p", Self.text(sampling.topP))
            add("min-p", Self.text(sampling.minP))
            add("seed", "\(sampling.seed)")
        }
        if sampling.repetitionPenalty != 1 { add("repetition penalty", Self.text(sampling.repetitionPenalty)) }
        if sampling.presencePenalty != 0 { add("presence penalty", Self.text(sampling.presencePenalty)) }
        if sampling.frequencyPenalty != 0 { add("frequency penalty", Self.text(sampling.frequencyPenalty)) }
        add("at most", request.maximumTokens.map { "\($0) tokens" })
        if request.rendering == .raw { add("prompt", "raw text") }
        if request.speculation != .off { add("guesses", request.speculation.rawValue) }
        if !request.usesCache { add("cache", "not used") }
    }

    private mutating func add(_ name: String, _ value: String?) {
        if let value { rows.append((name, value)) }
    }

    /// Such as "€1 a million tokens of prompt, €0.1 of cached ones, €10 of answer".
    private static func text(_ price: Price) -> String {
        func text(_ amount: Double) -> String {
            "\(price.currency)\(price.currency.count > 1 ? " " : "")\(Self.text(amount))"
        }
        switch price.rate {
        case .perMillionTokens(let input, let cached, let output):
            let cachedText = cached.map { ", \(text($0)) of cached ones" } ?? ""
            return "\(text(input)) a million tokens of prompt\(cachedText), \(text(output)) of answer"
        case .perHour(let amount): return "\(text(amount)) an hour"
        }
    }

    /// As short as can be: 0.7, 40, 1.
    private static func text(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension RecordedModelFile.HashSource {
    fileprivate var text: String {
        switch self {
        case .computed: "computed from the file"
        case .remembered: "computed earlier; size and time are unchanged"
        case .catalog: "the catalog's, checked when the file was fetched"
        }
    }
}
