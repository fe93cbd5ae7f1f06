#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How a model's rotations are stretched beyond the context that it was first trained with.
enum RotaryScaling: Sendable {
    case none
    /// Positions are divided by a factor (Chen et al. 2023).
    case linear(factor: Double)
    /// Each pair's frequency is divided by its own factor, as the file gives them.
    case divisors([Double])
    /// Slow pairs are stretched, fast ones kept, with a ramp between them (Llama Team 2024).
    case llama3(factor: Double, lowFactor: Double, highFactor: Double, trained: Int)
    /// The same idea with a ramp over dimensions, and larger values of the rotation (YaRN, Peng et al. 2023).
    case yarn(factor: Double, trained: Int, fast: Double, slow: Double, magnitude: Double)
    /// A divisor for each pair, one set for short contexts and one for long ones (LongRoPE, Ding et al. 2024).
    case longRoPE(short: [Double], long: [Double], trained: Int, magnitude: Double)

    func frequencies(_ plain: [Double], rotated: Int, base: Double) -> [Double] {
        switch self {
        case .none: plain
        case .linear(let factor): plain.map { $0 / factor }
        case .divisors(let divisors): zip(plain, divisors).map { $0 / $1 }
        case .llama3(let factor, let low, let high, let trained):
            plain.map { frequency in
                // Turns within the trained context.
                let turns = Double(trained) * frequency / (2 * .pi)
                let kept = min(max((turns - low) / (high - low), 0), 1)
                return frequency / factor * (1 - kept) + frequency * kept
            }
        case .yarn(let factor, let trained, let fast, let slow, _):
            yarn(plain, rotated: rotated, base: base, factor: factor, trained: trained, fast: fast, slow: slow)
        case .longRoPE(let short, _, _, _): zip(plain, short).map { $0 / $1 }
        }
    }

    func longFrequencies(_ plain: [Double]) -> (frequencies: [Double], beyond: Int)? {
        guard case .longRoPE(_, let long, let trained, _) = self else { return nil }
        return (zip(plain, long).map { $0 / $1 }, trained)
    }

    var magnitude: Double {
        switch self {
        case .none, .linear, .divisors, .llama3: 1
        case .yarn(_, _, _, _, let magnitude), .longRoPE(_, _, _, let magnitude): magnitude
        }
    }

    /// What YaRN multiplies cosines and sines by unless a model says otherwise (Peng et al. 2023, section 3.4).
    static func yarnMagnitude(factor: Double) -> Double { factor > 1 ? 0.1 * log(factor) + 1 : 1 }

    private func yarn(
        _ plain: [Double], rotated: Int, base: Double, factor: Double, trained: Int, fast: Double, slow: Double
    ) -> [Double] {
        // The pair that turns so often within the trained context.
        func pair(turning times: Double) -> Double {
            Double(rotated) * log(Double(trained) / (times * 2 * .pi)) / (2 * log(base))
        }
        let low = max(0, pair(turning: fast).rounded(.down))
        let high = min(Double(rotated - 1), pair(turning: slow).rounded(.up))
        return plain.enumerated().map { index, frequency in
            let stretched = min(max((Double(index) - low) / max(0.001, high - low), 0), 1)
            return frequency / factor * stretched + frequency * (1 - stretched)
        }
    }
}
