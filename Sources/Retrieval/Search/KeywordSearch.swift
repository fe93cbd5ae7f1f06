import Foundation

/// BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3):
///
/// ```
/// score = sum over terms t of  idf(t) * f (k1 + 1) / (f + k1 (1 - b + b length / average length))
/// idf(t) = ln(1 + (N - n + 0.5) / (n + 0.5))
/// ```
///
/// for a term that stands f times in a passage, and in n of all N. The 1 in the logarithm keeps the weight of terms that
/// are nearly everywhere above 0, where the paper's own would turn negative.
struct KeywordSearch {
    var k1 = 1.2
    var b = 0.75

    /// The best passages that hold any of a query's terms.
    /// - Complexity: linear in the length of the terms' lists and in the number of passages.
    func best(_ limit: Int, of index: IndexFile, query: String) -> [TopScores.Entry] {
        let count = index.passageCount
        guard count > 0 else { return [] }
        var scores = [Float](repeating: 0, count: count)
        for (term, repeats) in terms(of: query, index) {
            guard let list = index.postings(of: term), list.passages > 0 else { continue }
            let weight = Float(repeats) * Float(idf(passages: list.passages, of: count) * (k1 + 1))
            let lengths = index.lengths
            let fixed = Float(k1 * (1 - b))
            let slope = Float(k1 * b / index.averageLength)
            scores.withUnsafeMutableBufferPointer { scores in
                list.forEach(below: count) { passage, frequency in
                    let length = UInt32(
                        littleEndian: lengths.loadUnaligned(fromByteOffset: 4 * passage, as: UInt32.self))
                    let f = Float(frequency)
                    scores[passage] += weight * f / (f + fixed + slope * Float(length))
                }
            }
        }
        var top = TopScores(limit: limit)
        for (passage, score) in scores.enumerated() where score > 0 { top.offer(passage, score) }
        return top.sorted
    }

    /// How much of a query's weight stands in one passage's text at all, from 0 to 1: whether a passage is about it.
    func coverage(of query: String, in index: IndexFile, passage: Int) -> Double {
        var (found, all) = (0.0, 0.0)
        for (term, _) in terms(of: query, index) {
            let list = index.postings(of: term)
            let weight = idf(passages: list?.passages ?? 0, of: index.passageCount)
            all += weight
            var isHere = false
            list?.forEach(below: passage + 1) { found, _ in isHere = isHere || found == passage }
            if isHere { found += weight }
        }
        return all > 0 ? found / all : 0
    }

    func idf(passages: Int, of count: Int) -> Double {
        log(1 + (Double(count) - Double(passages) + 0.5) / (Double(passages) + 0.5))
    }

    /// A query's terms, each once, in the order in which they come, with how often they do.
    private func terms(of query: String, _ index: IndexFile) -> [(term: [UInt8], repeats: Int)] {
        var counts: [[UInt8]: Int] = [:]
        let all = WordBreaker(stems: index.description.stems).terms(of: query)
        let telling = all.filter { !FunctionWords.all.contains($0) }
        // Who asks for nothing but such words means them.
        let terms = telling.isEmpty ? all : telling
        for term in terms { counts[term, default: 0] += 1 }
        var seen: Set<[UInt8]> = []
        return terms.filter { seen.insert($0).inserted }.map { ($0, counts[$0] ?? 0) }
    }
}
