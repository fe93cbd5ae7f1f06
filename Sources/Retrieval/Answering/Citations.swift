/// Numbers in brackets in an answer, and the sources that they stand for.
public struct Citations: Sendable, Equatable {
    /// Numbers of sources that were given, each once, in the order of their first mention.
    public private(set) var known: [Int] = []
    /// Numbers that no source has: the model made them up.
    public private(set) var unknown: [Int] = []

    /// Reads `[1]`, `[1, 2]`, `[1-3]` and `[1][2]`. What stands behind a name without being a source's number is an index
    /// into something, and a bracket that goes on with `(` is a link.
    /// - Parameter sources: how many were given, numbered from 1.
    public init(in text: String, sources: Int) {
        for bracket in Self.brackets(in: text) {
            for number in bracket.numbers {
                if (1...max(1, sources)).contains(number), sources > 0 {
                    if !known.contains(number) { known.append(number) }
                } else if !bracket.isIndex, !unknown.contains(number) {
                    unknown.append(number)
                }
            }
        }
    }

    /// A text with places instead of the numbers of sources: `[1, 2]` becomes `[guide.md:3, notes.txt:7-9]`, so that it
    /// says by itself what it rests on. Numbers that no source has stay what they are.
    /// - Parameter places: of source number 1 first.
    public static func spelledOut(_ text: String, places: [String]) -> String {
        var result = ""
        var end = text.startIndex
        for bracket in brackets(in: text) where bracket.numbers.contains(where: { places.indices.contains($0 - 1) }) {
            let parts = bracket.numbers.map { places.indices.contains($0 - 1) ? places[$0 - 1] : "\($0)" }
            result += text[end..<bracket.range.lowerBound] + "[\(parts.joined(separator: ", "))]"
            end = bracket.range.upperBound
        }
        return result + text[end...]
    }

    private struct Bracket {
        /// The brackets themselves included.
        var range: Range<String.Index>
        var numbers: [Int]
        /// Whether it may be an index into something rather than a citation.
        var isIndex: Bool
    }

    private static func brackets(in text: String) -> [Bracket] {
        var brackets: [Bracket] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "[") {
            let before = open > text.startIndex ? text[text.index(before: open)] : " "
            let inside = text[text.index(after: open)...]
            guard let close = inside.prefix(64).firstIndex(of: "]") else {
                rest = inside
                continue
            }
            let end = text.index(after: close)
            let isLink = end < text.endIndex && text[end] == "("
            rest = text[end...]
            guard !isLink, let numbers = numbers(inside[..<close]) else {
                // A bracket may open inside of what wasn't one.
                rest = inside
                continue
            }
            let isIndex = before.isLetter || before.isNumber || before == "_" || before == ")"
            brackets.append(Bracket(range: open..<end, numbers: numbers, isIndex: isIndex))
        }
        return brackets
    }

    /// "1, 2-4" as numbers; nil for anything else.
    private static func numbers(_ text: Substring) -> [Int]? {
        var numbers: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }.map(number)
            switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
            case (1, let only?, _): numbers.append(only)
            case (2, let first?, let last?) where first <= last && last - first < 64: numbers += first...last
            default: return nil
            }
        }
        return numbers
    }

    private static func number(_ text: Substring) -> Int? {
        let digits = text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
        guard digits.count <= 4, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(digits)
    }
}
