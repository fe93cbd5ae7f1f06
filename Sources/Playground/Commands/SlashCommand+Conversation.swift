extension SlashCommand {
    static let conversation: [SlashCommand] = [
        SlashCommand("help", "keys and commands", action: .help),
        SlashCommand("clear", "new conversation", action: .newConversation),
        SlashCommand("undo", "take the latest prompt back, or bring a former answer back", action: .undo),
        SlashCommand("regen", "[@PANE]", "answer the latest prompt once more", action: .regenerate) {
            state, arguments throws(CommandProblem) in
            try arguments.requireNoWords()
            return state.regenerate(in: arguments.scope(in: state).indices(in: state))
        },
        SlashCommand("edit", "[NUMBER]", "write an earlier prompt anew", action: .editTurn) {
            state, arguments throws(CommandProblem) in
            guard !arguments.text.isEmpty else { return state.perform(.editTurn) }
            guard let number = Int(arguments.text), state.longestConversation.indices.contains(number - 1) else {
                throw CommandProblem("There is no prompt \(arguments.text).")
            }
            state.editTurn(number - 1)
            return []
        },
        SlashCommand(
            "system", "[TEXT] [@PANE]", "system prompt; 'none' empties it", action: .systemPrompt
        ) { state, arguments in
            guard !arguments.text.isEmpty else {
                state.openSystemPrompt(arguments.scope(in: state))
                return []
            }
            let scope = arguments.scope(in: state)
            state.setSystemPrompt(arguments.text == "none" ? "" : arguments.text, for: scope)
            state.tell(.information, "System prompt of \(state.name(of: scope)), from the next prompt on.")
            return []
        },
        SlashCommand(
            "start", "[TASK]", "prompts to start from, by task", action: .starters,
            suggestions: { state in
                state.starters.map(\.task).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            },
            perform: { state, arguments in
                let effects = state.perform(.starters)
                state.changeList { $0.filter = arguments.text }
                return effects
            }),
        SlashCommand("history", "[WORDS]", "search the prompts of earlier times", action: .history) {
            state, arguments in
            let effects = state.perform(.history)
            state.changeList { $0.filter = String(arguments.text.prefix(40)) }
            return effects
        },
        SlashCommand("editor", "write the prompt in your own editor", action: .externalEditor),
    ]
}
