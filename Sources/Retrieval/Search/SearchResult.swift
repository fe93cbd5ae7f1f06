/// How passages are ranked.
public enum SearchMode: String, Sendable, CaseIterable, Codable {
    /// By both, fused.
    case fused
    /// By words.
    case bm25
    /// By meaning.
    case dense
}

/// A passage that was found.
public struct SearchHit: Sendable, Equatable {
    /// From 1.
    public var rank: Int
    /// From the indexed folder.
    public var path: String
    /// Lines from 1, or pages of a PDF.
    public var lines: ClosedRange<Int>
    /// Whether ``lines`` are pages.
    public var isPaged: Bool
    /// The headings or declarations that it stands under.
    public var trail: String
    public var text: String
    /// What the ranking is by: of the fused ranks, BM25's, or the cosine.
    public var score: Double
    /// Nil where the passage isn't among the best by words.
    public var bm25: Part?
    /// Nil where the passage isn't among the best by meaning.
    public var dense: Part?

    public struct Part: Sendable, Equatable {
        /// From 1.
        public var rank: Int
        public var score: Double

        public init(rank: Int, score: Double) {
            (self.rank, self.score) = (rank, score)
        }
    }

    public init(
        rank: Int, path: String, lines: ClosedRange<Int>, isPaged: Bool = false, trail: String = "", text: String,
        score: Double, bm25: Part? = nil, dense: Part? = nil
    ) {
        self.rank = rank
        self.path = path
        self.lines = lines
        self.isPaged = isPaged
        self.trail = trail
        self.text = text
        self.score = score
        self.bm25 = bm25
        self.dense = dense
    }

    /// Where it stands: `docs/guide.md:12-30`, `paper.pdf:p3`.
    public var location: String {
        let prefix = isPaged ? "p" : ""
        return lines.count == 1
            ? "\(path):\(prefix)\(lines.lowerBound)" : "\(path):\(prefix)\(lines.lowerBound)-\(lines.upperBound)"
    }
}

/// What a search found, and what its steps took.
public struct SearchResult: Sendable, Equatable {
    public var hits: [SearchHit]
    public var times: Times
    /// The highest cosine, and the share of the question's weight in words that the best passage by words holds; nil where
    /// that ranking wasn't made or is empty.
    public var evidence: Evidence

    public struct Times: Sendable, Equatable {
        /// The question's vector.
        public var embed: Duration?
        /// All vectors, and the best of them.
        public var scan: Duration?
        public var bm25: Duration?
        /// Ranking, and reading the hits.
        public var rank: Duration = .zero

        public init() {}

        public var total: Duration { (embed ?? .zero) + (scan ?? .zero) + (bm25 ?? .zero) + rank }
    }

    public struct Evidence: Sendable, Equatable {
        public var cosine: Double?
        public var coverage: Double?

        public init(cosine: Double? = nil, coverage: Double? = nil) {
            (self.cosine, self.coverage) = (cosine, coverage)
        }
    }

    public init(hits: [SearchHit], times: Times, evidence: Evidence = Evidence()) {
        self.hits = hits
        self.times = times
        self.evidence = evidence
    }
}
