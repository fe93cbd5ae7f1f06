import Chat

/// Which of several candidates is the smallest that meets all requirements, with the measured reason against each other
/// one.
public struct Advice: Sendable, Equatable {
    /// Candidates are named by their place in ``candidates``.
    public enum Answer: Sendable, Equatable {
        /// It surely meets everything, and every smaller one surely doesn't.
        case smallest(Int)
        /// No candidate meets everything.
        case none
        /// Whether `open` meets everything takes more examples to tell. `safe` is the smallest that surely does; nil where
        /// none does.
        case tooFew(open: Int, safe: Int?)

        /// The candidate that surely meets everything.
        public var safe: Int? {
            switch self {
            case .smallest(let candidate): candidate
            case .none: nil
            case .tooFew(_, let safe): safe
            }
        }

        /// A smaller one, or without a safe one any, that more examples may show to meet everything.
        public var open: Int? {
            if case .tooFew(let open, _) = self { open } else { nil }
        }
    }

    /// One candidate, measured.
    public struct Candidate: Sendable, Equatable {
        public var profile: SolverProfile
        /// Examples that it was judged on.
        public var examples: Int
        /// Whether it was given up before the last look.
        public var isStopped: Bool
        /// The level that the intervals of ``estimates`` are of.
        public var confidence: Double
        /// On the part that the choice is made on.
        public var estimates: [Measure: Estimate]
        /// How each requirement stands, in their order.
        public var standings: [Requirement.Standing]
        /// On the part that was held out, as far as the candidate did it.
        public var heldOut: [Measure: Estimate]
        public var heldOutExamples: Int
        /// Whether no other candidate is as good or better in all that counts, and better in something.
        public var isOnFront: Bool
        /// Why it is the answer, or isn't, in one sentence.
        public var reason: String

        /// Of all requirements together.
        public var standing: Requirement.Standing { .together(standings) }
    }

    /// What the held-out part says of the candidate that was chosen.
    public enum Confirmation: String, Sendable, Equatable, Codable {
        /// It surely meets everything there too.
        case confirmed
        /// It misses nothing surely, but neither does it meet everything surely.
        case notContradicted = "not_contradicted"
        /// It surely misses something.
        case contradicted
    }

    /// What the answer would be at another bound of one requirement, the others as they are.
    public struct Change: Sendable, Equatable {
        public var measure: Measure
        /// In the measure's unit.
        public var bound: Double
        /// Whether the requirement asks for more than it does: then the change holds beyond ``bound``, otherwise from
        /// ``bound`` itself on.
        public var isTighter: Bool
        public var answer: Answer
    }

    public var requirements: [Requirement]
    /// Whether nobody asked for anything, so that ``Requirement/nearTheBest`` holds.
    public var isByDefault: Bool
    /// Of costs; empty without prices.
    public var currency: String
    public var plan: AdvicePlan
    /// The smallest first.
    public var candidates: [Candidate]
    public var answer: Answer
    /// About how many more examples would tell, the held-out ones among them; nil where the answer needs none, or where so
    /// many wouldn't tell either.
    public var moreExamples: Int?
    /// Of the candidate that is surely enough; nil without one, and without held-out examples.
    public var confirmation: Confirmation?
    public var changes: [Change]

    /// The answer that follows from how each candidate stands, the smallest first.
    static func answer(of standings: [Requirement.Standing]) -> Answer {
        let safe = standings.firstIndex(of: .met)
        let open = standings.firstIndex(of: .undecided)
        switch (open, safe) {
        case (let open?, let safe?) where open < safe: return .tooFew(open: open, safe: safe)
        case (let open?, nil): return .tooFew(open: open, safe: nil)
        case (_, let safe?): return .smallest(safe)
        case (nil, nil): return .none
        }
    }
}

extension Requirement {
    /// What holds where nothing is required: an accuracy at most three points below the best one's.
    public static let nearTheBest = Requirement(.behindBest, 0.03)
}
