extension SlashCommand {
    static let files: [SlashCommand] = [
        SlashCommand("read", "FILE", "put a file's text into the prompt") { _, arguments throws(CommandProblem) in
            [.readFile(try path(arguments))]
        },
        SlashCommand("copy", "[FILE] [@PANE]", "copy an answer to the clipboard, or to a file", action: .copyAnswer) {
            state, arguments throws(CommandProblem) in
            let pane = arguments.pane(in: state)
            guard let answer = state.panes[pane].turns.last?.answer.text, !answer.isEmpty, !state.isHidden else {
                throw CommandProblem("There is no answer to copy yet.")
            }
            return arguments.text.isEmpty ? [.copy(answer)] : [.writeFile(path: arguments.text, text: answer)]
        },
        SlashCommand("save", "FILE", "keep the recorded conversation in a file") {
            _, arguments throws(CommandProblem) in
            [.saveSession(path: try path(arguments))]
        },
        SlashCommand("load", "FILE", "go on with a recorded conversation") { state, arguments throws(CommandProblem) in
            try state.requireFreeModels()
            return [.loadSession(path: try path(arguments))]
        },
        SlashCommand("export", "FILE", "write the conversation as .md, .json or .html") {
            _, arguments throws(CommandProblem) in
            let path = try path(arguments)
            guard [".md", ".json", ".html"].contains(where: { path.hasSuffix($0) }) else {
                throw CommandProblem("The file's name must end in .md, .json or .html.")
            }
            return [.exportSession(path: path)]
        },
    ]

    private static func path(_ arguments: CommandArguments) throws(CommandProblem) -> String {
        guard !arguments.text.isEmpty else { throw CommandProblem("Which file?") }
        return arguments.text
    }
}
