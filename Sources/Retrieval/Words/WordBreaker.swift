/// Divides text into the terms that keyword search counts: words, the parts of names such as `camelCase`, `snake_case`
/// and `a/path.txt`, and those names as a whole. Everything in lower case.
struct WordBreaker: Sendable {
    /// Whether plurals become singulars.
    var stems = true

    /// Bytes of a term at most; what is longer is no word.
    static let longestTerm = 64

    /// Calls `body` with each term's UTF-8, in the order of the text.
    /// - Complexity: linear.
    func forEachTerm(in text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        var folded = [UInt8]()
        var index = 0
        while index < text.count {
            guard Self.isWordByte(text[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < text.count, Self.isWordByte(text[index]) || Self.isJoin(text, index) { index += 1 }
            terms(of: UnsafeBufferPointer(rebasing: text[start..<index]), &folded, body)
        }
    }

    /// The terms of a text, for tests and short queries.
    func terms(of text: String) -> [[UInt8]] {
        var (text, terms) = (text, [[UInt8]]())
        text.withUTF8 { forEachTerm(in: $0) { terms.append(Array($0)) } }
        return terms
    }

    // MARK: - Words

    /// Letters and digits; every byte of what isn't ASCII counts as one, but for some signs that are told apart later.
    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
            true
        default: false
        }
    }

    /// Whether a sign stands between two word bytes, as in `file.txt`, `usr/share`, `read-only`, `don't`.
    private static func isJoin(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        switch text[index] {
        case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: ":"),
            UInt8(ascii: "+"), UInt8(ascii: "@"):
            index + 1 < text.count && isWordByte(text[index + 1])
        default: false
        }
    }

    private func terms(
        of run: UnsafeBufferPointer<UInt8>, _ folded: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        if run.contains(where: { $0 >= 0x80 }) {
            let text = String(decoding: run, as: UTF8.self)
            for word in text.lowercased().split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
                emit(Array(word.utf8), &folded, body)
            }
            return
        }
        var (parts, start, isDivided) = (0, 0, false)
        for index in 0...run.count {
            guard index == run.count || Self.divides(run, index) else { continue }
            if let part = Self.trimmed(run, start..<index) {
                parts += 1
                if index < run.count || start > 0 {
                    emit(UnsafeBufferPointer(rebasing: run[part]), &folded, body)
                    isDivided = true
                }
            }
            start = index
        }
        // What has one part is its own whole.
        if parts > 1 || !isDivided, let whole = Self.trimmed(run, 0..<run.count) {
            emit(UnsafeBufferPointer(rebasing: run[whole]), &folded, body)
        }
    }

    /// Whether a part begins here: behind a sign, at `aB`, at the last capital of `ABc`.
    private static func divides(_ run: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index > 0 else { return false }
        let (before, byte) = (run[index - 1], run[index])
        if !isAlphanumeric(before) || !isAlphanumeric(byte) { return true }
        guard isUpper(byte) else { return false }
        if !isUpper(before) { return true }
        return index + 1 < run.count && isLower(run[index + 1])
    }

    private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isUpper(byte) || isLower(byte) || (byte >= 0x30 && byte <= 0x39)
    }

    /// Without signs at both ends; nil where nothing else is there.
    private static func trimmed(_ run: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, !isAlphanumeric(run[start]) { start += 1 }
        while end > start, !isAlphanumeric(run[end - 1]) { end -= 1 }
        return start < end ? start..<end : nil
    }

    private func emit(
        _ word: some Collection<UInt8>, _ folded: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
        guard word.count <= Self.longestTerm else { return }
        folded.removeAll(keepingCapacity: true)
        for byte in word { folded.append(Self.isUpper(byte) ? byte | 0x20 : byte) }
        if stems { Self.stem(&folded) }
        folded.withUnsafeBufferPointer(body)
    }

    /// Plurals to singulars: the S stemmer of Harman ("How effective is suffixing?", JASIS 42, 1991).
    private static func stem(_ word: inout [UInt8]) {
        let count = word.count
        guard count > 3, word[count - 1] == UInt8(ascii: "s"), word.allSatisfy(isLower) else { return }
        let (second, third) = (word[count - 2], word[count - 3])
        switch (third, second) {
        case (UInt8(ascii: "i"), UInt8(ascii: "e")):
            if word[count - 4] == UInt8(ascii: "e") || word[count - 4] == UInt8(ascii: "a") { return }
            word.removeLast(3)
            word.append(UInt8(ascii: "y"))
        case (_, UInt8(ascii: "e")):
            if [UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "o")].contains(third) { return }
            word.removeLast()
        case (_, UInt8(ascii: "u")), (_, UInt8(ascii: "s")): return
        default: word.removeLast()
        }
    }
}
