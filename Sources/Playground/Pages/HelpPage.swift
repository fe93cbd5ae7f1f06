import Screen

extension State {
    /// Every key, from the key table, and every command.
    func helpPage(columns: Int) -> [PageLine] {
        var lines: [PageLine] = []
        for context in KeyContext.allCases {
            let bindings = keymap.bindings.filter { $0.context == context && !$0.keys.isEmpty }
            if bindings.isEmpty { continue }
            if !lines.isEmpty { lines.append([]) }
            lines.append([Span(context.rawValue, .title)])
            lines += bindings.flatMap {
                Self.row($0.keyNames, $0.title, left: columns < 60 ? 15 : 20, columns: columns)
            }
        }
        lines += [[], [Span("Commands", .title)]]
        let left = columns < 60 ? 18 : 32
        lines += SlashCommand.all.flatMap { command in
            Self.row(command.usage, command.summary, left: left, columns: columns)
        }
        return lines
    }

    /// A name, and what it means beside it; below it where the name is too long for that.
    private static func row(_ name: String, _ text: String, left: Int, columns: Int) -> [PageLine] {
        let isBeside = TextWidth.columns(of: name) < left
        let texts = Wrap.lines(of: text, columns: columns - left)
        let beside = texts.enumerated().map { index, text in
            [Span(padded(isBeside && index == 0 ? name : "", left), .key), Span(text, .text)]
        }
        return isBeside ? beside : [[Span(name, .key)]] + beside
    }
}
