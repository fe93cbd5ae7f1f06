import Foundation

/// The standard normal distribution.
enum NormalDistribution {
    /// The standard deviations to either side of the mean between which this share of all values lies, such as 1.96 for
    /// 0.95.
    ///
    /// - Parameter share: above 0 and below 1.
    static func deviations(around share: Double) -> Double {
        Bisection.root(from: 0, to: 40) { erf($0 / 2.0.squareRoot()) < share }
    }
}

/// The distribution of Student (Biometrika 6, 1908).
enum StudentDistribution {
    /// As ``NormalDistribution/deviations(around:)``, for a mean whose deviation is itself taken from the values.
    ///
    /// - Parameter freedom: values less one, at least 1.
    static func deviations(around share: Double, freedom: Int) -> Double {
        let freedom = Double(freedom)
        return Bisection.root(from: 0, to: 1e6) { t in
            1 - BetaFunction.regularized(freedom / (freedom + t * t), freedom / 2, 0.5) < share
        }
    }
}

/// How many of some trials succeed.
enum BinomialDistribution {
    /// The probability of at most so many successes: 1 - I_p(k + 1, n - k).
    static func atMost(_ successes: Int, of trials: Int, chance: Double) -> Double {
        guard successes >= 0 else { return 0 }
        guard successes < trials else { return 1 }
        return 1 - BetaFunction.regularized(chance, Double(successes + 1), Double(trials - successes))
    }

    /// The probability of so many successes or more: I_p(k, n - k + 1).
    static func atLeast(_ successes: Int, of trials: Int, chance: Double) -> Double {
        guard successes > 0 else { return 1 }
        guard successes <= trials else { return 0 }
        return BetaFunction.regularized(chance, Double(successes), Double(trials - successes + 1))
    }
}

enum Bisection {
    /// The value at which `isBelow` turns from true to false, to the last digit.
    static func root(from low: Double, to high: Double, isBelow: (Double) -> Bool) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if isBelow(middle) { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }

    /// The first of these numbers for which `holds`, if it holds for all that follow; `high` if it holds for none.
    static func first(from low: Int, to high: Int, where holds: (Int) -> Bool) -> Int {
        var (low, high) = (low, high)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
