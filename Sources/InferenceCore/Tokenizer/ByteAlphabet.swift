/// GPT-2's way of writing bytes as printable characters, in which byte-pair vocabularies are stored: a byte that
/// is a visible Latin-1 character stands for itself, the others take the scalars from U+0100 on, in order.
///
/// Source: GPT-2's encoder.py, `bytes_to_unicode`.
enum ByteAlphabet {
    /// The byte that each scalar below U+0144 stands for, or -1.
    private static let byteOfScalar: [Int16] = {
        var bytes = [Int16](repeating: -1, count: 0x144)
        var next = 0x100
        for byte in 0...0xFF {
            let standsForItself = (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
            bytes[standsForItself ? byte : next] = Int16(byte)
            if !standsForItself { next += 1 }
        }
        return bytes
    }()

    /// Appends the bytes that `text`, UTF-8, stands for; returns whether every character is of the alphabet, and
    /// appends nothing if one isn't.
    static func decode(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Bool {
        let before = output.count
        var index = 0
        while index < text.count {
            var scalar = Int(text[index])
            if scalar >= 0x80 {
                // The alphabet ends at U+0143: no character of it takes more than two bytes.
                guard scalar & 0xE0 == 0xC0, index + 1 < text.count, text[index + 1] & 0xC0 == 0x80 else { break }
                scalar = (scalar & 0x1F) << 6 | Int(text[index + 1] & 0x3F)
            }
            guard scalar < byteOfScalar.count, byteOfScalar[scalar] >= 0 else { break }
            output.append(UInt8(truncatingIfNeeded: byteOfScalar[scalar]))
            index += scalar < 0x80 ? 1 : 2
        }
        if index < text.count {
            output.removeSubrange(before...)
            return false
        }
        return true
    }
}
