/// Finds the lowest point of a smooth convex function: the L-BFGS method of Liu and Nocedal (Mathematical Programming 45,
/// 1989) with a backtracking line search. Nothing in it is left to chance or to the number of threads: the same function
/// and start give the same bits.
struct LimitedMemoryBFGS {
    /// Steps whose curvature is remembered.
    var memory = 10
    var maximumSteps = 500
    /// No component of the gradient is larger than this at the end.
    var tolerance = 1e-6

    struct Minimum: Equatable {
        var point: [Double]
        var value: Double
        var steps: Int
        /// Whether the gradient came down to the tolerance; false where the steps ran out, or got too small for numbers.
        var hasConverged: Bool
    }

    private struct Curvature {
        var step: [Double]
        var change: [Double]
        /// 1 / (step · change)
        var scale: Double
    }

    /// - Parameter evaluate: gives the value at a point, and writes the gradient there.
    func minimize(
        from start: [Double], _ evaluate: (_ point: [Double], _ gradient: inout [Double]) throws -> Double
    ) rethrows -> Minimum {
        var point = start
        var gradient = Array(repeating: 0.0, count: start.count)
        var value = try evaluate(point, &gradient)
        var history: [Curvature] = []
        for step in 0..<maximumSteps {
            guard Self.largest(gradient) > tolerance else {
                return Minimum(point: point, value: value, steps: step, hasConverged: true)
            }
            let direction = direction(against: gradient, history)
            // Without any curvature known, the first step is no longer than 1.
            var length = history.isEmpty ? min(1, 1 / Self.dot(gradient, gradient).squareRoot()) : 1.0
            let slope = Self.dot(direction, gradient)
            var next = point
            var nextGradient = gradient
            var nextValue = Double.infinity
            // Armijo's condition: the value falls by a part of what the slope promises.
            while true {
                for index in next.indices { next[index] = point[index] + length * direction[index] }
                nextValue = try evaluate(next, &nextGradient)
                if nextValue <= value + 1e-4 * length * slope { break }
                length /= 2
                guard length > 1e-12 else {
                    return Minimum(point: point, value: value, steps: step, hasConverged: false)
                }
            }
            remember(from: point, gradient, to: next, nextGradient, &history)
            (point, gradient, value) = (next, nextGradient, nextValue)
        }
        return Minimum(
            point: point, value: value, steps: maximumSteps, hasConverged: Self.largest(gradient) <= tolerance)
    }

    /// The two loops of Nocedal (Mathematics of Computation 35, 1980).
    private func direction(against gradient: [Double], _ history: [Curvature]) -> [Double] {
        var direction = gradient.map { -$0 }
        var weights: [Double] = []
        for curvature in history.reversed() {
            let weight = curvature.scale * Self.dot(curvature.step, direction)
            for index in direction.indices { direction[index] -= weight * curvature.change[index] }
            weights.append(weight)
        }
        if let last = history.last {
            let scale = 1 / (last.scale * Self.dot(last.change, last.change))
            for index in direction.indices { direction[index] *= scale }
        }
        for (curvature, weight) in zip(history, weights.reversed()) {
            let correction = weight - curvature.scale * Self.dot(curvature.change, direction)
            for index in direction.indices { direction[index] += correction * curvature.step[index] }
        }
        return direction
    }

    private func remember(
        from point: [Double], _ gradient: [Double], to next: [Double], _ nextGradient: [Double],
        _ history: inout [Curvature]
    ) {
        let step = zip(next, point).map { $0 - $1 }
        let change = zip(nextGradient, gradient).map { $0 - $1 }
        let product = Self.dot(step, change)
        // Positive for a convex function, but for rounding.
        guard product > 1e-12 * Self.dot(change, change) else { return }
        history.append(Curvature(step: step, change: change, scale: 1 / product))
        if history.count > memory { history.removeFirst() }
    }

    private static func dot(_ one: [Double], _ other: [Double]) -> Double {
        var sum = 0.0
        for index in one.indices { sum += one[index] * other[index] }
        return sum
    }

    private static func largest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }
}
