/// How often two solvers are right on the same examples. Only the examples count where just one of them is.
struct PairedProportions: Equatable {
    /// Examples where only the first, and only the second was right. Fractions stand for counts that are only supposed.
    var onlyFirst: Double
    var onlySecond: Double
    var count: Double

    init(onlyFirst: Double, onlySecond: Double, count: Double) {
        self.onlyFirst = onlyFirst
        self.onlySecond = onlySecond
        self.count = count
    }

    /// - Parameter isRight: of the same examples in the same order; what one has more is left out.
    init(_ first: some Sequence<Bool>, _ second: some Sequence<Bool>) {
        self.init(onlyFirst: 0, onlySecond: 0, count: 0)
        for (first, second) in zip(first, second) {
            count += 1
            if first, !second { onlyFirst += 1 }
            if second, !first { onlySecond += 1 }
        }
    }

    /// The first's share less the second's, with the adjusted Wald interval of Bonett and Price (Journal of Educational
    /// and Behavioral Statistics 37, 2012), which adds one example to either kind and holds for few examples too. Nil
    /// without examples.
    func difference(confidence: Double) -> Estimate? {
        guard count > 0 else { return nil }
        let first = (onlyFirst + 1) / (count + 2)
        let second = (onlySecond + 1) / (count + 2)
        let center = first - second
        let half =
            NormalDistribution.deviations(around: confidence)
            * ((first + second - center * center) / (count + 2)).squareRoot()
        return Estimate(
            (onlyFirst - onlySecond) / count, lower: max(-1, center - half), upper: min(1, center + half))
    }
}
