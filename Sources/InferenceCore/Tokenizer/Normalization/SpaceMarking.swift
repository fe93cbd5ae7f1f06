/// How SentencePiece writes spaces: as marks, possibly one mark for a run of them, possibly one before the text.
struct SpaceMarking: Sendable {
    /// A mark goes before the text.
    var addsPrefix: Bool
    /// Of a run of spaces one is left; those at the beginning and the end vanish.
    var removesExtra: Bool

    func append(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard removesExtra else {
            if addsPrefix { output += SpaceMark.utf8 }
            return SpaceMark.escape(input[...], into: &output)
        }
        var isFirst = true
        var start = 0
        while start < input.count {
            guard let word = input[start...].firstIndex(where: { $0 != 0x20 }) else { return }
            let end = input[word...].firstIndex(of: 0x20) ?? input.count
            if addsPrefix || !isFirst { output += SpaceMark.utf8 }
            output.append(contentsOf: input[word..<end])
            isFirst = false
            start = end
        }
    }
}
