import Chat

/// The members that both kinds of completion share. What the protocol knows has the protocol's default; what it
/// doesn't know has the program's own.
struct SamplingFields: Decodable {
    var model: String?
    var stream: Bool?
    var streamOptions: StreamOptions?
    var stop: StopStrings?
    var seed: SeedNumber?
    var temperature: Double?
    var topP: Double?
    var topK: WholeNumber?
    var minP: Double?
    var repeatPenalty: Double?
    var presencePenalty: Double?
    var frequencyPenalty: Double?
    var maxTokens: WholeNumber?
    var n: WholeNumber?
    var bestOf: WholeNumber?
    var logitBias: [String: Double]?

    struct StreamOptions: Decodable {
        var includeUsage: Bool?
    }

    /// One string or several.
    struct StopStrings: Decodable {
        var strings: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            strings = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
        }
    }
}

extension SamplingFields {
    /// - Parameter randomSeed: for a request without one.
    /// - Throws: ``APIError`` that names the member.
    func options(randomSeed: UInt64) throws(APIError) -> SamplingOptions {
        try require(temperature, "temperature", "from 0 to 2") { (0...2).contains($0) }
        try require(topP, "top_p", "above 0 and at most 1") { $0 > 0 && $0 <= 1 }
        try require(topK?.value, "top_k", "0 or more") { $0 >= 0 }
        try require(minP, "min_p", "from 0 to 1") { (0...1).contains($0) }
        try require(repeatPenalty, "repeat_penalty", "above 0 and at most 10") { $0 > 0 && $0 <= 10 }
        try require(presencePenalty, "presence_penalty", "from -2 to 2") { (-2...2).contains($0) }
        try require(frequencyPenalty, "frequency_penalty", "from -2 to 2") { (-2...2).contains($0) }
        let own = SamplingOptions()
        return SamplingOptions(
            temperature: temperature ?? 1, topK: topK?.value ?? own.topK, topP: topP ?? 1, minP: minP ?? own.minP,
            repetitionPenalty: repeatPenalty ?? own.repetitionPenalty, presencePenalty: presencePenalty ?? 0,
            frequencyPenalty: frequencyPenalty ?? 0,
            seed: seed?.value ?? randomSeed)
    }

    /// - Throws: ``APIError`` for more than four stop strings, or an empty one.
    func stopStrings() throws(APIError) -> [String] {
        let strings = stop?.strings ?? []
        guard strings.count <= 4 else {
            throw .invalid("stop: expected up to 4 strings, found \(strings.count).", param: "stop")
        }
        guard strings.allSatisfy({ (1...1000).contains($0.utf8.count) }) else {
            throw .invalid("stop: expected strings of 1 to 1000 bytes.", param: "stop")
        }
        return strings
    }

    /// Refuses what would need more than one answer, or another sampler.
    func requireSingleAnswer() throws(APIError) {
        guard n?.value ?? 1 == 1 else {
            throw .unsupported("n: this server gives one answer a request; send several requests.", param: "n")
        }
        guard bestOf?.value ?? 1 == 1 else {
            throw .unsupported("best_of: this server gives one answer a request.", param: "best_of")
        }
        guard logitBias?.isEmpty ?? true else {
            throw .unsupported("logit_bias: this server has no logit biases.", param: "logit_bias")
        }
    }

    func require<Value>(
        _ value: Value?, _ name: String, _ expected: String, _ isValid: (Value) -> Bool
    ) throws(APIError) {
        guard let value, !isValid(value) else { return }
        throw .invalid("\(name): expected a number \(expected), found \(value).", param: name)
    }
}
