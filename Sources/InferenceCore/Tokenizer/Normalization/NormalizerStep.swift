/// One change that is made to a text before words are found in it.
enum NormalizerStep: Sendable {
    /// Unicode's normalization forms C and D.
    case composed, decomposed
    case lowercase
    /// Combining marks vanish.
    case strippedAccents
    case bert(BERTNormalizer)
    /// SentencePiece's precompiled map; by grapheme as `tokenizers` applies it.
    case characterMap(CharacterMap, byGrapheme: Bool)
    case replaced([UInt8], by: [UInt8])
    /// Two spaces or more become one string.
    case collapsedSpaces(to: [UInt8])
    case stripped(left: Bool, right: Bool)
    /// Goes before every stretch of text that isn't empty, or only before one that begins the whole text.
    case prefix([UInt8], onlyFirst: Bool)
    /// A space mark goes before text that doesn't begin with one, or only at the beginning of the whole text.
    case spaceMarkPrefix(onlyFirst: Bool)
    /// The words between whitespace, each with a space mark before it.
    case markedWords
    /// A space goes before text that doesn't begin with one.
    case spacePrefix
    /// SentencePiece's treatment of spaces: they become marks, runs of them one if asked for.
    case spaceMarks(SpaceMarking)
}

extension NormalizerStep {
    /// Appends the changed text to `output`.
    /// - Parameter start: what comes before the input.
    func append(_ input: UnsafeRawBufferPointer, start: TextStart, to output: inout [UInt8]) {
        switch self {
        case .composed: UnicodeForms.appendComposed(input, to: &output)
        case .decomposed: UnicodeForms.appendDecomposed(input, to: &output)
        case .lowercase: Self.appendLowercase(input, to: &output)
        case .strippedAccents: Self.appendWithoutMarks(input, to: &output)
        case .bert(let normalizer): normalizer.append(input, to: &output)
        case .characterMap(let map, let byGrapheme):
            if byGrapheme { map.append(graphemesOf: input, to: &output) } else { map.append(input, to: &output) }
        case .replaced(let pattern, let replacement):
            Self.append(input, replacing: pattern, by: replacement, to: &output)
        case .collapsedSpaces(let replacement): Self.appendCollapsed(input, replacement, to: &output)
        case .stripped(let left, let right): Self.appendStripped(input, left: left, right: right, to: &output)
        case .prefix(let prefix, let onlyFirst):
            if start.takesPrefix(onlyFirst: onlyFirst) { output += prefix }
            output.append(contentsOf: input)
        case .spaceMarkPrefix(let onlyFirst):
            if start.takesPrefix(onlyFirst: onlyFirst), !input.starts(with: SpaceMark.utf8) { output += SpaceMark.utf8 }
            output.append(contentsOf: input)
        case .markedWords: Self.appendMarkedWords(input, to: &output)
        case .spacePrefix:
            if start != .continuation, input.first != 0x20 { output.append(0x20) }
            output.append(contentsOf: input)
        case .spaceMarks(var marking):
            if start == .continuation { marking.addsPrefix = false }
            marking.append(input, to: &output)
        }
    }

    static func appendLowercase(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        let scanner = TextScanner(bytes: input)
        var position = 0
        while position < input.count {
            let byte = input[position]
            if byte < 0x80 {
                output.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
                position += 1
                continue
            }
            let (value, end) = scanner.scalar(at: position, limit: input.count)
            if let scalar = Unicode.Scalar(value), scalar.properties.changesWhenLowercased {
                output += scalar.properties.lowercaseMapping.utf8
            } else {
                output.append(contentsOf: input[position..<end])
            }
            position = end
        }
    }

    private static func appendWithoutMarks(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        let scanner = TextScanner(bytes: input)
        var position = 0
        while position < input.count {
            let next = scanner.character(at: position, limit: input.count)
            if !next.kind.isMark { output.append(contentsOf: input[position..<next.end]) }
            position = next.end
        }
    }

    private static func append(
        _ input: UnsafeRawBufferPointer, replacing pattern: [UInt8], by replacement: [UInt8], to output: inout [UInt8]
    ) {
        guard let first = pattern.first else { return output.append(contentsOf: input) }
        var start = 0
        while let offset = input[start...].firstIndex(of: first) {
            let end = offset + pattern.count
            if end <= input.count, input[offset..<end].elementsEqual(pattern) {
                output.append(contentsOf: input[start..<offset])
                output += replacement
                start = end
            } else {
                output.append(contentsOf: input[start...offset])
                start = offset + 1
            }
        }
        output.append(contentsOf: input[start...])
    }

    private static func appendCollapsed(
        _ input: UnsafeRawBufferPointer, _ replacement: [UInt8], to output: inout [UInt8]
    ) {
        var position = 0
        while position < input.count {
            let end = input[position...].firstIndex { $0 != 0x20 } ?? input.count
            if end - position >= 2 {
                output += replacement
                position = end
            } else {
                output.append(input[position])
                position += 1
            }
        }
    }

    private static func appendMarkedWords(_ input: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        let scanner = TextScanner(bytes: input)
        var start = 0
        while start < input.count {
            let end = scanner.endOfRun(from: start, limit: input.count) { $0 != .whitespace }
            if start < end {
                if !input[start..<end].starts(with: SpaceMark.utf8) { output += SpaceMark.utf8 }
                output.append(contentsOf: input[start..<end])
            }
            start = scanner.endOfRun(from: end, limit: input.count) { $0 == .whitespace }
        }
    }

    private static func appendStripped(
        _ input: UnsafeRawBufferPointer, left: Bool, right: Bool, to output: inout [UInt8]
    ) {
        let scanner = TextScanner(bytes: input)
        let start = left ? scanner.endOfRun(from: 0, limit: input.count) { $0 == .whitespace } : 0
        var end = input.count
        if right {
            end = start
            var position = start
            while position < input.count {
                let next = scanner.character(at: position, limit: input.count)
                position = next.end
                if next.kind != .whitespace { end = position }
            }
        }
        output.append(contentsOf: input[start..<end])
    }
}
