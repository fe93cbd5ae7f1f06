/// What BERT does to a text: controls vanish, whitespace becomes spaces, ideographs stand alone, accents and case go.
///
/// Source: Devlin et al., "BERT" (2018), tokenization.py; `tokenizers`' BertNormalizer, whose lists of characters these
/// are.
struct BERTNormalizer: Sendable {
    var cleansText = true
    var spacesIdeographs = true
    var stripsAccents = true
    var lowercases = true

    func append(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        if !input.contains(where: { $0 >= 0x80 }) { return appendASCII(input, to: &output) }
        var current: [UInt8] = []
        current.reserveCapacity(input.count + 16)
        appendCleansed(input, to: &current)
        if stripsAccents {
            var decomposed: [UInt8] = []
            decomposed.reserveCapacity(current.count + 16)
            current.withUnsafeBytes { UnicodeForms.appendDecomposed($0, to: &decomposed) }
            current.removeAll(keepingCapacity: true)
            decomposed.withUnsafeBytes { Self.appendWithoutAccents($0, to: &current) }
        }
        if lowercases {
            current.withUnsafeBytes { NormalizerStep.appendLowercase($0, to: &output) }
        } else {
            output += current
        }
    }

    private func appendASCII(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        for byte in input {
            switch byte {
            case 0x41...0x5A: output.append(lowercases ? byte | 0x20 : byte)
            case 0x20...0x7E: output.append(byte)
            case 0x09, 0x0A, 0x0D: output.append(cleansText ? 0x20 : byte)
            default: if !cleansText { output.append(byte) }
            }
        }
    }

    /// The first two changes, in one pass.
    private func appendCleansed(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        let scanner = TextScanner(bytes: input)
        var position = 0
        while position < input.count {
            let (scalar, end) = scanner.scalar(at: position, limit: input.count)
            defer { position = end }
            if cleansText {
                if scalar == 0x09 || scalar == 0x0A || scalar == 0x0D {
                    output.append(0x20)
                    continue
                }
                let kind: CharacterClass = scalar == TextScanner.noScalar ? .unassigned : scanner.classes[scalar]
                if scalar == 0xFFFD || UnicodeCategories8.isControl(scalar, kind) { continue }
                if kind == .whitespace {
                    output.append(0x20)
                    continue
                }
            }
            if spacesIdeographs, Self.isIdeograph(scalar) {
                output.append(0x20)
                output.append(contentsOf: input[position..<end])
                output.append(0x20)
            } else {
                output.append(contentsOf: input[position..<end])
            }
        }
    }

    private static func appendWithoutAccents(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        let scanner = TextScanner(bytes: input)
        var position = 0
        while position < input.count {
            let (scalar, end) = scanner.scalar(at: position, limit: input.count)
            let isAccent =
                scalar >= 0x300 && scalar != TextScanner.noScalar
                && UnicodeCategories8.isNonspacingMark(scalar, scanner.classes[scalar])
            if !isAccent { output.append(contentsOf: input[position..<end]) }
            position = end
        }
    }

    private static func isIdeograph(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B81F,
            0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }
}
