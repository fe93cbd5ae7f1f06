/// One step of the sampler chain: changes or narrows the candidates.
///
/// A new one is a file beside this one and a line in ``Sampler/chain(_:)``.
protocol SamplerStep: Sendable {
    /// - Parameter history: what came before in this timeline.
    func apply(to candidates: inout Candidates, history: TokenHistory)
}

/// How often each token occurred.
struct TokenHistory: Sendable {
    /// Tokens of the prompt.
    private(set) var prompt: Set<TokenID> = []
    /// Tokens of the answer, with how often each was generated.
    private(set) var generated: [TokenID: Int] = [:]

    init(prompt: some Sequence<TokenID>) {
        self.prompt = Set(prompt)
    }

    mutating func append(_ token: TokenID) {
        generated[token, default: 0] += 1
    }
}
