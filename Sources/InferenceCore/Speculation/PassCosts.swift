/// How long passes take, as measured while they happen: seconds of a pass of one token, and what wider ones take
/// relative to it.
///
/// The two are kept apart because another process on the machine slows all passes alike, and from one moment to the
/// next; what a wider pass costs more is a matter of the model and the processor.
struct PassCosts {
    /// Seconds of a pass of a single token now; nil before the first.
    private(set) var single: Double?
    /// By width.
    private var ratios: [Double]
    private var measurements: [Int]
    /// Weights are read once for all tokens of a pass, so each further one adds little: until it was measured, this.
    private static let slope = 0.06

    /// - Parameter widest: tokens of the widest pass.
    init(widest: Int) {
        ratios = (0...widest).map { 1 + Self.slope * Double(max(0, $0 - 1)) }
        measurements = Array(repeating: 0, count: widest + 1)
    }

    /// A pass of so many tokens, in passes of one.
    func relative(width: Int) -> Double {
        if width == 1 || measurements[width] > 0 { return ratios[width] }
        // From the nearest narrower one that was measured.
        let known = (1..<width).last { measurements[$0] > 0 } ?? 1
        return ratios[known] + Self.slope * Double(width - known)
    }

    /// Some seconds in passes of one token; nothing before the first.
    func relative(seconds: Double) -> Double { single.map { seconds / $0 } ?? 0 }

    mutating func record(width: Int, seconds: Double) {
        guard let single else {
            if width == 1 { single = seconds }
            return
        }
        if width > 1 {
            let weight = max(0.1, 1 / Double(measurements[width] + 1))
            measurements[width] += 1
            // A pass that was held up says little about the next one.
            let measured = min(seconds / single, measurements[width] > 1 ? 2 * ratios[width] : Double(width))
            ratios[width] += weight * (measured - ratios[width])
        }
        let weight = width == 1 ? 0.3 : 0.1
        self.single = single + weight * (min(seconds / ratios[width], 2 * single) - single)
    }
}
