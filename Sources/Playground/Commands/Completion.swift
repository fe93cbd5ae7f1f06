import Screen

/// What could end the command that is being typed.
struct Completion: Sendable, Equatable {
    /// One way to go on.
    struct Candidate: Sendable, Equatable {
        /// What the prompt would hold.
        var text: String
        /// What is listed.
        var title: String
        var detail: String
    }

    var candidates: [Candidate] = []
    var selected = 0

    var isOpen: Bool { !candidates.isEmpty }
}

extension State {
    /// Finds what could end the command in the prompt; nothing where there is none.
    mutating func updateCompletion() {
        let text = prompt.text
        completion = Completion()
        guard text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains(where: \.isNewline), prompt.isAtEnd else {
            return
        }
        guard let space = text.lastIndex(of: " ") else {
            let typed = text.dropFirst()
            completion.candidates = SlashCommand.all.filter { $0.name.hasPrefix(typed) }.map { command in
                Completion.Candidate(
                    text: "/\(command.name)" + (command.arguments.isEmpty ? "" : " "),
                    title: command.usage, detail: command.summary)
            }
            return
        }
        let name = text.dropFirst().prefix { $0 != " " }
        guard let command = SlashCommand.named(name) else { return }
        let before = text[...space]
        let typed = text[text.index(after: space)...]
        completion.candidates = suggestions(for: command).filter { $0.hasPrefix(typed) && $0 != typed }.map {
            Completion.Candidate(text: before + $0, title: $0, detail: "")
        }
    }

    private func suggestions(for command: SlashCommand) -> [String] {
        var suggestions = command.suggestions(self)
        if command.arguments.contains("@PANE") {
            suggestions += panes.compactMap { $0.role.map { "@\($0.rawValue)" } } + panes.indices.map { "@\($0 + 1)" }
        }
        return suggestions
    }

    /// Writes the candidate that is chosen. What all candidates begin with comes first.
    mutating func complete() {
        guard completion.candidates.indices.contains(completion.selected) else { return }
        prompt.complete(with: completion.candidates[completion.selected].text)
        updateCompletion()
    }

    mutating func stepCompletion(by step: Int) {
        let count = completion.candidates.count
        guard count > 0 else { return }
        completion.selected = (completion.selected + step + count) % count
    }
}
