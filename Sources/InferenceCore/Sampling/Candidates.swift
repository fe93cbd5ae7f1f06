import CKernels

/// The tokens that may come next, with their logits.
///
/// A vocabulary has up to a quarter of a million entries, so the candidates begin as the plain logits and become a
/// list only when a step narrows them; steps ask for the likeliest ones by a rising threshold instead of sorting all.
struct Candidates {
    struct Candidate: Equatable {
        var id: TokenID
        var logit: Float
    }

    private let logits: UnsafeMutableBufferPointer<Float>
    /// Likeliest first; nil while all tokens are in.
    private(set) var list: [Candidate]?

    /// - Parameter logits: [vocabulary]; penalties write to it.
    init(logits: UnsafeMutableBufferPointer<Float>) {
        self.logits = logits
    }

    /// Number of tokens that may still come.
    var count: Int { list?.count ?? logits.count }

    /// Changes one token's logit. Only before the candidates are narrowed.
    mutating func penalize(_ id: TokenID, _ change: (Float) -> Float) {
        guard list == nil, logits.indices.contains(Int(id)) else { return }
        logits[Int(id)] = change(logits[Int(id)])
    }

    /// Keeps the k likeliest.
    mutating func keep(likeliest k: Int) {
        guard k < count else { return }
        if list == nil { list = ranked(atLeast: k) }
        list = list.map { Array($0.prefix(k)) }
    }

    /// Keeps tokens whose logit is within `distance` of the largest.
    mutating func keep(within distance: Float) {
        if let list {
            let floor = (list.first?.logit ?? 0) - distance
            self.list = list.filter { $0.logit >= floor }
        } else {
            list = ranked(above: largest - distance)
        }
    }

    /// Keeps the smallest number of likeliest tokens whose probabilities, among the candidates, sum to p.
    mutating func keep(probability p: Double) {
        guard p < 1 else { return }
        let total: Double
        if let list {
            total = list.reduce(0) { $0 + weight($1, of: list[0].logit) }
        } else {
            let most = largest
            total = exponential(ck_log_sum_exp(logits.baseAddress, logits.count) - Double(most))
            // Ever more of the likeliest tokens, until they hold enough.
            var k = 256
            while true {
                let ranked = ranked(atLeast: k)
                let sum = ranked.reduce(0) { $0 + weight($1, of: most) }
                list = ranked
                if sum >= p * total || ranked.count == logits.count { break }
                k *= 8
            }
        }
        guard let list, let first = list.first else { return }
        var sum = 0.0
        let kept = list.firstIndex { candidate in
            sum += weight(candidate, of: first.logit)
            return sum >= p * total
        }
        self.list = Array(list.prefix((kept ?? list.count - 1) + 1))
    }

    /// All that are left, likeliest first; equal ones by id.
    mutating func ranked() -> [Candidate] {
        if list == nil { list = ranked(above: -.infinity) }
        return list ?? []
    }

    /// The token with the largest logit.
    var likeliest: TokenID {
        list?.first?.id ?? TokenID(ck_argmax(logits.baseAddress, logits.count))
    }

    private var largest: Float { logits[ck_argmax(logits.baseAddress, logits.count)] }

    private func weight(_ candidate: Candidate, of largest: Float) -> Double {
        exponential(Double(candidate.logit) - Double(largest))
    }

    /// At least the k likeliest tokens, ranked.
    private func ranked(atLeast k: Int) -> [Candidate] {
        var distance: Float = 8
        while true {
            let found = ranked(above: largest - distance)
            if found.count >= k { return found }
            if !(distance < 1e6) { return ranked(above: -.infinity) }
            distance *= 2
        }
    }

    private func ranked(above floor: Float) -> [Candidate] {
        let found = ck_at_least(logits.baseAddress, logits.count, floor, nil, 0)
        let ids = [TokenID](unsafeUninitializedCapacity: found) { buffer, count in
            count = ck_at_least(logits.baseAddress, logits.count, floor, buffer.baseAddress, found)
        }
        return ids.map { Candidate(id: $0, logit: logits[Int($0)]) }
            .sorted { $0.logit != $1.logit ? $0.logit > $1.logit : $0.id < $1.id }
    }
}
