import Transport

/// The first half of a SHA-256: what tells that contents are the same.
struct Digest: Sendable, Hashable {
    var high: UInt64
    var low: UInt64

    init(high: UInt64, low: UInt64) {
        (self.high, self.low) = (high, low)
    }

    /// - Throws: `DigestError` where libcrypto is missing.
    init(of bytes: UnsafeRawBufferPointer) throws {
        var hash = try SHA256()
        try hash.update(bytes)
        let digits = try hash.finish()
        high = UInt64(digits.prefix(16), radix: 16) ?? 0
        low = UInt64(digits.dropFirst(16).prefix(16), radix: 16) ?? 0
    }

    init(of text: String) throws {
        var text = text
        self = try text.withUTF8 { try Digest(of: UnsafeRawBufferPointer($0)) }
    }

    init(of bytes: [UInt8]) throws {
        self = try bytes.withUnsafeBytes { try Digest(of: $0) }
    }
}
