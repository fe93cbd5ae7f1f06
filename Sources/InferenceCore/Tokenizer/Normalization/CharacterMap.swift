/// SentencePiece's precompiled map from short strings to their replacements: a double array that finds the longest
/// string that begins at a place.
///
/// Layout: the double array's size in bytes (32 bits), its units (32 bits each), replacements that end with a zero.
/// A unit holds its label in bits 0 to 7, whether it has a value in bit 8, the offset of its children in bits 10 to 30,
/// which bit 9 shifts left by 8; a value has bit 31 set. All numbers are little-endian.
///
/// Source: sentencepiece's normalizer.cc; Yata's Darts-clone.
struct CharacterMap: Sendable {
    private let units: [UInt32]
    private let replacements: [UInt8]

    /// Nil if the bytes are no such map.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 4 else { return nil }
        let size = bytes.withUnsafeBytes { Int(UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self))) }
        guard size > 0, size % 4 == 0, size <= bytes.count - 4 else { return nil }
        units = bytes.withUnsafeBytes { bytes in
            (0..<size / 4).map {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 + $0 * 4, as: UInt32.self))
            }
        }
        replacements = Array(bytes[(4 + size)...])
    }

    /// Appends the text with every longest match replaced; of bytes that are no UTF-8, each becomes U+FFFD.
    func append(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var position = 0
        while position < input.count {
            if let (end, replacement) = match(at: position, of: input, stopsAtFirst: false) {
                appendReplacement(at: replacement, to: &output)
                position = end
                continue
            }
            let length = UTF8Sequence.length(at: position, of: input, limit: input.count)
            if length == 1, input[position] >= 0x80 {
                output += [0xEF, 0xBF, 0xBD]
            } else {
                output.append(contentsOf: input[position..<position + length])
            }
            position += length
        }
    }

    /// As `tokenizers` does it: of a short grapheme, the shortest match replaces the whole; of a longer one, each
    /// character is replaced by itself. Bytes that are no UTF-8 are treated as by ``append(_:to:)``.
    func append(graphemesOf input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard let text = String(validating: input, as: UTF8.self) else { return append(input, to: &output) }
        for grapheme in text {
            var bytes = Array(grapheme.utf8)
            if bytes.count < 6, appendReplacement(ofBeginningOf: bytes, to: &output) { continue }
            for scalar in grapheme.unicodeScalars {
                bytes = Array(String(scalar).utf8)
                if !appendReplacement(ofBeginningOf: bytes, to: &output) { output += bytes }
            }
        }
    }

    private func appendReplacement(ofBeginningOf bytes: [UInt8], to output: inout [UInt8]) -> Bool {
        guard let found = bytes.withUnsafeBytes({ match(at: 0, of: $0, stopsAtFirst: true) }) else { return false }
        appendReplacement(at: found.replacement, to: &output)
        return true
    }

    private func appendReplacement(at start: Int, to output: inout [UInt8]) {
        var index = start
        while index < replacements.count, replacements[index] != 0 {
            output.append(replacements[index])
            index += 1
        }
    }

    /// The longest match at a place, or the shortest: where it ends and where its replacement begins.
    private func match(
        at start: Int, of input: UnsafeRawBufferPointer, stopsAtFirst: Bool
    ) -> (end: Int, replacement: Int)? {
        var found: (Int, Int)?
        var node = Self.offset(units[0])
        for index in start..<input.count {
            node ^= Int(input[index])
            guard node < units.count, units[node] & 0x8000_00FF == UInt32(input[index]), input[index] != 0 else {
                break
            }
            let unit = units[node]
            node ^= Self.offset(unit)
            guard unit >> 8 & 1 == 1 else { continue }
            guard node < units.count else { break }
            found = (index + 1, Int(units[node] & 0x7FFF_FFFF))
            if stopsAtFirst { break }
        }
        return found
    }

    private static func offset(_ unit: UInt32) -> Int {
        Int((unit >> 10) << ((unit & 0x200) >> 6))
    }
}
