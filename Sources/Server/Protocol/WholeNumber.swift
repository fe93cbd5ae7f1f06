/// A whole number of 64 bits. Foundation takes a number that an integer can't hold for no JSON, and doesn't say where.
struct WholeNumber: Decodable {
    var value: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let number = try? container.decode(Int.self) else { throw container.noWholeNumber() }
        value = number
    }
}

/// The seed of an answer: any whole number of 64 bits, with or without a sign.
struct SeedNumber: Decodable {
    var value: UInt64

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int64.self) {
            value = UInt64(bitPattern: number)
        } else if let number = try? container.decode(UInt64.self) {
            value = number
        } else {
            throw container.noWholeNumber()
        }
    }
}

extension SingleValueDecodingContainer {
    /// Why there is no whole number here.
    fileprivate func noWholeNumber() -> any Error {
        do {
            // Something else than a number fails here, with its own reason.
            let number = try decode(Double.self)
            return DecodingError.dataCorruptedError(
                in: self, debugDescription: "Expected a whole number of 64 bits, found \(number).")
        } catch {
            return error
        }
    }
}
