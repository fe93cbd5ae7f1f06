/// Guesses by a smaller model: goes on for as long as the guess after would be worth its time.
struct ModelDrafter: Drafter {
    private let model: DraftModel
    private var sampler = Sampler(SamplingParameters(), prompt: [])
    /// By how sure the smaller model was, how often it was right.
    private var odds = Self.sureness.map { Odds($0.expected) }
    private var overall = Odds(0.7)
    /// Upper ends of the classes of its own probability, and how often it is right in them, on the whole.
    private static let sureness: [(below: Double, expected: Double)] = [
        (below: 0.3, expected: 0.25), (0.5, 0.4), (0.7, 0.6), (0.85, 0.75), (0.95, 0.85), (0.99, 0.93), (2, 0.97),
    ]

    /// Class of each guess of the latest draft.
    private var classes: [Int] = []
    private(set) var cost = 0.0
    /// The part of the cost that went into reading what was written without this model's help.
    private var catchUpCost = 0.0
    /// A pass of the smaller model over one token, and over one token of many, in passes of the large model.
    private var guessCost: Average
    private var readingCost: Average
    /// Tokens and the time that they took in passes of one, lately.
    private var gained = (tokens: Self.trust * Self.expectedRate, cost: Self.trust)
    private static let trust = 12.0
    private static let expectedRate = 1.25
    private static let memory = 0.93

    /// Passes to let go by before another try, once it was found not to pay; and those since.
    private var pause = Self.shortestPause
    private var idle = 0
    private static let shortestPause = 32

    /// - Parameter share: bytes of the smaller model relative to the large one's.
    init(_ model: DraftModel, share: Double) {
        self.model = model
        guessCost = Average(share)
        readingCost = Average(share / 8)
    }

    private var rate: Double { gained.tokens / gained.cost }

    mutating func prospect(after tokens: [TokenID], limit: Int, costs: PassCosts) -> Double {
        guard limit > 0 else { return 0 }
        if rate > 1 {
            idle = 0
            return rate
        }
        idle += 1
        guard idle >= pause else { return 0 }
        idle = 0
        pause *= 2
        gained = (Self.trust * Self.expectedRate, Self.trust)
        return rate
    }

    mutating func draft(
        after tokens: [TokenID], limit: Int, costs: PassCosts, cancellation: CancellationFlag
    ) throws -> [TokenID] {
        classes = []
        (cost, catchUpCost) = (0, 0)
        var guesses: [TokenID] = []
        guard try read(tokens, room: limit, costs, cancellation) else { return [] }
        // A moment is worth this many tokens elsewhere.
        let worth = max(1, rate)
        var reach = 1.0
        while true {
            let choice = sampler.choose(model.logits)
            let sureness = classIndex(exponential(choice.logprob))
            let wider = costs.relative(width: guesses.count + 2) - costs.relative(width: guesses.count + 1)
            reach *= odds[sureness].value
            guard reach > worth * wider else { return guesses }
            guesses.append(choice.id)
            classes.append(sureness)
            guard guesses.count < limit, reach * overall.value > worth * (guessCost.value + wider) else {
                return guesses
            }
            let start = ContinuousClock.now
            try model.read(guess: choice.id, cancellation: cancellation)
            guessCost.record(costs.relative(seconds: (.now - start).inSeconds))
            cost += guessCost.value
        }
    }

    /// - Returns: whether there is room.
    private mutating func read(
        _ tokens: [TokenID], room: Int, _ costs: PassCosts, _ cancellation: CancellationFlag
    ) throws -> Bool {
        let start = ContinuousClock.now
        guard let count = try model.read(tokens, room: room, cancellation: cancellation) else { return false }
        let taken = costs.relative(seconds: (.now - start).inSeconds)
        if count > 8 {
            readingCost.record(taken / Double(count))
            catchUpCost = readingCost.value * Double(count)
            cost += catchUpCost
        } else {
            // As wide as the passes that check, and relatively as costly.
            guessCost.record(taken / costs.relative(width: count))
            cost += guessCost.value * costs.relative(width: count)
        }
        return true
    }

    mutating func record(accepted: Int, costs: PassCosts) {
        for (place, sureness) in classes.prefix(accepted + 1).enumerated() {
            odds[sureness].record(place < accepted)
            overall.record(place < accepted)
        }
        gained.tokens = gained.tokens * Self.memory + Double(accepted + 1)
        gained.cost = gained.cost * Self.memory + cost - catchUpCost + costs.relative(width: classes.count + 1)
    }

    private func classIndex(_ probability: Double) -> Int {
        Self.sureness.firstIndex { probability < $0.below } ?? Self.sureness.count - 1
    }
}
