/// A whole number of 64 bits. Foundation takes a number that an integer can't hold for no JSON, and doesn't say where.
struct WholeNumber: Decodable {
    var value: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            value = number
        } else {
            // Something else than a number fails here, with its own reason.
            let number = try container.decode(Double.self)
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "Expected a whole number of 64 bits, found \(number).")
        }
    }
}
