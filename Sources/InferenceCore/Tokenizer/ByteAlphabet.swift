/// GPT-2's way of writing bytes as printable characters, in which byte-pair vocabularies are stored: a byte that
/// is a visible Latin-1 character stands for itself, the others take the scalars from U+0100 on, in order.
///
/// Source: GPT-2's encoder.py, `bytes_to_unicode`.
struct ByteAlphabet {
    /// The byte that each scalar below U+0144 stands for, or -1.
    private let byteOfScalar: [Int16]

    init() {
        var bytes = [Int16](repeating: -1, count: 0x144)
        var next = 0x100
        for byte in 0...0xFF {
            let standsForItself = (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE
            bytes[standsForItself ? byte : next] = Int16(byte)
            if !standsForItself { next += 1 }
        }
        byteOfScalar = bytes
    }

    /// Writes the bytes that `text`, UTF-8, stands for to the beginning of `output`, which must have room for as many
    /// as the text has; returns how many there are, or nil if a character is not of the alphabet.
    func decode(_ text: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int? {
        var count = 0
        var index = 0
        while index < text.count {
            let first = text[index]
            index += 1
            if (0x21...0x7E).contains(first) {
                output[count] = first
            } else {
                // The alphabet ends at U+0143: no character of it takes more than two bytes.
                guard first & 0xE0 == 0xC0, index < text.count, UTF8Sequence.isContinuation(text[index]) else {
                    return nil
                }
                let scalar = Int(first & 0x1F) << 6 | Int(text[index] & 0x3F)
                index += 1
                guard scalar < byteOfScalar.count, byteOfScalar[scalar] >= 0 else { return nil }
                output[count] = UInt8(truncatingIfNeeded: byteOfScalar[scalar])
            }
            count += 1
        }
        return count
    }
}
