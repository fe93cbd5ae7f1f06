import Foundation
import FuzzTargets
import Testing

/// The fuzzer's targets with damaged inputs, the same on every run; `make soak` tries millions.
@Suite("Loaders under attack")
struct SeededFuzzTests {
    private static let corpus = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fuzzing/Corpus")

    private static func seeds(_ target: String) throws -> [[UInt8]] {
        let folder = corpus.appending(path: target)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            Array(try Data(contentsOf: folder.appending(path: name)))
        }
    }

    @Test("Every seed is accepted, and so is whatever it is cut to or refused", arguments: FuzzTarget.all.map(\.name))
    func seeds(name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        let seeds = try Self.seeds(name)
        #expect(seeds.count >= 3)
        for seed in seeds {
            let isAccepted = target.run(seed)
            #expect(isAccepted, "\(seed.prefix(60))")
            for length in stride(from: 0, to: seed.count, by: max(1, seed.count / 200)) {
                _ = target.run(Array(seed.prefix(length)))
            }
        }
    }

    @Test("Damaged inputs are accepted or refused, never more", arguments: FuzzTarget.all.map(\.name), 0..<2)
    func damaged(name: String, batch: Int) throws {
        let target = try #require(FuzzTarget.named(name))
        var mutator = Mutator(seed: UInt64(batch), seeds: try Self.seeds(name), words: target.words)
        var accepted = 0
        let count = ["template": 1000, "constraint": 400][name] ?? 3000
        for _ in 0..<count where target.run(mutator.next()) { accepted += 1 }
        // Both have been met.
        #expect(accepted > 0 && accepted < count)
    }
}
