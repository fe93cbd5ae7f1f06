/// How fast a recording is played, as a multiple of its own speed.
public struct ReplaySpeed: Sendable, Equatable {
    /// As it was.
    public static let original = ReplaySpeed(factor: 1)
    /// Without any waiting.
    public static let immediate = ReplaySpeed(factor: .infinity)
    /// The factors that are possible besides infinity.
    public static let range = 0.01...1000.0

    public let factor: Double

    /// Nil for a factor outside of ``range`` that isn't infinity.
    public init?(_ factor: Double) {
        guard factor == .infinity || Self.range.contains(factor) else { return nil }
        self.factor = factor
    }

    private init(factor: Double) {
        self.factor = factor
    }

    /// How long a stretch of the recording takes.
    public func playing(_ stretch: Duration) -> Duration {
        factor == .infinity ? .zero : stretch / factor
    }
}
