#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// e^x.
func exponential(_ x: Double) -> Double { exp(x) }

extension Float {
    /// A number that is the lower, the higher the float is; the same for both zeros.
    var descendingOrder: UInt32 {
        // Adding zero makes the two zeros one; the rest is the order of IEEE 754 bit patterns, turned round.
        let bits = (self + 0).bitPattern
        return bits >> 31 == 1 ? bits : ~(bits | 1 << 31)
    }
}

/// The natural logarithm.
func logarithm(_ x: Double) -> Double { log(x) }
