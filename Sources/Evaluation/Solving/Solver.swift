import Chat

/// One way of doing a task: a model with a prompt, a student, a cascade of others. What runs compare and verdicts choose.
public protocol Solver: Sendable {
    var profile: SolverProfile { get }

    /// Does what is done once for all examples, such as computing the prompt that they share. Runs before any clock.
    func prepare() async throws

    /// - Throws: a `RefusingError` for an example that this solver can't take, after which others can be; any other error
    ///   for what stands in the way of all of them; `CancellationError`.
    func solve(_ example: Example) async throws -> Solution

    /// Bytes that it holds in memory now; nil where that can't be known, as on a server.
    func memoryUse() -> Int?
}

extension Solver {
    public func prepare() async throws {}
    public func memoryUse() -> Int? { nil }
}

/// What is known of a solver before it has done anything.
public struct SolverProfile: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Equatable, Codable {
        case model, remote, student, cascade
    }

    /// The name to show.
    public var name: String
    public var kind: Kind
    /// Bytes of its files: what "smallest" goes by. Nil where it isn't known, as on a server, which counts as largest.
    public var bytes: Int?
    /// Changes with everything that can change an answer: the model's weights, the prompt, the settings. Answers of an
    /// earlier run are taken over where it is the same.
    public var fingerprint: String
    /// The machine's or the service's price, for what solutions cost; nil where nobody said.
    public var price: Price?

    public init(name: String, kind: Kind, bytes: Int?, fingerprint: String, price: Price? = nil) {
        self.name = name
        self.kind = kind
        self.bytes = bytes
        self.fingerprint = fingerprint
        self.price = price
    }
}

/// What a solver made of one example.
public struct Solution: Sendable, Equatable, Codable {
    /// A label, a JSON value, or an answer.
    public var answer: String
    /// The probability of each label, in the task's order; nil where the solver has none to give.
    public var probabilities: [Double]?
    /// Tokens of the prompt, and those among them that needn't be computed; nil where nobody counted.
    public var promptTokens: Int?
    public var cachedTokens: Int?
    public var answerTokens: Int?
    /// What the service charges for it, in the price's currency; nil without a price by the token.
    public var charge: Double?
    /// Of a cascade: how many of its stages were asked.
    public var stages: Int?

    public init(
        answer: String, probabilities: [Double]? = nil, promptTokens: Int? = nil, cachedTokens: Int? = nil,
        answerTokens: Int? = nil, charge: Double? = nil, stages: Int? = nil
    ) {
        self.answer = answer
        self.probabilities = probabilities
        self.promptTokens = promptTokens
        self.cachedTokens = cachedTokens
        self.answerTokens = answerTokens
        self.charge = charge
        self.stages = stages
    }

    /// The probability of the likeliest label; nil without probabilities.
    public var confidence: Double? { probabilities?.max() }
}

/// What came of one example, whether it worked or not, with the time that it took.
public struct Outcome: Sendable, Equatable, Codable {
    public var solution: Solution?
    /// Why there is none, in one line.
    public var failure: String?
    /// From the call of the solver to its return, by the clock here.
    public var seconds: Double

    public init(solution: Solution? = nil, failure: String? = nil, seconds: Double) {
        self.solution = solution
        self.failure = failure
        self.seconds = seconds
    }

    /// What the example cost at a solver's price, in its currency; nil where it can't be known.
    public func cost(at price: Price?) -> Double? {
        if let charge = solution?.charge { return charge }
        guard case .perHour(let amount)? = price?.rate else { return nil }
        return amount * seconds / 3600
    }
}
