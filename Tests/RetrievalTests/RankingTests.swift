import Foundation
import InferenceCore
import Testing

@testable import Retrieval

/// Scores and ranks against their formulas.
@Suite("Ranking")
struct RankingTests {
    private static let corpus = [
        "the cat sat on the mat", "the dog sat on the log and the dog slept", "cats and dogs", "a mat for a cat a cat",
        "nothing of the kind", "mat",
    ]

    /// BM25 straight from the paper, over words.
    private func bm25(_ query: String, _ text: String, k1: Double = 1.2, b: Double = 0.75) -> Double {
        let documents = Self.corpus.map { $0.split(separator: " ") }
        let average = Double(documents.map(\.count).reduce(0, +)) / Double(documents.count)
        let words = text.split(separator: " ")
        var sum = 0.0
        for term in query.split(separator: " ") {
            let n = Double(documents.count { $0.contains(term) })
            let f = Double(words.count { $0 == term })
            let idf: Double = log(1 + (Double(documents.count) - n + 0.5) / (n + 0.5))
            let norm: Double = 1 - b + b * Double(words.count) / average
            sum += idf * f * (k1 + 1) / (f + k1 * norm)
        }
        return sum
    }

    private func index(_ texts: [String], stems: Bool) throws -> (SampleFolder, IndexFile) {
        let folder = try SampleFolder([:])
        let probe = [1] + [Float](repeating: 0, count: 31)
        let files = try texts.enumerated().map { number, text in
            // A path of signs has no terms, so that lengths are the texts'.
            IndexContents.File(
                path: String(repeating: "-", count: number + 1), bytes: 1, modified: 1, digest: try Digest(of: text),
                kind: .plain,
                passages: [.init(chunk: Chunk(lines: 1...1, trail: "", text: text), digest: try Digest(of: text))])
        }
        let contents = IndexContents(
            description: IndexDescription(
                folder: folder.folder, encoder: "e", dimensions: 32, probe: probe,
                chunking: .init(target: 200, overlap: 24), stems: stems, written: 0),
            files: files, rows: [UInt8](repeating: 0, count: 34 * texts.count))
        try IndexWriter.write(contents, to: folder.index, cancellation: .init())
        return (folder, try IndexFile(path: folder.index))
    }

    @Test("BM25 is the formula's", arguments: ["cat", "dog slept", "mat sat cat", "cat cat dog", "unheard kind"])
    func formula(query: String) throws {
        let (folder, index) = try index(Self.corpus, stems: false)
        let found = withExtendedLifetime(folder) { KeywordSearch().best(10, of: index, query: query) }
        let scores: [Double] = Self.corpus.map { bm25(query, $0) }
        let expected: [Int] = scores.indices.filter { scores[$0] > 0 }
            .sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
        #expect(found.map(\.index) == expected)
        for entry in found { #expect(abs(Double(entry.score) - scores[entry.index]) < 1e-5) }
    }

    @Test("figures of a worked example")
    func example() throws {
        // N = 2, n = 1, f = 2, both of length 2 and 4 against an average of 3:
        // idf = ln(1 + 1.5 / 1.5) = 0.693147; 0.693147 * 2 * 2.2 / (2 + 1.2 (0.25 + 0.75 * 2 / 3)) = 1.051673
        let (folder, index) = try index(["ox ox", "a b c d"], stems: false)
        let found = withExtendedLifetime(folder) { KeywordSearch().best(1, of: index, query: "ox") }
        #expect(abs((found.first?.score ?? 0) - 1.051673) < 1e-5)
    }

    @Test("words that a question is built with count for nothing, unless there are no others")
    func functionWords() throws {
        let (folder, index) = try index(Self.corpus, stems: false)
        withExtendedLifetime(folder) {
            let search = KeywordSearch()
            #expect(search.best(9, of: index, query: "where is the dog") == search.best(9, of: index, query: "dog"))
            #expect(search.best(9, of: index, query: "of the").map(\.index).first == 4)
            #expect(search.coverage(of: "what is the dog", in: index, passage: 1) == 1)
        }
    }

    @Test("with stems, a singular finds its plural")
    func stems() throws {
        let (folder, index) = try index(Self.corpus, stems: true)
        withExtendedLifetime(folder) {
            #expect(KeywordSearch().best(10, of: index, query: "cats").map(\.index).sorted() == [0, 2, 3])
            #expect(KeywordSearch().coverage(of: "cats dogs", in: index, passage: 2) == 1)
            #expect(KeywordSearch().coverage(of: "zebra", in: index, passage: 2) == 0)
        }
    }

    @Test("fusion adds 1 / (60 + rank)")
    func fusion() {
        let fused = RankFusion.fuse([[7, 3, 9], [3, 8]])
        #expect(fused.map(\.index) == [3, 7, 8, 9])
        #expect(abs(fused[0].score - (1 / 62.0 + 1 / 61.0)) < 1e-12)
        #expect(abs(fused[1].score - 1 / 61.0) < 1e-12)
        #expect(RankFusion.fuse([[5, 4], [4, 5]]).map(\.index) == [4, 5])
        #expect(RankFusion.fuse([[], []]).isEmpty)
    }

    @Test("the best of many are those that sorting finds", arguments: [1, 2, 7, 100, 2000])
    func top(limit: Int) {
        var generator = SystemRandomNumberGenerator()
        var scores = (0..<1000).map { _ in Float(Int.random(in: 0..<300, using: &generator)) }
        scores[17] = .nan
        var top = TopScores(limit: limit)
        for (index, score) in scores.enumerated() { top.offer(index, score) }
        let expected = scores.indices.filter { !scores[$0].isNaN }
            .sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }.prefix(limit)
        #expect(top.sorted.map(\.index) == Array(expected))
    }

    @Test("rows of bytes score as their vectors do, within the rounding", arguments: [32, 40, 384])
    func rows(dimensions: Int) throws {
        var state: UInt64 = 3
        func vector() -> [Float] {
            (0..<dimensions).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Float(Int64(bitPattern: state) >> 40) / Float(1 << 23)
            }
            .normalized
        }
        let vectors = (0..<100).map { _ in vector() }
        let rows = try VectorRows(dimensions: dimensions, runtime: Runtime(threads: 2))
        let bytes = vectors.flatMap { rows.row(of: $0) }
        #expect(bytes.count == 100 * rows.rowBytes)
        var scores = [Float](repeating: 0, count: 100)
        let query = vector()
        bytes.withUnsafeBytes { rows.score(query, rows: $0, into: &scores) }
        for (score, vector) in zip(scores, vectors) {
            let exact = zip(query, vector).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(abs(score - exact) < 0.01)
        }
    }
}
