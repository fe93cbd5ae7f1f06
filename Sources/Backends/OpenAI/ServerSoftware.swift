/// What runs on a server, as far as it matters to those who ask.
///
/// Sources: the servers' own documentation of their OpenAI-compatible interfaces.
struct ServerSoftware: Sendable, Equatable {
    /// For people.
    var name: String
    /// Who owns the models in its list.
    var owners: [String] = []
    /// What its `Server` header begins with, in lower case.
    var header: String?
    /// Sampling parameters that the protocol lacks, by their names there.
    var extras: [SamplingExtra: String] = [:]
    /// Whether a conversation that ends with the assistant's words is continued behind them.
    var continuesAnswers = false
    /// The field that turns its prompt cache off.
    var cacheField: String?
    /// Whether it answers for its one model whatever name it is called by.
    var ignoresModelName = false
    /// How it is told what an answer has to be.
    var constraints = ConstraintDialect.standard
    /// The field for the length of an answer.
    var lengthField = "max_tokens"

    /// A sampling parameter beyond the protocol.
    enum SamplingExtra: Sendable, CaseIterable {
        case topK, minP, repetitionPenalty
    }

    static let unknown = ServerSoftware(name: "")

    static let all = [
        ServerSoftware(
            name: "diptych", owners: ["diptych"], header: "diptych",
            extras: [.topK: "top_k", .minP: "min_p", .repetitionPenalty: "repeat_penalty"], continuesAnswers: true,
            cacheField: "cache_prompt", constraints: .structuredOutputs),
        ServerSoftware(
            name: "llama.cpp", owners: ["llamacpp"], header: "llama.cpp",
            extras: [.topK: "top_k", .minP: "min_p", .repetitionPenalty: "repeat_penalty"], continuesAnswers: true,
            cacheField: "cache_prompt", ignoresModelName: true, constraints: .grammar),
        ServerSoftware(
            name: "vLLM", owners: ["vllm"],
            extras: [.topK: "top_k", .minP: "min_p", .repetitionPenalty: "repetition_penalty"], continuesAnswers: true,
            constraints: .structuredOutputs),
        ServerSoftware(
            name: "SGLang", owners: ["sglang"],
            extras: [.topK: "top_k", .minP: "min_p", .repetitionPenalty: "repetition_penalty"], continuesAnswers: true,
            constraints: .regularExpression),
        ServerSoftware(name: "Ollama", owners: ["library"]),
        ServerSoftware(
            name: "LM Studio", owners: ["organization_owner"],
            extras: [.topK: "top_k", .repetitionPenalty: "repeat_penalty"]),
        ServerSoftware(
            name: "OpenAI", owners: ["openai", "system", "openai-internal"], lengthField: "max_completion_tokens"),
    ]

    /// - Parameters:
    ///   - owner: of the model, as the list of models has it.
    ///   - server: the `Server` header.
    static func detect(owner: String?, server: String?) -> ServerSoftware {
        let owner = owner?.lowercased()
        let server = server?.lowercased()
        return all.first { software in
            if let owner, software.owners.contains(owner) { return true }
            if let header = software.header, let server { return server.hasPrefix(header) }
            return false
        } ?? .unknown
    }
}
