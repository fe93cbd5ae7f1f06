/// One step of the sampler chain: changes or narrows the candidates.
///
/// A new one is a file beside this one and a line in ``Sampler/chain(_:)``.
protocol SamplerStep: Sendable {
    /// Whether the step asks what came before.
    var usesHistory: Bool { get }

    /// - Parameter history: what came before in this timeline, if ``usesHistory``.
    func apply(to candidates: inout Candidates, history: TokenHistory)
}

extension SamplerStep {
    var usesHistory: Bool { false }
}

/// How often each token occurred.
struct TokenHistory {
    struct Entry {
        var id: TokenID
        /// How often the answer has it; 0 for a token that only the prompt has.
        var generated: Int
    }

    /// Each token of prompt and answer once, in the order in which they first occurred.
    private(set) var entries: [Entry] = []
    private var places: [TokenID: Int] = [:]

    init(prompt: some Sequence<TokenID>) {
        for token in prompt { _ = place(of: token) }
    }

    mutating func append(_ token: TokenID) {
        entries[place(of: token)].generated += 1
    }

    private mutating func place(of token: TokenID) -> Int {
        if let place = places[token] { return place }
        places[token] = entries.count
        entries.append(Entry(id: token, generated: 0))
        return entries.count - 1
    }
}
