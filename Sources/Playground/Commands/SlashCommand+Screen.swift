extension SlashCommand {
    static let screen: [SlashCommand] = [
        SlashCommand(
            "theme", "[NAME]", "choose a theme", action: .themes, suggestions: themeNames
        ) { state, arguments throws(CommandProblem) in
            guard !arguments.text.isEmpty else { return state.perform(.themes) }
            guard let index = state.appearance.themes.firstIndex(where: { $0.name == arguments.text }) else {
                let known = state.appearance.themes.map(\.name).joined(separator: ", ")
                throw CommandProblem("No theme is called '\(arguments.text)'; there are \(known).")
            }
            state.appearance.select(index)
            return []
        },
        SlashCommand("zoom", "[@PANE]", "give one pane the whole screen", action: .zoom) {
            state, arguments throws(CommandProblem) in
            try arguments.requireNoWords()
            state.toggleZoom(arguments.pane(in: state))
            return []
        },
        SlashCommand(
            "heat", "[off|logprob|latency]", "colour tokens by likelihood or by latency", action: .nextHeat,
            suggestions: heatNames
        ) { state, arguments throws(CommandProblem) in
            guard !arguments.text.isEmpty else { return state.perform(.nextHeat) }
            guard let heat = Heat(rawValue: arguments.text) else {
                throw CommandProblem("The colours tell 'logprob', 'latency' or nothing ('off').")
            }
            state.setHeat(heat)
            return []
        },
        SlashCommand("raw", "show answers letter by letter, or as Markdown", action: .toggleMarkdown),
        SlashCommand("thoughts", "what models thought, in full or in one line", action: .toggleThoughts),
        SlashCommand("mouse", "listen to the mouse, or leave it to the terminal's selection", action: .toggleMouse),
        SlashCommand("redraw", "draw the screen anew", action: .redraw),
        SlashCommand("suspend", "back to the shell for a while", action: .suspend),
        SlashCommand("quit", "leave Diptych", action: .exit),
    ]

    private static let themeNames: @Sendable (State) -> [String] = { $0.appearance.themes.map(\.name) }
    private static let heatNames: @Sendable (State) -> [String] = { _ in Heat.allCases.map(\.rawValue) }
}
