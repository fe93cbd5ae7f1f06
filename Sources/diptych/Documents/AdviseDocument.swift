import Evaluation

/// What `advise --json` writes.
struct AdviseDocument: JSONDocument {
    enum Answer: String, Codable, Sendable {
        case smallest, none
        case tooFew = "too_few_examples"
    }

    struct Requirement: Codable, Sendable, Equatable {
        var measure: Measure
        /// At least or at most.
        var atLeast: Double?
        var atMost: Double?
    }

    struct Candidate: Codable, Sendable, Equatable {
        var name: String
        var kind: SolverProfile.Kind
        var fileBytes: Int?
        var examples: Int
        var stoppedEarly: Bool
        /// The level of the intervals.
        var confidence: Double
        var figures: [Measure: Estimate]
        /// How each required measure stands.
        var standings: [Measure: Evaluation.Requirement.Standing]
        var heldOutExamples: Int
        var heldOut: [Measure: Estimate]
        /// Whether no other candidate is as good or better in all that counts, and better in something.
        var onFront: Bool
        var reason: String
    }

    /// What the answer would be at another bound.
    struct Change: Codable, Sendable, Equatable {
        var measure: Measure
        /// The change holds from this bound on; where the requirement asks for more than it does, beyond it.
        var bound: Double
        var asksForMore: Bool
        var answer: Answer
        /// The candidate that would surely do.
        var chosen: String?
        /// The smaller one that would be undecided.
        var open: String?
    }

    var schema = 1
    let task: String
    let record: String
    let answer: Answer
    /// The candidate that surely meets everything.
    let chosen: String?
    /// A smaller one that may.
    let open: String?
    /// About how many more examples would tell.
    let moreExamples: Int?
    let confirmation: Advice.Confirmation?
    let verdict: String
    let requirements: [Requirement]
    let confidence: Double
    let choosingExamples: Int
    let heldOutExamples: Int
    /// Ids of the examples that the choice hasn't seen.
    let heldOutIds: [String]
    let looks: [Int]
    let currency: String?
    let candidates: [Candidate]
    let changes: [Change]

    init(_ advice: Advice, task: String, record: String) {
        let name = { (index: Int?) in index.map { advice.candidates[$0].profile.name } }
        self.task = task
        self.record = record
        answer = Answer(advice.answer)
        chosen = name(advice.answer.safe)
        open = name(advice.answer.open)
        moreExamples = advice.moreExamples
        confirmation = advice.confirmation
        verdict = advice.verdict
        requirements = advice.requirements.map {
            Requirement(
                measure: $0.measure, atLeast: $0.measure.isBetterHigher ? $0.bound : nil,
                atMost: $0.measure.isBetterHigher ? nil : $0.bound)
        }
        confidence = advice.plan.confidence
        choosingExamples = advice.plan.choosing.count
        heldOutExamples = advice.plan.confirming.count
        heldOutIds = advice.plan.confirming.map(\.id)
        looks = advice.plan.looks
        currency = advice.currency.isEmpty ? nil : advice.currency
        candidates = advice.candidates.map { candidate in
            Candidate(
                name: candidate.profile.name, kind: candidate.profile.kind, fileBytes: candidate.profile.bytes,
                examples: candidate.examples, stoppedEarly: candidate.isStopped, confidence: candidate.confidence,
                figures: candidate.estimates,
                standings: Dictionary(
                    zip(advice.requirements.map(\.measure), candidate.standings),
                    uniquingKeysWith: { first, _ in first }),
                heldOutExamples: candidate.heldOutExamples, heldOut: candidate.heldOut, onFront: candidate.isOnFront,
                reason: candidate.reason)
        }
        changes = advice.changes.map {
            Change(
                measure: $0.measure, bound: $0.bound, asksForMore: $0.isTighter, answer: Answer($0.answer),
                chosen: name($0.answer.safe), open: name($0.answer.open))
        }
    }
}

extension AdviseDocument.Answer {
    init(_ answer: Advice.Answer) {
        self =
            switch answer {
            case .smallest: .smallest
            case .none: .none
            case .tooFew: .tooFew
            }
    }
}
