import Reports

extension SlashCommand {
    static let models: [SlashCommand] = [
        SlashCommand(
            "model", "[MODEL] [@PANE]", "choose a model, or pull one", action: .models, suggestions: modelNames
        ) { state, arguments in
            guard !arguments.text.isEmpty else {
                if let pane = arguments.panes.first { state.focus = .pane(pane) }
                return state.perform(.models)
            }
            return state.choose(arguments.text, for: arguments.pane(in: state))
        },
        SlashCommand("add", "MODEL", "open another pane beside the others", suggestions: modelNames) {
            state, arguments throws(CommandProblem) in
            guard !arguments.text.isEmpty else { throw CommandProblem("Which model?") }
            return try state.addPane(arguments.text)
        },
        SlashCommand("close", "[@PANE]", "close a pane", action: .closePane) {
            state, arguments throws(CommandProblem) in
            try arguments.requireNoWords()
            // From the prompt, the pane that was added last is the one meant.
            let focused = if case .pane(let index) = state.focus { index } else { state.panes.count - 1 }
            return try state.closePane(arguments.panes.first ?? focused)
        },
        SlashCommand("swap", "[@PANE] [@PANE]", "let two panes change places", action: .swapPanes) {
            state, arguments throws(CommandProblem) in
            try arguments.requireNoWords()
            let first = arguments.pane(in: state)
            return try state.swapPanes(first, arguments.panes.dropFirst().first ?? (first + 1) % state.panes.count)
        },
        SlashCommand(
            "set", "NAME VALUE [@PANE]", "change a parameter, such as /set temperature 0.7", action: .parameters,
            suggestions: parameterNames
        ) { state, arguments throws(CommandProblem) in
            guard !arguments.text.isEmpty else { return state.perform(.parameters) }
            return try state.set(arguments)
        },
        SlashCommand("context", "TOKENS [@PANE]", "tokens of context; loads the models anew") {
            state, arguments throws(CommandProblem) in
            try state.setParameter(.contextLength, to: arguments.text, for: arguments.scope(in: state))
        },
    ]

    private static let parameterNames: @Sendable (State) -> [String] = { _ in Parameter.allCases.map(\.commandName) }
    private static let modelNames: @Sendable (State) -> [String] = { $0.library.listings?.map(\.id) ?? [] }
}

extension Parameter {
    /// The name on a command line, such as "repetition-penalty".
    var commandName: String { String(rawValue.map { $0 == " " ? "-" : $0 }) }
}

extension State {
    fileprivate mutating func set(_ arguments: CommandArguments) throws(CommandProblem) -> [Effect] {
        let parts = arguments.text.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "=" })
        guard let name = parts.first, let parameter = Parameter.allCases.first(where: { $0.commandName == name }) else {
            let known = Parameter.allCases.map(\.commandName).joined(separator: ", ")
            throw CommandProblem("Known parameters are \(known).")
        }
        let value = parts.count > 1 ? parts[1].filter { !$0.isWhitespace && $0 != "=" } : ""
        return try setParameter(parameter, to: value, for: arguments.scope(in: self))
    }

    /// Changes one parameter of some panes; "none" leaves it open.
    fileprivate mutating func setParameter(
        _ parameter: Parameter, to word: String, for scope: Scope
    ) throws(CommandProblem) -> [Effect] {
        guard !word.isEmpty else {
            throw CommandProblem("\(parameter.commandName) needs a value: \(parameter.expected).")
        }
        if parameter == .contextLength, workbench?.isRunning == true { try requireFreeModels() }
        let value = word == "none" ? "" : word
        var scratch = PaneSettings()
        guard parameter.set(value, in: &scratch) else {
            throw CommandProblem("\(parameter.commandName) must be \(parameter.expected), not '\(word)'.")
        }
        let others = parameter == .contextLength ? contextOfServers(in: scope) : nil
        let local = scope.indices(in: self).filter { parameter != .contextLength || !isOnServer(panes[$0]) }
        if let others, local.isEmpty { throw CommandProblem(others) }
        let effects = change(scope) { settings in _ = parameter.set(value, in: &settings) }
        let names = others == nil ? name(of: scope) : local.map { label($0) }.joined(separator: " and ")
        tell(
            .information,
            "\(parameter.rawValue) is \(value.isEmpty ? "open" : value) for \(names), "
                + (parameter == .contextLength ? "opened anew with it." : "from the next prompt on.")
                + (others.map { " \($0)" } ?? ""))
        return effects
    }
}
