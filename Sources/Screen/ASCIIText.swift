/// Text for terminals that show nothing but ASCII.
public enum ASCIIText {
    /// Lines, bars and signs become what resembles them, other characters question marks, as wide as they were.
    public static func of(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var result = ""
        for character in text {
            if character.isASCII {
                result.append(character)
            } else {
                let columns = TextWidth.columns(of: character)
                if columns > 0 { result += String(repeating: substitute(for: character), count: columns) }
            }
        }
        return result
    }

    /// What resembles one character; a question mark where nothing does.
    public static func substitute(for character: Character) -> Character {
        switch character {
        case "─", "–", "━": "-"
        case "│", "┃": "|"
        case "┌", "┐", "└", "┘", "├", "┤", "┼", "┬", "┴": "+"
        case "═": "="
        case "▁", "▂": "_"
        case "▃", "▄": "-"
        case "▅", "▆": "="
        case "▇", "█": "#"
        case "░": "."
        case "▒": ":"
        case "▓": "%"
        case "▸": ">"
        case "▾": "v"
        case "›": ">"
        case "·": "-"
        case "×": "x"
        case "■": "#"
        case "▲": "A"
        case "◆": "o"
        case "▌": "_"
        case "…": "."
        case "●", "•": "*"
        case "↑": "^"
        case "↓": "v"
        case "↵", "⏎": "$"
        case "→": ">"
        case "≠": "!"
        case "≈": "~"
        case "≥": ">"
        case "≤": "<"
        case "±": "~"
        case "✓": "+"
        case "✗": "x"
        case "✎": "*"
        case "▏", "▎", "▍": "-"
        case "▋", "▊", "▉": "="
        case "\u{2800}"..."\u{28FF}": "."
        default: "?"
        }
    }
}
