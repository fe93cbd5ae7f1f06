/// U+2581, which stands for a space in SentencePiece's tokens.
enum SpaceMark {
    static let utf8: [UInt8] = [0xE2, 0x96, 0x81]

    /// Whether the mark is at `offset` of the bytes, which must have room for it.
    @inline(__always)
    static func begins(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        bytes[offset] == 0xE2 && bytes[offset + 1] == 0x96 && bytes[offset + 2] == 0x81
    }

    /// Appends the bytes with each space written as the mark.
    static func escape(_ bytes: Slice<UnsafeRawBufferPointer>, into output: inout [UInt8]) {
        var rest = bytes
        while let space = rest.firstIndex(of: UInt8(ascii: " ")) {
            output.append(contentsOf: rest[..<space])
            output.append(contentsOf: utf8)
            rest = rest[(space + 1)...]
        }
        output.append(contentsOf: rest)
    }

    /// Appends the bytes with each mark written as a space.
    static func unescape(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let isMark = index + utf8.count <= bytes.count && begins(bytes, at: index)
            output.append(isMark ? UInt8(ascii: " ") : bytes[index])
            index += isMark ? utf8.count : 1
        }
    }
}

extension SpaceMark {
    /// Which bytes come before a mark inside one of the strings.
    static func precedingBytes(in strings: PackedStrings) -> [Bool] {
        var found = [Bool](repeating: false, count: 256)
        strings.bytes.withUnsafeBytes { bytes in
            // One loop over all tokens' bytes: most marks begin a token, and there is only one loop's end.
            var token = 0
            for index in 1..<max(1, bytes.count - utf8.count + 1) where begins(bytes, at: index) {
                while strings.range(token).upperBound <= index { token += 1 }
                let range = strings.range(token)
                if range.lowerBound < index, index + utf8.count <= range.upperBound {
                    found[Int(bytes[index - 1])] = true
                }
            }
        }
        return found
    }

    /// Cuts the text before marks, where no token reaches across, so that what is encoded at a time stays short.
    ///
    /// - Parameter precedesSpaceMark: The bytes after which a mark doesn't cut; nil if all marks do.
    @inline(__always)
    static func forEachWord(
        in range: Range<Int>, of bytes: UnsafeRawBufferPointer, precedesSpaceMark: [Bool]?,
        _ body: (Range<Int>) -> Void
    ) {
        var start = range.lowerBound
        var position = start
        while position < range.upperBound {
            let isCut =
                position > start && position + utf8.count <= range.upperBound && begins(bytes, at: position)
                && !(precedesSpaceMark.map { $0[Int(bytes[position - 1])] } ?? false)
            if isCut || position - start >= WordMerger.longestWord {
                body(start..<position)
                start = position
            }
            position += UTF8Sequence.length(at: position, of: bytes, limit: range.upperBound)
        }
        if start < range.upperBound { body(start..<range.upperBound) }
    }
}
