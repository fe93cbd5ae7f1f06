#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Double {
    /// The probability whose natural logarithm this is.
    public var asProbability: Double { exp(self) }

    /// Minus infinity for 0.
    public var naturalLogarithm: Double { log(self) }
}
