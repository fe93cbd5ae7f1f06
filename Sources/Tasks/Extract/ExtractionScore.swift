import Chat
import Evaluation

/// How well one side's records are those that were expected.
public struct ExtractionScore: Sendable, Equatable {
    /// How often a field was as expected.
    public struct Field: Sendable, Equatable {
        /// The way to it, such as "vendor.city".
        public var path: String
        public var right: Int
        /// Records in which it was expected.
        public var expected: Int

        public var share: Proportion? { Proportion(successes: Double(right), trials: expected) }
    }

    /// Records that are as expected as a whole; nil where nothing was expected.
    public var records: Proportion?
    /// Of all fields of all records that were expected; nil where nothing was.
    public var allFields: Proportion?
    /// Answers that are of the schema, of all texts: failures aren't.
    public var valid: Proportion?
    /// In the order of their paths' bytes.
    public var fields: [Field]

    /// - Parameter examples: those of the run.
    public init(of result: SolverResult, examples: [Example], schema: RecordSchema) {
        var (right, expected, valid, done) = (0, 0, 0, 0)
        var fields: [String: Field] = [:]
        for example in examples {
            guard let outcome = result.outcomes[example.id] else { continue }
            done += 1
            let record = (outcome.solution?.answer).flatMap { try? RecordValue(json: $0) }
            if let record, schema.violation(in: record) == nil { valid += 1 }
            guard let wanted = example.expected.flatMap({ try? RecordValue(json: $0) }) else { continue }
            expected += 1
            if record == wanted { right += 1 }
            let found = record?.leaves ?? [:]
            for (path, value) in wanted.leaves {
                var field = fields[path] ?? Field(path: path, right: 0, expected: 0)
                field.expected += 1
                if found[path] == value { field.right += 1 }
                fields[path] = field
            }
        }
        records = Proportion(successes: Double(right), trials: expected)
        self.valid = Proportion(successes: Double(valid), trials: done)
        self.fields = fields.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        allFields = Proportion(
            successes: Double(self.fields.reduce(0) { $0 + $1.right }),
            trials: self.fields.reduce(0) { $0 + $1.expected })
    }
}
