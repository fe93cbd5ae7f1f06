@_spi(_Unicode) import Swift

/// Unicode's normalization forms of bytes; bytes that are no UTF-8 stay as they are.
///
/// Source: UAX #15; the standard library has the tables.
enum UnicodeForms {
    static func appendComposed(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        // Nothing below U+0300, whose first byte is CC, changes or combines.
        guard input.contains(where: { $0 >= 0xCC }), let string = String(validating: input, as: UTF8.self) else {
            return output.append(contentsOf: input)
        }
        append(string._nfc, to: &output)
    }

    static func appendDecomposed(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard input.contains(where: { $0 >= 0x80 }), let string = String(validating: input, as: UTF8.self) else {
            return output.append(contentsOf: input)
        }
        append(string._nfd, to: &output)
    }

    private static func append(_ scalars: some Sequence<Unicode.Scalar>, to output: inout [UInt8]) {
        for scalar in scalars { output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter) }
    }
}
