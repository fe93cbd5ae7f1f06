/// Recognises what people take for a GGUF file by mistake.
enum ForeignFile {
    /// What a file that begins with `bytes` looks like, and what to do about it.
    static func recognize(_ bytes: UnsafeRawBufferPointer) -> (looks: String, remedy: String) {
        let head = String(decoding: bytes.prefix(256), as: UTF8.self)
        let text = head.drop { $0.isWhitespace }.lowercased()
        if head.hasPrefix("version https://git-lfs") {
            return ("a git-lfs pointer", "fetch the file itself with `git lfs pull`")
        }
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") {
            return ("a web page", "download the file itself, not the page about it")
        }
        if text.hasPrefix("<?xml") || text.hasPrefix("<error") {
            return ("an XML document, perhaps a server's error", "download it again")
        }
        if isSafetensors(bytes) {
            return ("a safetensors file", "convert it to GGUF first")
        }
        for (magic, looks, remedy) in signatures where bytes.starts(with: magic) {
            return (looks, remedy)
        }
        if bytes.prefix(4096).allSatisfy({ $0 == 0 }) {
            return ("zeros, as an interrupted download leaves them", "pull the file again")
        }
        if text.hasPrefix("{") || text.hasPrefix("[") {
            return ("JSON", "name the model's .gguf file")
        }
        let first = bytes.prefix(4).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        return ("bytes \(first.joined(separator: " "))", "name a .gguf file")
    }

    private static let signatures: [(magic: [UInt8], looks: String, remedy: String)] = [
        (Array("PK\u{3}\u{4}".utf8), "a zip archive, such as a PyTorch checkpoint", "convert it to GGUF first"),
        (Array("lmgg".utf8), "a GGML file from before GGUF", "convert it to GGUF first"),
        (Array("tjgg".utf8), "a GGJT file from before GGUF", "convert it to GGUF first"),
        (Array("fmgg".utf8), "a GGMF file from before GGUF", "convert it to GGUF first"),
        (Array("algg".utf8), "a GGLA adapter", "name a model's .gguf file"),
        ([0x1f, 0x8b], "a gzip archive", "unpack it first"),
        ([0x28, 0xb5, 0x2f, 0xfd], "a zstd archive", "unpack it first"),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a], "an xz archive", "unpack it first"),
        ([0x80, 0x02], "a Python pickle", "convert the model to GGUF first"),
        ([0x7f, 0x45, 0x4c, 0x46], "a program", "name a model's .gguf file"),
        (Array("FUGG".utf8), "a big-endian GGUF file", "convert it to little endian"),
    ]

    /// A safetensors file begins with the length of its JSON header, then the header.
    private static func isSafetensors(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 9, bytes[8] == UInt8(ascii: "{") else { return false }
        return UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) < 1 << 32
    }
}
