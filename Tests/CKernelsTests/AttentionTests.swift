import CKernels
import Foundation
import Testing

/// Attention against softmax(q K^T) V in double precision, and against itself in other chunks.
struct AttentionTests {
    /// A cache that is filled with random keys and values, and random queries.
    struct Scene {
        let heads: Int, cacheHeads: Int, size: Int, positions: Int, window: Int
        let cap: Float, isBidirectional: Bool
        var keys: [Float], values: [Float], queries: [Float]

        init(
            heads: Int, cacheHeads: Int, size: Int, positions: Int, window: Int, cap: Float = 0,
            isBidirectional: Bool = false
        ) {
            (self.heads, self.cacheHeads, self.size) = (heads, cacheHeads, size)
            (self.positions, self.window) = (positions, window)
            (self.cap, self.isBidirectional) = (cap, isBidirectional)
            var random = Xorshift(state: 99)
            // Rounded to 16 bits, as the cache does, so that only the arithmetic is compared.
            keys = (0..<positions * cacheHeads * size).map { _ in Float(Float16(random.unit())) }
            values = (0..<positions * cacheHeads * size).map { _ in Float(Float16(random.unit())) }
            queries = (0..<positions * heads * size).map { _ in random.unit() }
        }

        /// [positions][heads][size], computed `chunk` positions at a time.
        func attend(chunk: Int, workers: UInt32, format: ck_cache_format = CK_CACHE_F16) throws -> [Float] {
            let team = try #require(ck_team_create(workers))
            defer { ck_team_destroy(team) }
            let capacity = (positions + 15) / 16 * 16
            let components = cacheHeads * size * capacity
            // Halves, or floats, that are no numbers: what wasn't stored must not be seen.
            let width = format == CK_CACHE_F32 ? 2 : 1
            var storage = [UInt16](repeating: width == 2 ? 0x7fff : 0x7e00, count: 2 * components * width)
            var scales = [UInt16](repeating: 0x7e00, count: 2 * components / 32)
            var output = [Float](repeating: .nan, count: queries.count)
            storage.withUnsafeMutableBufferPointer { storage in
                scales.withUnsafeMutableBufferPointer { scales in
                    output.withUnsafeMutableBufferPointer { output in
                        queries.withUnsafeBufferPointer { queries in
                            var cache = ck_cache(
                                format: format, keys: storage.baseAddress,
                                values: storage.baseAddress! + components * width,
                                key_scales: scales.baseAddress, value_scales: scales.baseAddress! + components / 32,
                                heads: cacheHeads, head_size: size, capacity: capacity)
                            for position in stride(from: 0, to: positions, by: chunk) {
                                let count = min(chunk, positions - position)
                                let row = cacheHeads * size
                                ck_cache_store(
                                    team, &cache, Array(keys[(position * row)...]), Array(values[(position * row)...]),
                                    row, position, count)
                                var attention = ck_attention(
                                    queries: queries.baseAddress! + position * heads * size,
                                    output: output.baseAddress! + position * heads * size, tokens: count, heads: heads,
                                    position: position, window: window, query_stride: heads * size,
                                    output_stride: heads * size, scale: 0.3, cap: cap, bidirectional: isBidirectional,
                                    cache: cache)
                                ck_attend(team, &attention)
                            }
                        }
                    }
                }
            }
            return output
        }

        /// One component of the result, by the formula.
        func expected(position: Int, head: Int) -> [Double] {
            let cacheHead = head / (heads / cacheHeads)
            let first = window > 0 ? max(0, position - window + 1) : 0
            var scores: [Double] = []
            let last = isBidirectional ? positions - 1 : position
            for seen in first...last {
                let query = (position * heads + head) * size
                let key = (seen * cacheHeads + cacheHead) * size
                let products = (0..<size).map { Double(queries[query + $0]) * Double(keys[key + $0]) }
                let score = products.reduce(0, +) * 0.3
                scores.append(cap == 0 ? score : Double(cap) * tanh(score / Double(cap)))
            }
            let weights = scores.map { exp($0 - (scores.max() ?? 0)) }
            let total = weights.reduce(0, +)
            return (0..<size).map { d in
                var sum = 0.0
                for (weight, seen) in zip(weights, first...last) {
                    sum += weight * Double(values[(seen * cacheHeads + cacheHead) * size + d])
                }
                return sum / total
            }
        }
    }

    static let scenes = [
        Scene(heads: 9, cacheHeads: 3, size: 64, positions: 37, window: 0),
        Scene(heads: 4, cacheHeads: 1, size: 32, positions: 150, window: 20),
        Scene(heads: 2, cacheHeads: 2, size: 16, positions: 9, window: 1),
        // Several segments, with and without a window that leaves some of them out.
        Scene(heads: 3, cacheHeads: 1, size: 32, positions: 600, window: 0),
        Scene(heads: 4, cacheHeads: 2, size: 32, positions: 600, window: 290),
        Scene(heads: 4, cacheHeads: 2, size: 32, positions: 60, window: 0, cap: 0.7),
    ]
    static let bidirectional = Scene(
        heads: 4, cacheHeads: 4, size: 32, positions: 300, window: 0, isBidirectional: true)

    @Test("is softmax(q K^T) V over the positions that a token sees", arguments: scenes.indices)
    func formula(index: Int) throws {
        let scene = Self.scenes[index]
        let output = try scene.attend(chunk: scene.positions, workers: 2)
        for position in 0..<scene.positions where position < 40 || position % 37 == 0 || position % 256 > 250 {
            for head in 0..<scene.heads {
                for (d, wanted) in scene.expected(position: position, head: head).enumerated() {
                    let value = Double(output[(position * scene.heads + head) * scene.size + d])
                    #expect(abs(value - wanted) < 2e-6)
                }
            }
        }
    }

    @Test("tokens see those after them where attention goes both ways")
    func bothWays() throws {
        let scene = Self.bidirectional
        let output = try scene.attend(chunk: scene.positions, workers: 2, format: CK_CACHE_F32)
        for position in [0, 17, 255, 256, 299] {
            for head in 0..<scene.heads {
                for (d, wanted) in scene.expected(position: position, head: head).enumerated() {
                    let value = Double(output[(position * scene.heads + head) * scene.size + d])
                    #expect(abs(value - wanted) < 2e-6)
                }
            }
        }
    }

    @Test("a cache of floats gives the same as one of halves that hold the same", arguments: scenes.indices)
    func floats(index: Int) throws {
        let scene = Self.scenes[index]
        let halves = try scene.attend(chunk: scene.positions, workers: 2)
        let floats = try scene.attend(chunk: scene.positions, workers: 2, format: CK_CACHE_F32)
        #expect(halves.map(\.bitPattern) == floats.map(\.bitPattern))
    }

    @Test("a cache of bytes gives nearly the same", arguments: scenes.indices.filter { scenes[$0].size % 32 == 0 })
    func bytes(index: Int) throws {
        let scene = Self.scenes[index]
        let exact = try scene.attend(chunk: scene.positions, workers: 2)
        let rounded = try scene.attend(chunk: scene.positions, workers: 2, format: CK_CACHE_Q8_0)
        let errors = zip(exact, rounded).map { Double($0 - $1) }
        let meanSquare = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
        // Keys and values lie in [-1, 1]: their codes are off by up to 1/254, and by less on average.
        #expect(meanSquare.squareRoot() < 0.003)
        #expect(meanSquare > 0)
    }

    @Test(
        "has the same bits in any chunk and on any team", arguments: scenes.indices,
        [CK_CACHE_F16, CK_CACHE_Q8_0, CK_CACHE_F32])
    func sameBits(index: Int, format: ck_cache_format) throws {
        let scene = Self.scenes[index]
        guard format != CK_CACHE_Q8_0 || scene.size % 32 == 0 else { return }
        let whole = try scene.attend(chunk: scene.positions, workers: 1, format: format).map(\.bitPattern)
        for (chunk, workers) in [(1, 1), (1, 2), (3, 2), (8, 3), (13, 2)] as [(Int, UInt32)] {
            #expect(
                try scene.attend(chunk: chunk, workers: workers, format: format).map(\.bitPattern) == whole)
        }
    }
}
