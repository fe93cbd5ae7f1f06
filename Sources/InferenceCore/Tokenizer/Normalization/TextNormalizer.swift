/// Changes the text between special tokens, step by step.
struct TextNormalizer: Sendable {
    let steps: [NormalizerStep]

    /// The changed text and where its pieces are; nil where there is nothing to change.
    func normalized(_ pieces: [TextPiece], of text: UnsafeRawBufferPointer) -> (bytes: [UInt8], pieces: [TextPiece])? {
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
            append(UnsafeRawBufferPointer(rebasing: text[range]), isFirst: range.lowerBound == 0, to: &bytes)
            if start < bytes.count { result.append(.text(start..<bytes.count)) }
        }
        return (bytes, result)
    }

    func append(_ input: UnsafeRawBufferPointer, isFirst: Bool, to output: inout [UInt8]) {
        var current: [UInt8] = []
        for (index, step) in steps.enumerated() {
            var next: [UInt8] = []
            let isLast = index == steps.count - 1
            if index == 0 {
                if isLast { return step.append(input, isFirst: isFirst, to: &output) }
                step.append(input, isFirst: isFirst, to: &next)
            } else {
                if current.isEmpty { return }
                current.withUnsafeBytes { bytes in
                    if isLast {
                        step.append(bytes, isFirst: isFirst, to: &output)
                    } else {
                        step.append(bytes, isFirst: isFirst, to: &next)
                    }
                }
            }
            current = next
        }
    }
}
