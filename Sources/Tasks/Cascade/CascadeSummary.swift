import Chat
import Evaluation

/// What a cascade came to.
public struct CascadeSummary: Sendable, Equatable {
    /// Whether it is worth having.
    public enum Finding: String, Sendable, Equatable, Codable {
        /// Cheaper than the large one alone, and it keeps what the goal asks for.
        case pays
        /// No answer is escalated: the small one alone does it.
        case smallSuffices = "small_suffices"
        /// All answers are escalated: the small one's confidence says too little.
        case largeIsNeeded = "large_is_needed"
        /// It asks both so often that the large one alone is no more expensive.
        case isNoCheaper = "is_no_cheaper"
        /// On the examples that it was judged with it is less accurate than the goal allows, beyond chance.
        case missesTheGoal = "misses_the_goal"
        /// So few examples that it may be far less accurate than the goal allows.
        case tooFewExamples = "too_few_examples"
    }

    /// A way to do the examples of the judging part.
    public struct Side: Sendable, Equatable {
        /// Of these examples alone; of the cascade, what it would have made of them.
        public var result: SolverResult
        public var accuracy: Proportion
        /// Mean over the examples.
        public var milliseconds: Double
        /// With a solver without a price as free; nil where a cost can't be known.
        public var costPerThousand: Double?
    }

    public var goal: CascadeGoal
    public var expense: CascadeExpense
    public var rule: CascadeRule
    /// Examples that the threshold was chosen with, and what it came to there.
    public var choosingExamples: Int
    public var chosen: CascadeStudy.Point
    /// Thresholds on the judging part, from the one that escalates least on.
    public var curve: [CascadeStudy.Point]
    /// On the judging part.
    public var escalated: Proportion
    public var small: Side
    public var cascade: Side
    public var large: Side
    /// The cascade's accuracy less the large one's, and less the small one's.
    public var differenceToLarge: PairedDifference
    public var differenceToSmall: PairedDifference
    /// The cascade first, the large one second.
    public var test: McNemarTest
    /// The cascade's accuracy less what escalating as many examples at random would give.
    public var gainOverChance: PairedDifference
    /// Of the small one's confidence; nil where it gives none.
    public var calibration: CalibrationError?
    /// Examples that expect nothing, which can't be judged by.
    public var unjudged: Int
    public var finding: Finding

    /// What a mean of the chosen expense is on a side.
    func expense(of side: Side) -> Double {
        switch expense {
        case .time: side.milliseconds
        case .cost: side.costPerThousand ?? .infinity
        }
    }
}
