import Evaluation

/// A small classifier that learned from a larger one: a regression on what a sentence encoder makes of a text, after
/// Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network" (2015).
public struct Student: Sendable, Equatable, Codable {
    /// The encoder whose vectors the regression was fitted to. Those of another one mean something else.
    public struct Encoder: Sendable, Equatable, Codable {
        /// What it is found by.
        public var name: String
        /// Of the file that holds its weights, such as its SHA-256.
        public var fingerprint: String
        /// Of a decoder whose first layers make the vectors: how many; nil for a sentence encoder.
        public var depth: Int?
        public var dimensions: Int

        public init(name: String, fingerprint: String, depth: Int? = nil, dimensions: Int) {
            self.name = name
            self.fingerprint = fingerprint
            self.depth = depth
            self.dimensions = dimensions
        }

        /// Whether vectors of another one mean the same, whatever it is called.
        func isSame(as other: Encoder) -> Bool {
            (fingerprint, depth, dimensions) == (other.fingerprint, other.depth, other.dimensions)
        }

        /// "minilm (53aa51172d14)", "qwen, layer 16 (74a4da8c9fdb)".
        var text: String { "\(name)\(depth.map { ", layer \($0)" } ?? "") (\(fingerprint.prefix(12)))" }
    }

    /// How the student came about.
    public struct Training: Sendable, Equatable, Codable {
        public var teacher: String
        /// Of the teacher and of how it was asked.
        public var teacherFingerprint: String
        /// What was learned from, such as the file's name.
        public var source: String
        /// In ISO 8601.
        public var date: String
        public var seed: UInt64
        /// Texts that were learned from, and those that chose the penalty, which were learned from in the end, too.
        public var trainingTexts: Int
        public var validationTexts: Int
        /// Of the weights, see ``DistillationPlan``.
        public var penalty: Double
        public var temperature: Double
        public var minimumConfidence: Double
        /// On the held-out part: with the teacher, and with the expected labels where there are any.
        public var agreement: ShareFigures?
        public var accuracy: ShareFigures?
    }

    public static let currentSchema = 1
    public static let kind = "diptych-student"

    public var schema = currentSchema
    /// Tells the file from others.
    public var kind = Self.kind
    /// In the order of the regression's rows.
    public var labels: [String]
    public var encoder: Encoder
    public var regression: SoftmaxRegression
    public var training: Training

    public init(labels: [String], encoder: Encoder, regression: SoftmaxRegression, training: Training) {
        self.labels = labels
        self.encoder = encoder
        self.regression = regression
        self.training = training
    }

    /// Names everything that can change an answer.
    public var fingerprint: String {
        var fingerprint = Fingerprint("student", encoder.fingerprint, encoder.depth.map(String.init) ?? "")
        for label in labels { fingerprint.add(label) }
        for value in regression.weights.joined() { fingerprint.add(String(value.bitPattern)) }
        for value in regression.biases { fingerprint.add(String(value.bitPattern)) }
        return fingerprint.text
    }

    /// The same student with its labels in another order.
    /// - Throws: ``TaskError`` if they are other labels.
    public func ordered(by labels: [String]) throws(TaskError) -> Student {
        let rows = labels.compactMap { self.labels.firstIndex(of: $0) }
        guard rows.count == labels.count, labels.count == self.labels.count, Set(labels) == Set(self.labels) else {
            throw TaskError(
                "expected the labels that the student learned, \(self.labels.joined(separator: ", ")), found "
                    + "\(labels.joined(separator: ", ")); leave them out, or distill anew")
        }
        var student = self
        student.labels = labels
        student.regression = SoftmaxRegression(
            weights: rows.map { regression.weights[$0] }, biases: rows.map { regression.biases[$0] })
        return student
    }

    /// What is wrong with what a file holds; nil where it can be used.
    var fault: String? {
        if labels.count < 2 || Set(labels).count != labels.count {
            return "expected two different labels or more, found \(labels.count)"
        }
        if regression.weights.count != labels.count || regression.biases.count != labels.count {
            return "expected weights and a bias for each of \(labels.count) labels, found \(regression.weights.count) "
                + "and \(regression.biases.count)"
        }
        if let row = regression.weights.first(where: { $0.count != encoder.dimensions }) {
            return "expected \(encoder.dimensions) weights a label, found \(row.count)"
        }
        if !(regression.weights.joined() + regression.biases).allSatisfy(\.isFinite) {
            return "expected finite weights, found others"
        }
        return nil
    }
}
