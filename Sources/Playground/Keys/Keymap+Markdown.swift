extension Keymap {
    /// The key table as Markdown, one section a context, for the README.
    public static func markdownTable() -> String {
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
