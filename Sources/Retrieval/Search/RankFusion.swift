/// Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): score = sum over rankings of 1 / (k + rank), with
/// ranks from 1. What a ranking doesn't have adds nothing.
enum RankFusion {
    static let k = 60.0

    /// - Parameter rankings: indices, the best first.
    /// - Returns: the fused ranking, the best first; equal scores in the order of indices.
    static func fuse(_ rankings: [[Int]]) -> [(index: Int, score: Double)] {
        var scores: [Int: Double] = [:]
        for ranking in rankings {
            for (place, index) in ranking.enumerated() { scores[index, default: 0] += 1 / (k + Double(place + 1)) }
        }
        return scores.map { (index: $0.key, score: $0.value) }
            .sorted { $0.score != $1.score ? $0.score > $1.score : $0.index < $1.index }
    }
}
