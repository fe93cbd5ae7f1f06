/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed on every machine.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Uniform in -1 ..< 1, on a grid of 2^-23.
    public mutating func nextUniform() -> Float {
        Float(next() >> 40) * 0x1p-23 - 1
    }

    /// Nearly normal with mean 0 and variance 1: a sum of uniform numbers, which unlike a logarithm has the same bits
    /// on every machine.
    public mutating func nextNormal() -> Float {
        // Three uniform numbers of variance 1/3 each.
        nextUniform() + nextUniform() + nextUniform()
    }
}
