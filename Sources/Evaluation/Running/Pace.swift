/// How fast the sides of a task go, for the time that is left.
public struct Pace: Sendable, Equatable {
    private var seconds: [Double]
    private var counts: [Int]

    public init(sides: Int) {
        seconds = Array(repeating: 0, count: sides)
        counts = Array(repeating: 0, count: sides)
    }

    public mutating func add(_ duration: Double, side: Int) {
        seconds[side] += duration
        counts[side] += 1
    }

    /// - Parameter left: examples that each side has left.
    /// - Returns: nil before every side that has something left has done one.
    public func secondsLeft(_ left: [Int]) -> Double? {
        var sum = 0.0
        for (side, left) in left.enumerated() where left > 0 {
            guard counts[side] > 0 else { return nil }
            sum += seconds[side] / Double(counts[side]) * Double(left)
        }
        return sum
    }
}
