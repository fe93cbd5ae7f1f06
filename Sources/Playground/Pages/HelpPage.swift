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
            lines += bindings.map { Self.row($0.keyNames, $0.title, left: columns < 60 ? 15 : 20, columns: columns) }
        }
        lines += [[], [Span("Commands", .title)]]
        let left = columns < 60 ? 18 : 32
        lines += SlashCommand.all.map { command in
            Self.row("/\(command.name) \(command.arguments)", command.summary, left: left, columns: columns)
        }
        return lines
    }

    private static func row(_ name: String, _ text: String, left: Int, columns: Int) -> PageLine {
        let name = TextWidth.truncate(name, to: left - 1)
        let padding = String(repeating: " ", count: max(0, left - TextWidth.columns(of: name)))
        return [Span(name + padding, .key), Span(TextWidth.truncate(text, to: columns - left), .text)]
    }
}
