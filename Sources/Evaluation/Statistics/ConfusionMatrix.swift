/// How often each label was given where each was expected.
public struct ConfusionMatrix: Sendable, Equatable, Codable {
    public let labels: [String]
    /// [expected][given]; the last column counts answers that are none of the labels.
    public private(set) var counts: [[Int]]

    public init(labels: [String]) {
        self.labels = labels
        counts = Array(repeating: Array(repeating: 0, count: labels.count + 1), count: labels.count)
    }

    /// - Parameter given: nil where there was no answer.
    public mutating func add(expected: String, given: String?) {
        guard let row = labels.firstIndex(of: expected) else { return }
        let column = given.flatMap { labels.firstIndex(of: $0) } ?? labels.count
        counts[row][column] += 1
    }

    public var total: Int { counts.joined().reduce(0, +) }

    public func precision(of label: Int) -> Double? { share(of: label, in: counts.reduce(0) { $0 + $1[label] }) }
    public func recall(of label: Int) -> Double? { share(of: label, in: counts[label].reduce(0, +)) }

    /// The harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); nil where the label neither was expected nor
    /// given.
    public func f1(of label: Int) -> Double? {
        let expected = counts[label].reduce(0, +)
        let given = counts.reduce(0) { $0 + $1[label] }
        guard expected + given > 0 else { return nil }
        return 2 * Double(counts[label][label]) / Double(expected + given)
    }

    /// The mean of all labels' F1, each counting the same; nil without any example.
    public var macroF1: Double? {
        let values = labels.indices.compactMap { f1(of: $0) }
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    private func share(of label: Int, in all: Int) -> Double? {
        all > 0 ? Double(counts[label][label]) / Double(all) : nil
    }
}
