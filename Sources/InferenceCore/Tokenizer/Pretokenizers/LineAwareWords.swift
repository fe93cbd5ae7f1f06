/// The words that Llama 3 and its relatives share: a sign or space may lead a run of letters, and signs and
/// whitespace keep the line breaks that follow them.
struct LineAwareWords: Sendable {
    /// At most so many number characters make a word.
    let longestNumber: Int

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = endOfWord(at: start, limit: range.upperBound, in: text)
            body(start..<end)
            start = end
        }
    }

    private func endOfWord(at start: Int, limit: Int, in text: TextScanner) -> Int {
        if let end = text.endOfContraction(at: start, limit: limit, ignoringCase: true) { return end }
        let byte = text.bytes[start]
        let first = text.character(at: start, limit: limit)
        if first.kind == .letter { return text.endOfRun(from: first.end, limit: limit) { $0 == .letter } }
        if first.kind == .number { return endOfNumber(after: first, limit: limit, in: text) }
        let second = first.end < limit ? text.character(at: first.end, limit: limit) : nil
        if let second, second.kind == .letter, !TextScanner.isLineBreak(byte) {
            return text.endOfRun(from: second.end, limit: limit) { $0 == .letter }
        }
        if first.kind.isSign { return endOfSigns(from: first.end, limit: limit, in: text) }
        if let second, second.kind.isSign, byte == UInt8(ascii: " ") {
            return endOfSigns(from: second.end, limit: limit, in: text)
        }
        return text.endOfWhitespaceOrLines(from: start, limit: limit)
    }

    private func endOfNumber(after first: TextScanner.Character, limit: Int, in text: TextScanner) -> Int {
        var end = first.end
        for _ in 1..<longestNumber where end < limit {
            let next = text.character(at: end, limit: limit)
            guard next.kind == .number else { break }
            end = next.end
        }
        return end
    }

    private func endOfSigns(from offset: Int, limit: Int, in text: TextScanner) -> Int {
        var end = text.endOfRun(from: offset, limit: limit) { $0.isSign }
        while end < limit, TextScanner.isLineBreak(text.bytes[end]) { end += 1 }
        return end
    }
}
