/// What comes before a stretch of text.
enum TextStart: Sendable {
    /// Nothing: the whole text begins here.
    case whole
    /// A special token.
    case afterToken
    /// Text that isn't looked at: nothing is put between.
    case continuation

    /// - Parameter onlyFirst: whether only a whole text has a prefix.
    func takesPrefix(onlyFirst: Bool) -> Bool {
        self == .whole || self == .afterToken && !onlyFirst
    }
}

/// Changes the text between special tokens, step by step.
struct TextNormalizer: Sendable {
    let steps: [NormalizerStep]

    /// The changed text and where its pieces are; nil where there is nothing to change.
    /// - Parameter start: what comes before the first byte.
    func normalized(
        _ pieces: [TextPiece], of text: UnsafeRawBufferPointer, start beginning: TextStart
    ) -> (bytes: [UInt8], pieces: [TextPiece])? {
        guard !steps.isEmpty else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count + text.count / 2 + 16)
        var result: [TextPiece] = []
        for piece in pieces {
            guard case .text(let range) = piece else {
                result.append(piece)
                continue
            }
            let start = bytes.count
            append(
                UnsafeRawBufferPointer(rebasing: text[range]), start: range.lowerBound == 0 ? beginning : .afterToken,
                to: &bytes)
            if start < bytes.count { result.append(.text(start..<bytes.count)) }
        }
        return (bytes, result)
    }

    func append(_ input: UnsafeRawBufferPointer, start: TextStart, to output: inout [UInt8]) {
        var current: [UInt8] = []
        for (index, step) in steps.enumerated() {
            var next: [UInt8] = []
            let isLast = index == steps.count - 1
            if index == 0 {
                if isLast { return step.append(input, start: start, to: &output) }
                step.append(input, start: start, to: &next)
            } else {
                if current.isEmpty { return }
                current.withUnsafeBytes { bytes in
                    if isLast {
                        step.append(bytes, start: start, to: &output)
                    } else {
                        step.append(bytes, start: start, to: &next)
                    }
                }
            }
            current = next
        }
    }
}
