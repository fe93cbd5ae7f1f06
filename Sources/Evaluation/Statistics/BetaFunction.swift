import Foundation

/// The incomplete beta function, of which the distributions here are made.
enum BetaFunction {
    /// The regularized incomplete beta function I_x(a, b), for a, b > 0 and x from 0 to 1: by its continued fraction
    /// (NIST Digital Library of Mathematical Functions, 8.17.22), evaluated after Lentz (Applied Optics 15, 1976).
    static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        // The fraction converges fast on this side of the mean.
        guard x < (a + 1) / (a + b + 2) else { return 1 - regularized(1 - x, b, a) }
        let logarithm = a * log(x) + b * log1p(-x) + lgamma(a + b).0 - lgamma(a).0 - lgamma(b).0
        return exp(logarithm) / (a * fraction(x, a, b))
    }

    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var value = 1.0
        var c = 1.0
        var d = 0.0
        // So many terms are needed where a and b are in the millions.
        for term in 1...10_000 {
            let m = Double(term / 2)
            let coefficient =
                if term.isMultiple(of: 2) {
                    m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
                } else {
                    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
                }
            d = 1 / kept(1 + coefficient * d)
            c = kept(1 + coefficient / c)
            value *= c * d
            if abs(c * d - 1) < 1e-14 { break }
        }
        return value
    }
}
