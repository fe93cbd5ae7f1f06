import CCrypto

/// SHA-256 (FIPS 180-4) of bytes that arrive in pieces.
public struct SHA256: ~Copyable {
    private let hash: OpaquePointer

    public init() throws {
        guard let hash = ccrypto_sha256_create() else { throw DigestError() }
        self.hash = hash
    }

    deinit {
        ccrypto_sha256_destroy(hash)
    }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) throws {
        guard ccrypto_sha256_update(hash, bytes.baseAddress, bytes.count) == 1 else { throw DigestError() }
    }

    /// 64 lower-case hexadecimal digits.
    public consuming func finish() throws -> String {
        var digest = [UInt8](repeating: 0, count: Int(CCRYPTO_SHA256_BYTES))
        guard ccrypto_sha256_finish(hash, &digest) == 1 else { throw DigestError() }
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

/// libcrypto could not compute a digest.
public struct DigestError: Error, CustomStringConvertible {
    public var description: String { "libcrypto cannot compute SHA-256: check the system's OpenSSL (libssl3)" }
}
