/// Tries again what failed for a reason that may pass.
public struct Attempts: Sendable {
    public var count: Int
    /// Seconds before the second attempt; doubled before each further one.
    public var firstPause: Double

    public init(count: Int = 4, firstPause: Double = 0.5) {
        self.count = count
        self.firstPause = firstPause
    }

    /// Runs `attempt` until it succeeds or fails for good. Blocks during the pauses.
    ///
    /// - Throws: what the last attempt threw, `CancellationError`.
    public func run<Result>(cancellation: Cancellation, _ attempt: () throws -> Result) throws -> Result {
        var pause = firstPause
        for _ in 1..<max(1, count) {
            do {
                return try attempt()
            } catch let error as TransportError where error.isTransient {
                try cancellation.sleep(seconds: pause)
                pause *= 2
            }
        }
        return try attempt()
    }
}
