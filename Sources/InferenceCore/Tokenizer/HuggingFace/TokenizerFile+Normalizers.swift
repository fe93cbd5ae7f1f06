/// `normalizer`
extension TokenizerFile {
    func normalizerSteps(_ value: JSONValue?) throws -> [NormalizerStep] {
        guard let value, let kind = value["type"]?.stringValue else { return [] }
        switch kind {
        case "Sequence": return try (value["normalizers"]?.arrayValue ?? []).flatMap(normalizerSteps)
        case "NFC": return [.composed]
        case "NFD": return [.decomposed]
        case "Lowercase": return [.lowercase]
        case "StripAccents": return [.strippedAccents]
        case "Strip":
            return [
                .stripped(
                    left: value["strip_left"]?.booleanValue ?? true, right: value["strip_right"]?.booleanValue ?? true)
            ]
        case "Prepend": return [.prefix(Array((value["prepend"]?.stringValue ?? "").utf8), onlyFirst: false)]
        case "Replace": return [try replacement(value)]
        case "BertNormalizer":
            let lowercases = value["lowercase"]?.booleanValue ?? true
            return [
                .bert(
                    BERTNormalizer(
                        cleansText: value["clean_text"]?.booleanValue ?? true,
                        spacesIdeographs: value["handle_chinese_chars"]?.booleanValue ?? true,
                        stripsAccents: value["strip_accents"]?.booleanValue ?? lowercases, lowercases: lowercases))
            ]
        case "Precompiled":
            // An empty map changes nothing.
            guard let text = value["precompiled_charsmap"]?.stringValue, !text.isEmpty else { return [] }
            guard let bytes = Base64.decode(text.utf8), let map = CharacterMap(bytes) else {
                throw error("normalizer.precompiled_charsmap", .malformed)
            }
            return [.characterMap(map, byGrapheme: true)]
        default:
            throw error("normalizer", .unknownPart(found: kind))
        }
    }

    private func replacement(_ value: JSONValue) throws -> NormalizerStep {
        let content = Array((value["content"]?.stringValue ?? "").utf8)
        if let pattern = value["pattern"]?["String"]?.stringValue { return .replaced(Array(pattern.utf8), by: content) }
        switch value["pattern"]?["Regex"]?.stringValue {
        case " {2,}": return .collapsedSpaces(to: content)
        case let expression?: throw error("normalizer.Replace", .unknownPart(found: expression))
        case nil: throw error("normalizer.Replace", .malformed)
        }
    }
}

/// Source: RFC 4648.
enum Base64 {
    /// The bytes that the text stands for, or nil if it is no such text.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for letter in text where letter != UInt8(ascii: "=") {
            guard let value = value(letter) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }

    private static func value(_ letter: UInt8) -> UInt32? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(letter - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(letter - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(letter - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
