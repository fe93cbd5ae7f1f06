/// How long passes of 1, 2, … tokens take, as measured while they happen.
struct PassCosts {
    /// Seconds by width; moving averages.
    private var seconds: [Double?]
    private static let weight = 0.2

    /// - Parameter widest: tokens of the widest pass.
    init(widest: Int) {
        seconds = Array(repeating: nil, count: widest + 1)
    }

    mutating func record(width: Int, seconds measured: Double) {
        guard let known = seconds[width] else {
            seconds[width] = measured
            return
        }
        // A pass that another process delayed says little about the next one.
        seconds[width] = known + Self.weight * (min(measured, 2 * known) - known)
    }

    /// Of a single token; nil before the first.
    var single: Double? { seconds[1] }

    /// What a pass of so many tokens will take: measured, or a guess from the nearest width that was.
    func expected(width: Int) -> Double {
        if let known = seconds[width] { return known }
        // Weights are read once for all tokens, so each further one adds little; a first measurement corrects this.
        for other in (1..<width).reversed() {
            if let known = seconds[other] { return known * (1 + 0.06 * Double(width - other)) }
        }
        return seconds.lazy.compactMap { $0 }.first ?? 1
    }
}
