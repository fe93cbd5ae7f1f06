/// What a model costs, as its user states it in the configuration.
public struct Price: Sendable, Equatable, Codable {
    public enum Rate: Sendable, Equatable, Codable {
        /// A service that charges for a million tokens each of prompt and answer; `cachedInput` for prompt tokens that
        /// were in its cache, where they have a price of their own.
        case perMillionTokens(input: Double, cachedInput: Double?, output: Double)
        /// A machine that costs so much an hour, whatever it does.
        case perHour(Double)
    }

    public var rate: Rate
    /// A sign or a code: "$", "EUR".
    public var currency: String

    public init(_ rate: Rate, currency: String = "$") {
        self.rate = rate
        self.currency = currency
    }
}

/// What an answer costs at a price.
public struct Cost: Sendable, Equatable {
    /// What the amount was computed from.
    public enum Basis: String, Sendable, Equatable, Codable {
        /// The server's own count of tokens.
        case serverTokens = "server_tokens"
        /// Chunks that were counted here: an estimate.
        case countedChunks = "counted_chunks"
        /// The time that the answer took, by the clock here.
        case elapsedTime = "elapsed_time"
    }

    public var amount: Double
    public var currency: String
    public var basis: Basis

    public var isEstimate: Bool { basis == .countedChunks }

    public init(amount: Double, currency: String, basis: Basis) {
        self.amount = amount
        self.currency = currency
        self.basis = basis
    }

    /// So many answers like this one.
    public func times(_ count: Int) -> Cost {
        Cost(amount: amount * Double(count), currency: currency, basis: basis)
    }

    /// Three significant figures or so, and never a zero that isn't one: "$0.00042", "EUR 1.35".
    public var text: String {
        let separator = currency.count > 1 ? " " : ""
        return "\(isEstimate ? "~" : "")\(currency)\(separator)\(Self.figures(amount))"
    }

    /// An amount without its currency.
    public static func figures(_ amount: Double) -> String {
        guard amount > 0, amount.isFinite else { return "0" }
        if amount >= 100 { return FigureText.fixed(amount, places: 0) }
        if amount >= 0.995 { return FigureText.fixed(amount, places: 2) }
        var places = 2
        var scaled = amount * 100
        while scaled < 10, places < 12 {
            scaled *= 10
            places += 1
        }
        return FigureText.fixed(amount, places: places)
    }
}

extension Metrics {
    /// What the answer costs at its model's price; nil without a price, and before there is anything to charge for.
    public var cost: Cost? {
        guard let price else { return nil }
        switch price.rate {
        case .perMillionTokens(let input, let cachedInput, let output):
            // A prompt that nobody counted can't be charged for, not even about.
            guard let promptTokens, let computedTokens, generatedTokens > 0 else { return nil }
            let cached = Double(promptTokens - computedTokens) * (cachedInput ?? input)
            let amount = cached + Double(computedTokens) * input + Double(generatedTokens) * output
            return Cost(
                amount: amount / 1e6, currency: price.currency,
                basis: countsChunks ? .countedChunks : .serverTokens)
        case .perHour(let amount):
            guard let totalDuration else { return nil }
            return Cost(
                amount: amount * totalDuration.inSeconds / 3600, currency: price.currency, basis: .elapsedTime)
        }
    }
}
