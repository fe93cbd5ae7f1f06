extension Keymap {
    /// The key table as Markdown, one section a context, for the README.
    public func markdownTable() -> String {
        var lines = ["| where | keys | what |", "|---|---|---|"]
        for context in KeyContext.allCases {
            for (index, binding) in bindings.filter({ $0.context == context }).enumerated() {
                let keys = binding.keys.map { "`\($0.name)`" }.joined(separator: ", ")
                lines.append("| \(index == 0 ? context.rawValue : "") | \(keys) | \(binding.title) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Keymap {
    /// The commands as Markdown, for the README.
    public static func markdownCommands() -> String {
        var lines = ["| command | what |", "|---|---|"]
        for command in SlashCommand.all {
            lines.append("| `\(command.usage.replacing("|", with: "\\|"))` | \(command.summary) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
