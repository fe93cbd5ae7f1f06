/// Paragraphs of text, and headings that are underlined as in reStructuredText.
enum PlainOutline {
    /// - Parameter arePages: whether lines are numbered by their pages.
    static func marks(_ lines: [SourceText.Line], arePages: Bool = false) -> [LineMark] {
        var marks: [LineMark] = []
        var trail = HeadingTrail()
        /// Kinds of underlines in the order in which they came: reStructuredText's levels.
        var styles: [Character] = []
        var afterBlank = true
        for (index, line) in lines.enumerated() {
            var boundary: LineMark.Boundary = afterBlank ? .paragraph : .none
            let beginsPage =
                arePages ? index > 0 && line.number != lines[index - 1].number : line.text.first == "\u{0C}"
            if beginsPage { boundary = .section }
            if index + 1 < lines.count, let style = underline(lines[index + 1].text), isHeading(line.text) {
                if !styles.contains(style) { styles.append(style) }
                trail.open(line.text, level: styles.firstIndex(of: style) ?? 0)
                boundary = .section
            }
            marks.append(LineMark(boundary: boundary, trail: trail.text))
            afterBlank = line.text.isBlank
        }
        return marks
    }

    private static func isHeading(_ text: Substring) -> Bool {
        !text.isBlank && text.count <= 80 && text.contains { $0.isLetter || $0.isNumber }
    }

    private static func underline(_ text: Substring) -> Character? {
        let text = text.drop { $0 == " " }
        guard let first = text.first, "=-~^*+#\"'`".contains(first) else { return nil }
        let run = text.prefix { $0 == first }
        return run.count >= 4 && text.dropFirst(run.count).isBlank ? first : nil
    }
}
