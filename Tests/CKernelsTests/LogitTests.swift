import CKernels
import Foundation
import Testing

/// What sampling asks of a vocabulary, against plain code in double precision.
struct LogitTests {
    /// Shapes that logits have: flat, peaked, far apart, rising, mostly masked.
    enum Shape: CaseIterable {
        case constant, narrow, usual, wide, rising, oneAboveAll, masked

        func logits(_ count: Int) -> [Float] {
            var random = Xorshift(state: 42)
            return (0..<count).map { index in
                let bell = (0..<6).reduce(Float(0)) { sum, _ in sum + random.unit() }
                switch self {
                case .constant: return -3.7
                case .narrow: return 0.5 * bell
                case .usual: return 3 * bell - 4
                case .wide: return 40 * bell
                case .rising: return 200 * Float(index) / Float(count) - 60
                case .oneAboveAll: return index == count / 3 ? 25 : bell
                case .masked: return index % 1000 == 7 ? bell : -.infinity
                }
            }
        }
    }

    private func survey(_ logits: [Float]) -> (logSumExp: Double, maxima: [Float]) {
        let block = Int(CK_LOGIT_BLOCK)
        var maxima = [Float](repeating: .nan, count: (logits.count + block - 1) / block)
        let logSumExp = ck_survey(logits, logits.count, &maxima, nil)
        return (logSumExp, maxima)
    }

    private func entropy(_ logits: [Float]) -> (logSumExp: Double, maxima: [Float], entropy: Double) {
        var maxima = [Float](repeating: .nan, count: survey(logits).maxima.count)
        var entropy = Double.nan
        let logSumExp = ck_survey(logits, logits.count, &maxima, &entropy)
        return (logSumExp, maxima, entropy)
    }

    /// The distribution's logarithms, in double precision.
    private func logProbabilities(_ logits: [Float]) -> [Double] {
        let most = Double(logits.max() ?? 0)
        let total = most + log(logits.reduce(0) { $0 + exp(Double($1) - most) })
        return logits.map { Double($0) - total }
    }

    @Test("a survey sums to a millionth and finds each block's largest", arguments: Shape.allCases)
    func survey(shape: Shape) {
        for count in [8, 127, 128, 129, 1000, 49_152, 151_936, 262_144] {
            let logits = shape.logits(count)
            let most = logits.max() ?? 0
            let wanted = Double(most) + log(logits.reduce(0) { $0 + exp(Double($1) - Double(most)) })
            let (found, maxima) = survey(logits)
            #expect(abs(found - wanted) < 1e-6, "\(count) logits")
            let blocks = stride(from: 0, to: count, by: Int(CK_LOGIT_BLOCK))
            #expect(maxima == blocks.map { logits[$0..<min($0 + Int(CK_LOGIT_BLOCK), count)].max() ?? 0 })
        }
    }

    @Test("logits that aren't numbers weigh nothing, and infinite ones decide")
    func notFinite() {
        var logits = Shape.usual.logits(1000)
        let before = survey(logits.enumerated().map { $0.offset % 3 == 0 ? -.infinity : $0.element })
        for index in stride(from: 0, to: logits.count, by: 3) { logits[index] = .nan }
        #expect(survey(logits) == before)
        logits[500] = .infinity
        #expect(survey(logits).logSumExp == .infinity)
        #expect(survey([Float](repeating: -.infinity, count: 300)).logSumExp == -.infinity)
        #expect(survey([Float](repeating: .nan, count: 300)).maxima == [-.infinity, -.infinity, -.infinity])
    }

    @Test("entropy to five millionths, without a change to the sum", arguments: Shape.allCases)
    func entropy(shape: Shape) {
        for count in [8, 127, 128, 129, 1000, 49_152, 151_936, 262_144] {
            let logits = shape.logits(count)
            // Nothing is as unlikely as it gets: p log(p) is 0 there.
            let wanted = logProbabilities(logits).reduce(0) { $0 - ($1 == -.infinity ? 0 : exp($1) * $1) }
            let found = entropy(logits)
            #expect(abs(found.entropy - wanted) < 5e-6, "\(count) logits: \(found.entropy), wanted \(wanted)")
            #expect((found.logSumExp, found.maxima) == survey(logits))
        }
    }

    @Test("entropy of what is certain, of halves, and of what is no distribution")
    func simpleEntropies() {
        #expect(entropy([5] + [Float](repeating: -.infinity, count: 999)).entropy < 1e-30)
        #expect(abs(entropy([-90, -90]).entropy - log(2)) < 1e-6)
        #expect(abs(entropy([-90, -.infinity, -90, .nan]).entropy - log(2)) < 1e-6)
        for logits in [[], [-.infinity], [.nan, .nan], [1, .infinity, 2]] as [[Float]] {
            #expect(entropy(logits).entropy == 0, "\(logits)")
        }
    }

    @Test("divergences of any two shapes, against double precision", arguments: Shape.allCases)
    func divergence(shape: Shape) {
        for count in [8, 127, 129, 1000, 49_152] {
            let reference = shape.logits(count)
            #expect(ck_divergence(reference, reference, count) == 0)
            for other in Shape.allCases where other != .masked || shape == .masked {
                let logits = other.logits(count).enumerated().map { $0.element + Float($0.offset % 7) / 4 }
                let (p, q) = (logProbabilities(reference), logProbabilities(logits))
                // Logits further below the largest than 87 count as that; with these, only where p is 0 in both.
                let floor = (logits.max() ?? 0) - 87
                guard !logits.contains(where: { $0 < floor && $0 > -.infinity }) else { continue }
                let wanted = zip(p, q).reduce(0) { $0 + ($1.0 == -.infinity ? 0 : exp($1.0) * ($1.0 - $1.1)) }
                let found = ck_divergence(reference, logits, count)
                #expect(abs(found - wanted) < 1e-5 * (1 + wanted), "\(count) of \(other): \(found), wanted \(wanted)")
            }
        }
    }

    @Test("a divergence is finite where there are distributions, and no number where there are none")
    func divergenceOfOdd() {
        let found = ck_divergence([1, 1], [1, -.infinity], 2)
        #expect(abs(found - (87 / 2 - log(2))) < 1e-3)
        #expect(ck_divergence([1, .nan], [1, -.infinity], 2) == 0)
        for (reference, logits) in [([.nan], [1]), ([1], [.infinity]), ([-.infinity], [1])] as [([Float], [Float])] {
            #expect(ck_divergence(reference, logits, 1).isNaN)
        }
    }

    @Test("ranks are those of a stable sort", arguments: Shape.allCases)
    func rank(shape: Shape) {
        var logits = shape.logits(700).map { ($0 * 2).rounded() }
        logits[13] = .nan
        logits[14] = .infinity
        func key(_ index: Int) -> Float { logits[index].isNaN ? -.infinity : logits[index] }
        let order = logits.indices.sorted { (key($0), -$0) > (key($1), -$1) }
        for (place, index) in order.enumerated() where !logits[index].isNaN {
            // What is no number comes after everything, also after what can't be.
            let numbersBefore = order[..<place].count { !logits[$0].isNaN }
            #expect(ck_rank(logits, logits.count, index) == numbersBefore + 1)
        }
        #expect(ck_rank(logits, logits.count, 13) > 1)
        #expect(ck_rank([2], 1, 0) == 1)
    }

    @Test("the k-th largest, its equals among them", arguments: Shape.allCases)
    func rankThreshold(shape: Shape) {
        let values = shape.logits(5000) + [0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude]
        let descending = values.sorted(by: >)
        for k in [1, 2, 40, 999, 5000] {
            let threshold = ck_rank_threshold(values, values.count, k)
            // Any threshold between two neighbours will do: what counts is who reaches it.
            let reaching = values.filter { $0 >= threshold }
            #expect(reaching.count == values.filter { $0 >= descending[k - 1] }.count, "k = \(k)")
        }
        #expect(ck_rank_threshold(values, values.count, values.count + 1) == -.infinity)
        #expect(ck_maximum(values, values.count) == descending[0])
    }

    @Test("the logits above a threshold, in order, however little room there is")
    func atLeast() {
        let logits = Shape.usual.logits(10_000)
        let maxima = survey(logits).maxima
        for threshold in [-.infinity, -4, 0, 3, 1000] as [Float] {
            let wanted = logits.indices.filter { logits[$0] >= threshold }.map(Int32.init)
            var indices = [Int32](repeating: -1, count: logits.count)
            #expect(ck_at_least(logits, maxima, logits.count, threshold, &indices, indices.count) == wanted.count)
            #expect(Array(indices.prefix(wanted.count)) == wanted)
            var few = [Int32](repeating: -1, count: 4)
            #expect(ck_at_least(logits, maxima, logits.count, threshold, &few, 3) == wanted.count)
            #expect(few.prefix(min(3, wanted.count)) == wanted.prefix(3) && few[3] == -1)
        }
    }

    @Test("blocks weigh what their logits weigh at the temperature", arguments: [0.25, 1, 3] as [Float])
    func weights(scale: Float) {
        let logits = Shape.usual.logits(1100)
        let most = logits.max() ?? 0
        var weights = [Float](repeating: 0, count: survey(logits).maxima.count)
        ck_weigh_blocks(logits, logits.count, most, scale, &weights)
        for (block, weight) in weights.enumerated() {
            let first = block * Int(CK_LOGIT_BLOCK)
            let wanted = logits[first..<min(first + Int(CK_LOGIT_BLOCK), logits.count)].reduce(0) {
                $0 + exp(Double(scale) * (Double($1) - Double(most)))
            }
            #expect(abs(Double(weight) - wanted) < 1e-6 * max(wanted, 1e-6))
        }
    }
}
