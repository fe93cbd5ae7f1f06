/// A number that was measured, with six decimals: finer than anybody reads a log-probability, and short on the line.
struct Measure: Sendable, Equatable, Codable {
    let value: Double

    /// Nil where the number is missing, or isn't one.
    init?(_ value: Double?) {
        guard let value, value.isFinite else { return nil }
        let rounded = (value * 1e6).rounded() / 1e6
        // Far from zero there are no decimals to round.
        self.value = rounded.isFinite ? rounded : value
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        value = try container.decode(Double.self)
        guard value.isFinite else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a finite number, not \(value)")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
