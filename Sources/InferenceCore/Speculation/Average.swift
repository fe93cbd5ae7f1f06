/// A moving average that begins with an expectation.
struct Average {
    private(set) var value: Double
    private var isMeasured = false

    init(_ expected: Double) { value = expected }

    mutating func record(_ measured: Double) {
        // One that was held up says little about the next.
        value = isMeasured ? value + 0.15 * (min(measured, 2 * value) - value) : measured
        isMeasured = true
    }
}
