/// GPT-4o's words, which end where lower case turns to upper case; otherwise Llama 3's.
///
///     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
///     |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
///     |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
struct CasedWords: Sendable {
    /// At most so many number characters make a word.
    let longestNumber: Int
    /// Whether a word keeps the contraction that follows it.
    let keepsContractions: Bool

    private let rest = LineAwareWords(longestNumber: 1, signEnding: .lineBreaksAndSlashes)

    init(longestNumber: Int, keepsContractions: Bool) {
        self.longestNumber = longestNumber
        self.keepsContractions = keepsContractions
    }

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = endOfWord(at: start, limit: range.upperBound, in: text)
            body(start..<end)
            start = end
        }
    }

    private func endOfWord(at start: Int, limit: Int, in text: TextScanner) -> Int {
        let first = text.character(at: start, limit: limit)
        if let end = endOfCasedWord(at: start, first: first, limit: limit, in: text) {
            guard keepsContractions, end < limit else { return end }
            return text.endOfContraction(at: end, limit: limit, ignoringCase: true) ?? end
        }
        if first.kind.isNumber { return text.endOfNumber(from: start, limit: limit, longest: longestNumber) }
        let second = first.end < limit ? text.character(at: first.end, limit: limit) : nil
        return rest.endOfSignsOrWhitespace(at: start, first: first, second: second, limit: limit, in: text)
    }

    /// The end of the first two alternatives, without the contraction.
    private func endOfCasedWord(
        at start: Int, first: TextScanner.Character, limit: Int, in text: TextScanner
    ) -> Int? {
        if first.kind.isLetter {
            let run = endOfLetters(from: start, limit: limit, in: text)
            return run.lower ?? run.upper
        }
        guard !first.kind.isNumber, !TextScanner.isLineBreak(text.bytes[start]), first.end < limit || first.kind.isMark
        else { return nil }
        // The character leads the word; a mark may also be a part of it, which is tried second.
        let run = endOfLetters(from: first.end, limit: limit, in: text)
        if let end = run.lower { return end }
        if first.kind.isMark, let end = endOfLetters(from: start, limit: limit, in: text).lower { return end }
        return run.upper
    }

    /// Where `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+` ends, and where
    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+` does if the former doesn't match.
    private func endOfLetters(from start: Int, limit: Int, in text: TextScanner) -> (lower: Int?, upper: Int?) {
        var end = start
        // The first expression gives characters back until one is left that is of both kinds.
        var endOfLastCommon: Int?
        while end < limit {
            let next = text.character(at: end, limit: limit)
            if next.kind == .lowercase {
                return (text.endOfRun(from: next.end, limit: limit) { $0.mayEndCasedWord }, nil)
            }
            guard next.kind.mayBeginCasedWord else { break }
            end = next.end
            if next.kind != .uppercase { endOfLastCommon = end }
        }
        return (endOfLastCommon, end > start ? end : nil)
    }
}
