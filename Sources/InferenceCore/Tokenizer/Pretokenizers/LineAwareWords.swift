/// The words that Llama 3 and its relatives share: a sign or space may lead a run of letters, and signs and
/// whitespace keep the line breaks that follow them.
///
///     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
///
/// The relatives leave a part out or replace it, as the properties say.
struct LineAwareWords: Sendable {
    /// What may follow signs as a part of their word.
    enum SignEnding: Sendable {
        case nothing, lineBreaks, lineBreaksAndSlashes
    }

    /// At most so many number characters make a word.
    let longestNumber: Int
    /// Whether `(?i:'s|'t|'re|'ve|'m|'ll|'d)` is a word of its own.
    var cutsContractions = true
    /// `[\p{L}\p{M}]+` instead of `\p{L}+`, and no marks among the signs.
    var joinsMarks = false
    var signEnding = SignEnding.lineBreaks

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = endOfWord(at: start, limit: range.upperBound, in: text)
            body(start..<end)
            start = end
        }
    }

    private func endOfWord(at start: Int, limit: Int, in text: TextScanner) -> Int {
        if cutsContractions, let end = text.endOfContraction(at: start, limit: limit, ignoringCase: true) {
            return end
        }
        let byte = text.bytes[start]
        let first = text.character(at: start, limit: limit)
        if joins(first.kind) { return text.endOfRun(from: first.end, limit: limit, where: joins) }
        if first.kind.isNumber { return text.endOfNumber(from: start, limit: limit, longest: longestNumber) }
        let second = first.end < limit ? text.character(at: first.end, limit: limit) : nil
        if let second, joins(second.kind), !TextScanner.isLineBreak(byte) {
            return text.endOfRun(from: second.end, limit: limit, where: joins)
        }
        return endOfSignsOrWhitespace(at: start, first: first, second: second, limit: limit, in: text)
    }

    /// The end of ` ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`, of which one must match.
    @inline(__always)
    func endOfSignsOrWhitespace(
        at start: Int, first: TextScanner.Character, second: TextScanner.Character?, limit: Int, in text: TextScanner
    ) -> Int {
        if first.kind.isSign { return endOfSigns(from: first.end, limit: limit, in: text) }
        if let second, second.kind.isSign, !joins(second.kind), text.bytes[start] == UInt8(ascii: " ") {
            return endOfSigns(from: second.end, limit: limit, in: text)
        }
        return text.endOfWhitespaceOrLines(from: start, limit: limit)
    }

    @inline(__always)
    private func joins(_ kind: CharacterClass) -> Bool {
        kind.isLetter || (joinsMarks && kind.isMark)
    }

    private func endOfSigns(from offset: Int, limit: Int, in text: TextScanner) -> Int {
        var end = text.endOfRun(from: offset, limit: limit) { $0.isSign && !joins($0) }
        guard signEnding != .nothing else { return end }
        while end < limit,
            TextScanner.isLineBreak(text.bytes[end])
                || (signEnding == .lineBreaksAndSlashes && text.bytes[end] == UInt8(ascii: "/"))
        {
            end += 1
        }
        return end
    }
}
