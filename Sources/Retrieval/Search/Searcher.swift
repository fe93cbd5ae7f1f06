import Foundation
import InferenceCore
import Transport

/// Searches an index. Safe to share; searches by meaning take turns.
public final class Searcher: Sendable {
    private let index: IndexFile
    private let encoder: (any PassageEncoder)?
    private let scanner: VectorRows

    /// How many of each ranking are fused.
    static let depth = 100

    /// The indexed folder.
    public var folder: String { index.description.folder }
    public var passageCount: Int { index.passageCount }
    public var fileCount: Int { index.fileCount }
    /// What the encoder was called that made the vectors.
    public var encoderName: String { index.description.encoder }

    /// Changes with everything that can change what is found: the passages, where they stand, and their vectors. An index
    /// that was brought up to date without finding anything new has the same one.
    public var fingerprint: String { index.fingerprint }

    /// The name of the encoder that made an index.
    /// - Throws: ``IndexError``
    public static func encoderName(ofIndex path: String) throws -> String {
        try IndexFile(path: path).description.encoder
    }

    /// Opens an index.
    /// - Parameters:
    ///   - encoder: the one that made its vectors; nil to search by words alone.
    ///   - name: what errors call the encoder.
    /// - Throws: ``IndexError``, also for another encoder; what the encoder throws.
    public init(
        index path: String, encoder: (any PassageEncoder)?, name: String = "the encoder given", runtime: Runtime
    ) async throws {
        index = try IndexFile(path: path)
        self.encoder = encoder
        scanner = try VectorRows(dimensions: index.description.dimensions, runtime: runtime)
        guard let encoder else { return }
        let probe = try await encoder.vectors(of: [IndexDescription.probeText])[0]
        guard index.description.isSameEncoder(probe) else {
            throw IndexError.otherEncoder(path: path, made: index.description.encoder, given: name)
        }
    }

    /// The best passages for a question.
    /// - Parameter count: how many; fewer come where the ranking has fewer.
    /// - Throws: ``IndexError``, what the encoder throws, `CancellationError`.
    public func search(_ question: String, count: Int, mode: SearchMode = .fused) async throws -> SearchResult {
        var times = SearchResult.Times()
        var vector: [Float]?
        if mode != .bm25 {
            guard let encoder else { throw IndexError.noEncoder(path: index.path) }
            let start = ContinuousClock.now
            vector = try await encoder.vectors(of: [question])[0]
            times.embed = .now - start
        }
        try Task.checkCancellation()
        let (known, depth) = ((vector, times), max(count, Self.depth))
        return try await BlockingThread.run { [self] _ in
            try rank(question, known.0, count: count, depth: depth, mode, times: known.1)
        }
    }

    private func rank(
        _ question: String, _ vector: [Float]?, count: Int, depth: Int, _ mode: SearchMode, times: SearchResult.Times
    ) throws -> SearchResult {
        var times = times
        var (words, meaning): ([TopScores.Entry], [TopScores.Entry]) = ([], [])
        if mode != .dense {
            let start = ContinuousClock.now
            words = KeywordSearch().best(depth, of: index, query: question)
            times.bm25 = .now - start
        }
        if let vector {
            let start = ContinuousClock.now
            meaning = nearest(depth, to: vector)
            times.scan = .now - start
        }
        try index.checkIntact()
        let start = ContinuousClock.now
        let ranking: [(index: Int, score: Double)] =
            switch mode {
            case .fused: RankFusion.fuse([words.map(\.index), meaning.map(\.index)])
            case .bm25: words.map { ($0.index, Double($0.score)) }
            case .dense: meaning.map { ($0.index, Double($0.score)) }
            }
        let hits = ranking.prefix(count).enumerated().compactMap { place, entry in
            hit(entry.index, rank: place + 1, score: entry.score, words, meaning)
        }
        let evidence = SearchResult.Evidence(
            cosine: meaning.first.map { Double($0.score) },
            coverage: words.prefix(3).map { KeywordSearch().coverage(of: question, in: index, passage: $0.index) }.max()
        )
        try index.checkIntact()
        times.rank = .now - start
        return SearchResult(hits: hits, times: times, evidence: evidence)
    }

    private func nearest(_ count: Int, to vector: [Float]) -> [TopScores.Entry] {
        var scores = [Float](repeating: 0, count: index.passageCount)
        scanner.score(vector, rows: index.rows, into: &scores)
        var top = TopScores(limit: count)
        scores.withUnsafeBufferPointer { scores in
            for (passage, score) in scores.enumerated() { top.offer(passage, score) }
        }
        return top.sorted
    }

    private func hit(
        _ passage: Int, rank: Int, score: Double, _ words: [TopScores.Entry], _ meaning: [TopScores.Entry]
    ) -> SearchHit? {
        guard let record = index.passage(passage), let file = index.file(record.file) else { return nil }
        func part(_ ranking: [TopScores.Entry]) -> SearchHit.Part? {
            ranking.firstIndex { $0.index == passage }
                .map { SearchHit.Part(rank: $0 + 1, score: Double(ranking[$0].score)) }
        }
        return SearchHit(
            rank: rank, path: file.path, lines: record.lines, isPaged: file.kind == .pdf, trail: record.trail,
            text: index.text(ofPassage: passage), score: score, bm25: part(words), dense: part(meaning))
    }
}
