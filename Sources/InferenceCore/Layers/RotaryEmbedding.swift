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
    /// The same for contexts that are longer than this many tokens, in models that have both.
    private let long: (frequencies: [Double], beyond: Int)?
    /// What cosines and sines are multiplied by.
    private let magnitude: Float

    /// - Parameters:
    ///   - base: pair i turns by base^(-2i / rotated) radians a position, before scaling.
    init(pairing: Pairing, rotated: Int, base: Double, scaling: RotaryScaling = .none) {
        self.pairing = pairing
        self.rotated = rotated
        let plain = (0..<rotated / 2).map { pow(base, -2 * Double($0) / Double(rotated)) }
        frequencies = scaling.frequencies(plain, rotated: rotated, base: base)
        long = scaling.longFrequencies(plain)
        magnitude = Float(scaling.magnitude)
    }

    /// Writes the cosines and sines of `count` positions, [count][rotated / 2] each.
    /// - Parameter contextLength: tokens that the whole context holds.
    func fill(
        cosines: UnsafeMutablePointer<Float>, sines: UnsafeMutablePointer<Float>, position: Int, count: Int,
        contextLength: Int
    ) {
        var frequencies = frequencies
        if let long, contextLength > long.beyond { frequencies = long.frequencies }
        for token in 0..<count {
            for (index, frequency) in frequencies.enumerated() {
                let angle = Double(position + token) * frequency
                cosines[token * frequencies.count + index] = magnitude * Float(cos(angle))
                sines[token * frequencies.count + index] = magnitude * Float(sin(angle))
            }
        }
    }
}
