/// A whole number in a session file, from 0 to 2^53: every JSON reader holds it exactly, and sums of a few stay within
/// `Int`, whatever a file says.
struct Count: Sendable, Equatable, Codable {
    static let limit = 1 << 53
    let value: Int

    /// What lies outside of the range becomes its nearest end.
    init(_ value: Int) {
        self.value = min(max(value, 0), Self.limit)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        value = try container.decode(Int.self)
        guard (0...Self.limit).contains(value) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a whole number from 0 to 2^53, not \(value)")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
