/// How often something turns out right: an expectation at first, then more and more what was seen lately.
struct Odds {
    private let expected: Double
    private var right: Double
    private var tried: Double
    /// How many trials the expectation is worth.
    private static let trust = 4.0
    private static let memory = 0.93
    /// How far the odds go back to the expectation with every chance that wasn't taken.
    private static let fading = 0.0005

    init(_ expected: Double) {
        self.expected = expected
        right = Self.trust * expected
        tried = Self.trust
    }

    var value: Double { right / tried }

    mutating func record(_ isRight: Bool) {
        right = right * Self.memory + (isRight ? 1 : 0)
        tried = tried * Self.memory + 1
    }

    /// Lets what was seen count for less, since it was a while ago.
    mutating func fade() {
        right += Self.fading * (expected * tried - right)
    }
}
