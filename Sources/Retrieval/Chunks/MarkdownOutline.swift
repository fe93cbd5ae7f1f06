/// Headings, paragraphs and code blocks of Markdown. Source: CommonMark 0.31.2, sections 4.2, 4.3 and 4.5.
enum MarkdownOutline {
    static func marks(_ lines: [SourceText.Line]) -> [LineMark] {
        var marks: [LineMark] = []
        var trail = HeadingTrail()
        var fence: (character: Character, length: Int)?
        var afterBlank = true
        for (index, line) in lines.enumerated() {
            let text = line.text.drop { $0 == " " }
            var boundary: LineMark.Boundary = afterBlank ? .paragraph : .none
            if let open = fence {
                boundary = .none
                if let (character, length, rest) = fenceRun(text), character == open.character, length >= open.length,
                    rest.isBlank
                {
                    fence = nil
                }
            } else if let (character, length, _) = fenceRun(text) {
                fence = (character, length)
                boundary = .paragraph
            } else if let (level, heading) = heading(text) {
                trail.open(heading, level: level)
                boundary = .section
            } else if index + 1 < lines.count, let level = underline(lines[index + 1].text), !text.isBlank, afterBlank {
                trail.open(text, level: level)
                boundary = .section
            }
            marks.append(LineMark(boundary: boundary, trail: trail.text))
            afterBlank = line.text.isBlank
        }
        return marks
    }

    private static func fenceRun(_ text: Substring) -> (character: Character, length: Int, rest: Substring)? {
        guard let first = text.first, first == "`" || first == "~" else { return nil }
        let run = text.prefix { $0 == first }
        return run.count >= 3 ? (first, run.count, text.dropFirst(run.count)) : nil
    }

    /// `## Heading`.
    private static func heading(_ text: Substring) -> (level: Int, text: Substring)? {
        let level = text.prefix { $0 == "#" }.count
        let rest = text.dropFirst(level)
        guard (1...6).contains(level), rest.first?.isWhitespace == true else { return nil }
        var heading = rest.drop(while: \.isWhitespace)
        while let last = heading.last, last == "#" || last.isWhitespace { heading.removeLast() }
        return (level, heading)
    }

    /// A line of `=` or `-` under a heading.
    static func underline(_ text: Substring) -> Int? {
        let text = text.drop { $0 == " " }
        guard let first = text.first, first == "=" || first == "-" else { return nil }
        let run = text.prefix { $0 == first }
        guard run.count >= 2, text.dropFirst(run.count).isBlank else { return nil }
        return first == "=" ? 1 : 2
    }
}
