#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Rotary position embedding (Su et al. 2021): how fast each pair of components turns with the position.
struct RotaryEmbedding: Sendable {
    /// Which components form a pair.
    enum Pairing: Sendable {
        /// 2i and 2i + 1.
        case neighbours
        /// i and i + rotated / 2.
        case halves
    }

    let pairing: Pairing
    /// Components of a head that turn.
    let rotated: Int
    /// Radians for each position, one for each pair.
    private let frequencies: [Double]

    /// - Parameters:
    ///   - base: pair i turns by base^(-2i / rotated) radians a position.
    ///   - scale: positions are multiplied by it (linear scaling, Chen et al. 2023).
    ///   - divisors: what each pair's frequency is divided by, [rotated / 2], where the file has them.
    init(pairing: Pairing, rotated: Int, base: Double, scale: Double = 1, divisors: Vector? = nil) {
        self.pairing = pairing
        self.rotated = rotated
        frequencies = (0..<rotated / 2).map { pair in
            let divisor = divisors.map { Double($0.pointer[pair]) } ?? 1
            return scale / divisor * pow(base, -2 * Double(pair) / Double(rotated))
        }
    }

    /// Writes the cosines and sines of `count` positions, [count][rotated / 2] each.
    func fill(
        cosines: UnsafeMutablePointer<Float>, sines: UnsafeMutablePointer<Float>, position: Int, count: Int
    ) {
        for token in 0..<count {
            for (index, frequency) in frequencies.enumerated() {
                let angle = Double(position + token) * frequency
                cosines[token * frequencies.count + index] = Float(cos(angle))
                sines[token * frequencies.count + index] = Float(sin(angle))
            }
        }
    }
}
