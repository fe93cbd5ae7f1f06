/// Upper and lower case as Python has them: full mappings, so a text may change its length.
extension TemplateText {
    private func mapped(_ map: (Unicode.Scalar.Properties) -> String) -> TemplateText {
        var result = TemplateText()
        result.bytes.reserveCapacity(bytes.count)
        for value in scalars {
            if value < 0x80 || Unicode.Scalar(value) == nil {
                // ASCII and lone surrogates map one to one.
                let scalar = Unicode.Scalar(value).map { map($0.properties).utf8.first.map(UInt32.init) ?? value }
                result.append(scalar: scalar ?? value)
            } else if let scalar = Unicode.Scalar(value) {
                result.append(map(scalar.properties))
            }
        }
        result.isMarkup = isMarkup
        return result
    }

    private var isASCII: Bool {
        bytes.allSatisfy { $0 < 0x80 }
    }

    var uppercased: TemplateText {
        if isASCII { return TemplateText(bytes: bytes.map(\.asciiUppercased), isMarkup: isMarkup) }
        return mapped(\.uppercaseMapping)
    }

    var lowercased: TemplateText {
        if isASCII { return TemplateText(bytes: bytes.map(\.asciiLowercased), isMarkup: isMarkup) }
        let sigma: UInt32 = 0x3A3
        let scalars = scalars
        guard scalars.contains(sigma) else { return mapped(\.lowercaseMapping) }
        var result = TemplateText(isMarkup: isMarkup)
        for (index, scalar) in scalars.enumerated() {
            if scalar == sigma {
                result.append(scalar: Self.isFinal(index, in: scalars) ? 0x3C2 : 0x3C3)
            } else {
                result.append(TemplateText(scalars: [scalar]).lowercased)
            }
        }
        return result
    }

    /// Whether a sigma ends its word: letters before it and none after, marks between them aside.
    private static func isFinal(_ index: Int, in scalars: [UInt32]) -> Bool {
        func isIgnorable(_ value: UInt32) -> Bool { Unicode.Scalar(value)?.properties.isCaseIgnorable ?? false }
        func isCased(_ value: UInt32?) -> Bool {
            value.flatMap { Unicode.Scalar($0) }?.properties.isCased ?? false
        }
        let before = scalars[..<index].last { !isIgnorable($0) }
        let after = scalars[(index + 1)...].first { !isIgnorable($0) }
        return isCased(before) && !isCased(after)
    }

    /// `str.capitalize`: the first code point in title case, the rest in lower case.
    var capitalized: TemplateText {
        guard !isEmpty else { return self }
        let (first, rest) = splitFirst
        var result = first.mapped(\.titlecaseMapping)
        // Lowered together with what stands before, as the end of a word depends on it.
        result.append(TemplateText(bytes: Array(lowercased.bytes.dropFirst(first.lowercased.bytes.count))))
        result.isMarkup = isMarkup
        return rest.isEmpty ? first.mapped(\.titlecaseMapping) : result
    }

    /// The first code point and the rest.
    var splitFirst: (first: TemplateText, rest: TemplateText) {
        var end = 0
        if !isEmpty { _ = Self.scalar(in: bytes, at: &end) }
        return (TemplateText(bytes[..<end]), TemplateText(bytes[end...]))
    }

    /// `str.title`: every run of letters begins with a title case letter.
    var titlecased: TemplateText {
        var result = TemplateText(isMarkup: isMarkup)
        var isInWord = false
        let all = scalars
        for (index, value) in all.enumerated() {
            let scalar = TemplateText(scalars: [value])
            if !isInWord {
                result.append(scalar.mapped(\.titlecaseMapping))
            } else if value == 0x3A3 {
                result.append(scalar: Self.isFinal(index, in: all) ? 0x3C2 : 0x3C3)
            } else {
                result.append(scalar.lowercased)
            }
            isInWord = Unicode.Scalar(value)?.properties.isCased ?? false
        }
        return result
    }

    var swappingCase: TemplateText {
        var result = TemplateText(isMarkup: isMarkup)
        let all = scalars
        for (index, value) in all.enumerated() {
            let scalar = TemplateText(scalars: [value])
            let isUpper = Unicode.Scalar(value)?.properties.isUppercase ?? false
            if value == 0x3A3 {
                result.append(scalar: Self.isFinal(index, in: all) ? 0x3C2 : 0x3C3)
            } else {
                result.append(isUpper ? scalar.lowercased : scalar.uppercased)
            }
        }
        return result
    }

    /// `str.casefold`, by way of upper case, which folds all but a few letters alike.
    var caseFolded: TemplateText {
        uppercased.mapped(\.lowercaseMapping)
    }

    /// Whether there are cased letters and all of them are lower case.
    var isLowercase: Bool {
        isCased { $0.isLowercase }
    }

    /// Whether there are cased letters and all of them are upper case.
    var isUppercase: Bool {
        isCased { $0.isUppercase }
    }

    private func isCased(_ hasCase: (Unicode.Scalar.Properties) -> Bool) -> Bool {
        var hasCased = false
        for scalar in scalars.compactMap({ Unicode.Scalar($0) }) {
            let properties = scalar.properties
            if hasCase(properties) {
                hasCased = true
            } else if properties.isLowercase || properties.isUppercase
                || properties.generalCategory == .titlecaseLetter
            {
                return false
            }
        }
        return hasCased
    }

    /// `str.istitle`.
    var isTitlecase: Bool {
        var isInWord = false
        var hasCased = false
        for scalar in scalars.compactMap({ Unicode.Scalar($0) }) {
            let properties = scalar.properties
            if properties.isUppercase || properties.generalCategory == .titlecaseLetter {
                if isInWord { return false }
                (isInWord, hasCased) = (true, true)
            } else if properties.isLowercase {
                if !isInWord { return false }
                hasCased = true
            } else {
                isInWord = false
            }
        }
        return hasCased
    }
}

extension UInt8 {
    fileprivate var asciiUppercased: UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self - 0x20 : self
    }

    fileprivate var asciiLowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 0x20 : self
    }
}
