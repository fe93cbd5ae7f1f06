extension Double {
    /// The nearest of 1, 2, 2.5 and 5 times a power of ten that isn't below; 1 for what isn't above 0.
    public var roundedUpForAxis: Double {
        guard isFinite, self > 0 else { return 1 }
        var power = 1.0
        while power * 10 <= self { power *= 10 }
        while power > self { power /= 10 }
        let steps = [1, 2, 2.5, 5, 10].map { $0 * power }
        return steps.first { $0 >= self } ?? power * 10
    }
}
