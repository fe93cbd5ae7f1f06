/// The part of a passage that shows why it was found.
public enum Snippet {
    /// The lines, one after the other, that hold the most different words of the question; the first of them where none
    /// holds any.
    /// - Parameters:
    ///   - count: of lines at most; blank ones aren't counted or shown.
    ///   - width: characters of a line at most.
    public static func lines(of text: String, for question: String, count: Int = 2, width: Int = 100) -> [String] {
        let breaker = WordBreaker()
        let wanted = Set(breaker.terms(of: question).filter { $0.count > 2 })
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.isBlank }
        let found = lines.map { wanted.intersection(breaker.terms(of: String($0))) }
        let starts = 0...max(0, lines.count - count)
        let words = starts.map { start in
            found[start..<min(start + count, lines.count)].reduce(into: Set()) { $0.formUnion($1) }.count
        }
        let most = words.max() ?? 0
        let start = words.firstIndex(of: most) ?? 0
        return lines[start..<min(start + count, lines.count)].map { line in
            let clean = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            return clean.count > width ? clean.prefix(width - 1) + "…" : clean
        }
    }
}
