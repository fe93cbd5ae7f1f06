/// Which examples a verdict is chosen on, which it is confirmed on, and when candidates that fail are given up.
///
/// A verdict is wrong with a chance of at most 1 - confidence for each candidate that it passes or rejects: an interval's
/// two ends take half of that each, and passing *all* requirements needs each one at this level, not more (the
/// intersection-union test of Berger, Technometrics 24, 1982). That the one passed was chosen among several is what the
/// held-out part is for: there only the choice is tested.
///
/// Looking early and often would find failures that are chance. So the looks before the last one share a tenth of the
/// error (each of k looks gets 1/k of it, Bonferroni), and the last look has the nine tenths that are left: at 95 % its
/// intervals are those of 95.5 %. A candidate may only be *rejected* early, never passed.
public struct AdvicePlan: Sendable, Equatable {
    /// In an order that is random and the same for all candidates.
    public var choosing: [Example]
    public var confirming: [Example]
    /// Numbers of examples after which candidates are looked at, rising; the last is all of ``choosing``.
    public var looks: [Int]
    /// Of the whole verdict.
    public var confidence: Double

    /// The first look; then they double.
    public static let firstLook = 50

    /// Divides examples at random.
    ///
    /// - Parameters:
    ///   - limit: so many examples at most; nil takes all.
    ///   - share: of the examples, for the choice; above 0 and at most 1.
    ///   - isStratified: whether both parts get the same share of each expected answer, as labels should.
    ///   - stopsEarly: whether there are looks before the last one.
    public init(
        examples: [Example], limit: Int?, share: Double, isStratified: Bool, stopsEarly: Bool, confidence: Double,
        seed: UInt64
    ) {
        // Answers of which each is another one are no strata.
        var taken = isStratified ? examples : examples.map { Example(id: $0.id, text: $0.text) }
        if let limit, limit < taken.count {
            let share = Double(limit) / Double(taken.count)
            taken = ExampleSplit.split(taken, shares: [share], seed: seed)[0]
        }
        let parts = ExampleSplit.split(taken, shares: [share], seed: seed &+ 1)
        let whole = Dictionary(examples.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        // A file may be sorted by label: its beginning is no sample of it.
        var generator = SplitMix(seed: seed &+ 2)
        choosing = parts[0].compactMap { whole[$0.id] }.shuffled(using: &generator)
        confirming = parts[1].compactMap { whole[$0.id] }.shuffled(using: &generator)
        self.confidence = confidence
        looks = []
        var look = Self.firstLook
        // One that comes shortly before the last spends error and spares nothing.
        while stopsEarly, look * 4 <= choosing.count * 3 {
            looks.append(look)
            look *= 2
        }
        looks.append(choosing.count)
    }

    /// Of each look before the last one.
    public var earlyConfidence: Double {
        looks.count > 1 ? 1 - (1 - confidence) / 10 / Double(looks.count - 1) : confidence
    }

    /// Of the last look.
    public var lastConfidence: Double { looks.count > 1 ? 1 - (1 - confidence) * 0.9 : confidence }
}
