/// A task as a person describes it: what is to be done, what is required, and who may do it.
public struct TaskDefinition: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case classify, extract, answer
    }

    /// One way of doing the task.
    public struct Candidate: Sendable, Equatable {
        /// Unlike all others of its task.
        public var name: String
        public var way: Way

        public init(name: String, way: Way) {
            self.name = name
            self.way = way
        }
    }

    public indirect enum Way: Sendable, Equatable {
        /// What names a model on the command line.
        case model(String)
        /// A student's file; the encoder is nil for the one that it learned with.
        case student(path: String, encoder: String?)
        /// The first is asked first; an answer stands if its confidence reaches the threshold. Two stages or more, none
        /// a cascade itself, and a threshold from 0 to 1 for each but the last.
        case cascade([Candidate], thresholds: [Double])
    }

    /// When an answer is right.
    public struct Judge: Sendable, Equatable {
        public var rule: JudgeRule
        /// What is expected of examples that don't say.
        public var expected: String?

        public init(_ rule: JudgeRule, expected: String? = nil) {
            self.rule = rule
            self.expected = expected
        }
    }

    public var kind: Kind
    /// The path of the examples' file.
    public var examples: String
    public var fields = ExampleFields()
    /// Of classification; nil takes those that the examples expect.
    public var labels: [String]?
    /// The path of extraction's JSON Schema.
    public var schema: String?
    /// What models are told to do; nil for a sentence of the task's own.
    public var prompt: String?
    /// The path of a file with examples that are shown before each text.
    public var shots: String?
    /// Whether classification takes away how much a model likes each label without any text.
    public var isCalibrated = false
    public var judge: Judge
    /// At most one of each measure; none stands for ``Requirement/nearTheBest``.
    public var requirements: [Requirement] = []
    /// That costs are required in; nil takes the first price's.
    public var currency: String?
    /// At least one.
    public var candidates: [Candidate]
    /// Of the verdict, see ``AdvicePlan``.
    public var confidence = 0.95
    public var seed: UInt64 = 0
    /// Examples at most, drawn at random; nil takes all.
    public var limit: Int?
    /// The share of the examples that the choice is made on; the others are held out.
    public var choosingShare = 0.5
    /// Whether candidates that surely fail go no further.
    public var stopsEarly = true

    public init(kind: Kind, examples: String, candidates: [Candidate]) {
        self.kind = kind
        self.examples = examples
        self.candidates = candidates
        judge = Judge(kind.usualRule)
    }

    public func plan(_ examples: [Example]) -> AdvicePlan {
        AdvicePlan(
            examples: judged(examples), limit: limit, share: choosingShare, isStratified: kind == .classify,
            stopsEarly: stopsEarly, confidence: confidence, seed: seed)
    }

    /// The examples, with what the judge expects of those that don't say.
    private func judged(_ examples: [Example]) -> [Example] {
        guard let expected = judge.expected else { return examples }
        return examples.map { example in
            var example = example
            example.expected = example.expected ?? expected
            return example
        }
    }
}

extension TaskDefinition.Kind {
    public var usualRule: JudgeRule {
        switch self {
        case .classify: .exact
        case .extract: .json
        case .answer: .contains
        }
    }
}
