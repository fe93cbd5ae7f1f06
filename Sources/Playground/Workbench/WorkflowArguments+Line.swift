extension WorkflowArguments {
    /// The command that says what was filled in; nil for a value that no command can hold, since quotes divide words.
    /// - Parameter panes: indices of those that take part; all where there are none.
    static func line(of workflow: Workflow, _ values: [String: String], panes: [Int] = []) -> String? {
        var words = ["/\(workflow.name)"]
        // A value whose name is left out stands behind all of those before it.
        var isInOrder = true
        for field in workflow.fields {
            let text = values[field.name]?.withoutOuterBlanks ?? ""
            guard !text.contains("\"") else { return nil }
            if case .choice(let choices) = field.rule, text == choices.first { continue }
            guard !text.isEmpty else {
                isInOrder = false
                continue
            }
            let isWord = !text.contains { $0.isWhitespace || $0 == "=" } && !text.hasPrefix("@")
            let value = isWord ? text : "\"\(text)\""
            words.append(field.isPositional && isInOrder ? value : "\(field.name)=\(value)")
        }
        return (words + panes.map { "@\($0 + 1)" }).joined(separator: " ")
    }
}
