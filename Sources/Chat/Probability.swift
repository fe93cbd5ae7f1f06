#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Double {
    /// The probability whose natural logarithm this is.
    public var asProbability: Double { exp(self) }
}
