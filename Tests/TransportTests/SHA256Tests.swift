import Testing
import Transport

/// The vectors of FIPS 180-4's examples, and of the empty message.
@Suite struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func publishedVectors(message: String, digest: String) throws {
        #expect(try self.digest(Array(message.utf8), pieces: 1) == digest)
    }

    @Test func aMillionLettersInPieces() throws {
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        #expect(try digest(letters, pieces: 7) == expected)
    }

    private func digest(_ bytes: [UInt8], pieces: Int) throws -> String {
        var hash = try SHA256()
        let size = max(1, bytes.count / pieces)
        for start in stride(from: 0, to: bytes.count, by: size) {
            try bytes[start..<min(bytes.count, start + size)].withUnsafeBytes { try hash.update($0) }
        }
        return try hash.finish()
    }
}
