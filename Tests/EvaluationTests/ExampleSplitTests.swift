import Testing

@testable import Evaluation

@Suite struct ExampleSplitTests {
    private func examples(_ counts: [String: Int]) -> [Example] {
        counts.sorted { $0.key < $1.key }.flatMap { label, count in
            (0..<count).map { Example(id: "\(label)\($0)", text: "t", expected: label) }
        }
    }

    @Test(arguments: [UInt64(0), 1, 2, 3])
    func partsDontOverlapAndHaveTheSameShares(seed: UInt64) {
        let all = examples(["a": 300, "b": 100, "c": 7])
        let parts = ExampleSplit.split(all, shares: [0.25, 0.5], seed: seed)
        #expect(parts.map(\.count) == [102, 203, 102])
        #expect(Set(parts.joined().map(\.id)).count == 407)
        for (part, share) in zip(parts, [0.25, 0.5, 0.25]) {
            for (label, count) in ["a": 300, "b": 100, "c": 7] {
                let found = part.count { $0.expected == label }
                // Two cuts, each at most one example away.
                #expect(abs(Double(found) - share * Double(count)) <= 2.5, "\(label) \(found)")
            }
        }
        #expect(ExampleSplit.split(all, shares: [0.25, 0.5], seed: seed) == parts)
    }

    @Test("answers that are all different are divided, too")
    func strataOfOne() {
        let all = (0..<200).map { Example(id: "\($0)", text: "t", expected: "\($0)") }
        #expect(ExampleSplit.split(all, shares: [0.5], seed: 1).map(\.count) == [100, 100])
        #expect(ExampleSplit.split(all, shares: [5.0 / 200], seed: 1)[0].count == 5)
        #expect(ExampleSplit.split(all, shares: [0.5], seed: 1) != ExampleSplit.split(all, shares: [0.5], seed: 2))
    }
}
