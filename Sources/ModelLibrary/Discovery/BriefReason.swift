/// Why a model can't be opened, as short as a list has room for.
public enum BriefReason {
    /// At most one sentence: files by their names alone, and no remedy where there is no room for it. What still doesn't
    /// fit is cut; a command isn't, which would be of no use then.
    ///
    /// - Parameter fits: whether there is room for a text.
    public static func text(_ reason: String, fits: (String) -> Bool) -> String {
        let words = reason.split(separator: " ", omittingEmptySubsequences: false).map { Word($0) }
        // The row says already which file it is about.
        let isTitled = words.first.map { $0.isPath && $0.text.hasSuffix(":") } ?? false
        let text = words.dropFirst(isTitled ? 1 : 0).map(\.text).joined(separator: " ")
        guard !fits(text), !text.contains("'diptych ") else { return text }
        let sentence = String(text.prefix { $0 != ";" })
        guard !fits(sentence) else { return sentence }
        var kept = sentence.split(separator: " ")[...]
        while kept.popLast() != nil {
            let cut = kept.joined(separator: " ") + " …"
            if fits(cut) { return cut }
        }
        return "…"
    }

    /// A word, or instead of a path the name at its end.
    private struct Word {
        let text: String
        let isPath: Bool

        init(_ word: Substring) {
            isPath = word.hasPrefix("/")
            text =
                isPath ? String(word[word.index(after: word.lastIndex(of: "/") ?? word.startIndex)...]) : String(word)
        }
    }
}
