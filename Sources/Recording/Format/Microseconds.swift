/// A time in a session file: a whole number of microseconds, from 0 to 10^15 (31 years). Fields of this type end in
/// `_us`.
struct Microseconds: Sendable, Equatable, Codable {
    static let limit: Int64 = 1_000_000_000_000_000
    let value: Int64

    var duration: Duration { .microseconds(value) }

    /// To the nearest microsecond. What lies outside of the range becomes its nearest end.
    init(_ duration: Duration) {
        let bounded = min(max(duration, .zero), .microseconds(Self.limit))
        let (seconds, attoseconds) = bounded.components
        value = min(seconds * 1_000_000 + (attoseconds + 500_000_000_000) / 1_000_000_000_000, Self.limit)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        value = try container.decode(Int64.self)
        guard (0...Self.limit).contains(value) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a time from 0 to 10^15 microseconds, not \(value)")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
