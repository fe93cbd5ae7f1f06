/// Declarations of program text in whatever language, told by their words and their indentation.
enum SourceOutline {
    private static let keywords: Set<Substring> = [
        "class", "struct", "enum", "protocol", "extension", "actor", "interface", "trait", "impl", "module",
        "namespace",
        "func", "function", "def", "fn", "fun", "sub", "proc", "macro", "type", "typedef", "union", "init", "package",
    ]
    private static let modifiers: Set<Substring> = [
        "public", "private", "internal", "fileprivate", "open", "static", "final", "async", "export", "default",
        "abstract", "override", "mutating", "nonisolated", "indirect", "protected", "inline", "extern", "const",
        "unsafe",
        "pub", "virtual", "convenience", "required", "local", "data", "sealed",
    ]

    static func marks(_ lines: [SourceText.Line]) -> [LineMark] {
        var marks: [LineMark] = []
        var trail = HeadingTrail()
        var afterBlank = true
        for line in lines {
            let isBlank = line.text.isBlank
            let indentation = line.text.indentation
            var boundary: LineMark.Boundary = afterBlank ? .paragraph : .none
            if afterBlank, !isBlank {
                if indentation == 0 { boundary = .section }
                trail.close(level: indentation)
            }
            // What comes before a declaration, such as its comment, stands under the one around it.
            if !isBlank, let declaration = declaration(line.text) { trail.open(declaration, level: indentation) }
            marks.append(LineMark(boundary: boundary, trail: trail.text))
            afterBlank = isBlank
        }
        return marks
    }

    /// A declaration's first line up to its body or parameters; nil for any other line.
    private static func declaration(_ line: Substring) -> Substring? {
        let text = line.drop(while: \.isWhitespace).prefix(160)
        let words = text.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") })
        guard let first = words.first(where: { !modifiers.contains($0) && $0.first != "@" }),
            keywords.contains(first) || isFunctionOfC(text, line)
        else { return nil }
        let end = text.firstIndex { "({:;".contains($0) } ?? text.endIndex
        let name = text[..<end]
        return name.isBlank ? nil : name
    }

    /// `int main(int argc, char **argv) {` at the margin.
    private static func isFunctionOfC(_ text: Substring, _ line: Substring) -> Bool {
        guard let first = line.first, first.isLetter || first == "_", let open = text.firstIndex(of: "("),
            !text.hasSuffix(";")
        else { return false }
        let before = text[..<open]
        return before.split(separator: " ").count >= 2 && !before.contains("=") && !text.hasPrefix("return")
            && !text.hasPrefix("else") && !text.hasPrefix("#")
    }
}
