/// Finding parts. Positions are byte positions here; in well-formed text a part begins where a code point does.
extension TemplateText {
    func hasPrefix(_ part: TemplateText) -> Bool {
        bytes.starts(with: part.bytes)
    }

    func hasSuffix(_ part: TemplateText) -> Bool {
        bytes.count >= part.bytes.count && bytes[(bytes.count - part.bytes.count)...].elementsEqual(part.bytes)
    }

    /// Where `part` first begins at or after `start`, in time proportional to both lengths (Knuth, Morris, Pratt).
    func firstIndex(of part: TemplateText, from start: Int = 0) -> Int? {
        let needle = part.bytes
        guard !needle.isEmpty else { return start <= bytes.count ? start : nil }
        guard bytes.count - start >= needle.count else { return nil }
        if needle.count == 1 { return bytes[start...].firstIndex(of: needle[0]) }
        let borders = Self.borders(of: needle)
        var matched = 0
        for index in start..<bytes.count {
            while matched > 0, bytes[index] != needle[matched] { matched = borders[matched - 1] }
            if bytes[index] == needle[matched] { matched += 1 }
            if matched == needle.count { return index - needle.count + 1 }
        }
        return nil
    }

    /// For each length of a prefix, the longest of its own prefixes that also ends it.
    private static func borders(of needle: [UInt8]) -> [Int] {
        var borders = Array(repeating: 0, count: needle.count)
        var length = 0
        for index in 1..<needle.count {
            while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            borders[index] = length
        }
        return borders
    }

    /// Where `part` begins, occurrences not overlapping, at most `limit` of them.
    func indices(of part: TemplateText, limit: Int = .max) -> [Int] {
        var indices: [Int] = []
        var start = 0
        while indices.count < limit, let index = firstIndex(of: part, from: start) {
            indices.append(index)
            start = index + part.bytes.count
        }
        return indices
    }

    /// Where `part` begins, searched from the end.
    func lastIndices(of part: TemplateText, limit: Int = .max) -> [Int] {
        let reversed = TemplateText(bytes: bytes.reversed())
        let found = reversed.indices(of: TemplateText(bytes: part.bytes.reversed()), limit: limit)
        return found.reversed().map { bytes.count - $0 - part.bytes.count }
    }

    /// The pieces between the occurrences of `part` at `indices`.
    func pieces(between indices: [Int], of part: TemplateText) -> [TemplateText] {
        var pieces: [TemplateText] = []
        var start = 0
        for index in indices {
            pieces.append(TemplateText(bytes[start..<index]))
            start = index + part.bytes.count
        }
        pieces.append(TemplateText(bytes[start...]))
        return pieces
    }

    /// `str.replace`; an empty `old` stands before each code point and at the end.
    func replacing(_ old: TemplateText, with new: TemplateText, limit: Int = .max) -> TemplateText {
        guard old.isEmpty else {
            return pieces(between: indices(of: old, limit: limit), of: old).joined(by: new)
        }
        var result = TemplateText()
        var position = 0
        var count = 0
        while true {
            if count < limit { result.append(new) }
            count += 1
            guard position < bytes.count else { return result }
            let start = position
            _ = Self.scalar(in: bytes, at: &position)
            result.bytes += bytes[start..<position]
        }
    }

    /// `str.split` at white space: at most `limit` splits from the front.
    func words(limit: Int = .max) -> [TemplateText] {
        let ranges = wordRanges
        guard ranges.count > limit else { return ranges.map { TemplateText(bytes[$0]) } }
        return ranges[..<limit].map { TemplateText(bytes[$0]) } + [TemplateText(bytes[ranges[limit].lowerBound...])]
    }

    /// `str.rsplit` at white space: at most `limit` splits from the back.
    func lastWords(limit: Int) -> [TemplateText] {
        let ranges = wordRanges
        guard ranges.count > limit else { return ranges.map { TemplateText(bytes[$0]) } }
        let end = ranges[ranges.count - limit - 1].upperBound
        return [TemplateText(bytes[..<end])] + ranges.suffix(limit).map { TemplateText(bytes[$0]) }
    }

    /// How many words there are that white space separates.
    var wordCount: Int {
        wordRanges.count
    }

    /// Where the words stand that white space separates.
    private var wordRanges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var wordStart: Int?
        var position = 0
        while position < bytes.count {
            let start = position
            let isSpace = Self.scalar(in: bytes, at: &position).isPythonWhitespace
            if isSpace, let first = wordStart {
                ranges.append(first..<start)
                wordStart = nil
            } else if !isSpace, wordStart == nil {
                wordStart = start
            }
        }
        if let wordStart { ranges.append(wordStart..<bytes.count) }
        return ranges
    }
}

extension [TemplateText] {
    func joined(by separator: TemplateText) -> TemplateText {
        var result = TemplateText()
        for (index, text) in enumerated() {
            if index > 0 { result.append(separator) }
            result.append(text)
        }
        return result
    }
}
