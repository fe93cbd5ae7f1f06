/// Divides a file's text into passages of about ``target`` tokens, at its headings, declarations and paragraphs where it
/// can be, else between lines, else between words. A passage that goes on in the next one overlaps it by a few lines.
struct Chunker: Sendable {
    /// Tokens of a passage at most.
    var target = 200
    /// A section that is shorter is joined by the next one.
    var smallest = 48
    /// Tokens at most that a passage repeats of the one before it.
    var overlap = Chunker.defaultOverlap
    static let defaultOverlap = 24
    /// How many tokens more a passage may have where its section ends.
    var slack = 24
    /// Counts tokens; of a text and another one behind a line break, their sum.
    let tokenCount: @Sendable (String) -> Int

    private struct Piece {
        var number: Int
        var text: Substring
        var mark: LineMark
        var tokens: Int
        /// Whether it is a later part of a line that was divided.
        var continuesLine: Bool
    }

    /// - Complexity: each line is counted once.
    func chunks(of text: SourceText) -> [Chunk] {
        let pieces = pieces(of: text)
        var chunks: [Chunk] = []
        var start = 0
        /// Where the passage before ended: what is before it is repeated.
        var fresh = 0
        while start < pieces.count {
            let end = end(of: pieces, from: start, fresh: fresh)
            if let chunk = Self.chunk(pieces[start..<end], fresh: fresh - start) { chunks.append(chunk) }
            (start, fresh) = (next(pieces, after: start, end: end), end)
        }
        return chunks
    }

    /// Lines, those that are too long divided.
    private func pieces(of text: SourceText) -> [Piece] {
        zip(text.lines, LineMark.marks(of: text)).flatMap { line, mark in
            divide(line.text).enumerated().map { index, part in
                Piece(
                    number: line.number, text: part.text,
                    mark: index == 0 ? mark : LineMark(boundary: .none, trail: mark.trail), tokens: part.tokens,
                    continuesLine: index > 0)
            }
        }
    }

    private func divide(_ line: Substring) -> [(text: Substring, tokens: Int)] {
        let tokens = line.isBlank ? 0 : tokenCount(String(line))
        guard tokens > target else { return [(line, tokens)] }
        // In the middle, at a space if there is one near.
        let middle = line.index(line.startIndex, offsetBy: line.count / 2)
        guard middle > line.startIndex else { return [(line, min(tokens, target))] }
        let cut = line[middle...].prefix(200).firstIndex(where: \.isWhitespace) ?? middle
        return divide(line[..<cut]) + divide(line[cut...])
    }

    /// Behind the last piece of the passage that begins at `start`.
    private func end(of pieces: [Piece], from start: Int, fresh: Int) -> Int {
        var tokens = 0
        /// The last place where a paragraph begins, once half the passage is full.
        var paragraph: Int?
        for index in start..<pieces.count {
            let piece = pieces[index]
            if index > fresh {
                if piece.mark.boundary == .section, tokens >= smallest { return index }
                if piece.mark.boundary == .paragraph, tokens >= target / 2 { paragraph = index }
            }
            if tokens + piece.tokens > target, index > max(start, fresh) {
                // A few lines more are better than a passage of a few lines.
                return endOfSection(pieces, from: index, within: target + slack - tokens) ?? paragraph ?? index
            }
            tokens += piece.tokens
        }
        return pieces.count
    }

    /// Where the section ends that goes on at `start`; nil if that is further than so many tokens.
    private func endOfSection(_ pieces: [Piece], from start: Int, within limit: Int) -> Int? {
        var tokens = 0
        for index in start..<pieces.count {
            if pieces[index].mark.boundary == .section { return index }
            tokens += pieces[index].tokens
            if tokens > limit { return nil }
        }
        return pieces.count
    }

    /// Where the next passage begins: a few lines before the end, unless a section or a paragraph begins there.
    private func next(_ pieces: [Piece], after start: Int, end: Int) -> Int {
        guard end < pieces.count, pieces[end].mark.boundary == .none else { return end }
        var (tokens, index) = (0, end)
        while index - 1 > start, tokens + pieces[index - 1].tokens <= overlap {
            index -= 1
            tokens += pieces[index].tokens
        }
        return index
    }

    /// - Parameter fresh: how many of the first pieces the passage before has too.
    private static func chunk(_ pieces: ArraySlice<Piece>, fresh: Int) -> Chunk? {
        guard pieces.dropFirst(fresh).contains(where: { $0.text.contains { $0.isLetter || $0.isNumber } }),
            let begin = pieces.firstIndex(where: { !$0.text.isBlank }),
            let end = pieces.lastIndex(where: { !$0.text.isBlank })
        else { return nil }
        var text = ""
        for index in begin...end {
            if index > begin, !pieces[index].continuesLine { text += "\n" }
            text += pieces[index].text
        }
        return Chunk(
            lines: pieces[begin].number...pieces[end].number, trail: pieces[begin].mark.trail, text: text)
    }
}
