/// Something that can be asked for by typing its name behind a slash, or by choosing it among the commands.
struct SlashCommand: Sendable {
    let name: String
    /// What may follow the name, such as "[MODEL] [@PANE]".
    let arguments: String
    /// What it does, for people.
    let summary: String
    /// What its key asks for, where it has one.
    let action: Action?
    /// What the words behind the name could be.
    let suggestions: @Sendable (State) -> [String]
    let perform: @Sendable (inout State, CommandArguments) throws(CommandProblem) -> [Effect]

    init(
        _ name: String, _ arguments: String = "", _ summary: String, action: Action? = nil,
        suggestions: @escaping @Sendable (State) -> [String] = { _ in [] },
        perform: @escaping @Sendable (inout State, CommandArguments) throws(CommandProblem) -> [Effect]
    ) {
        self.name = name
        self.arguments = arguments
        self.summary = summary
        self.action = action
        self.suggestions = suggestions
        self.perform = perform
    }

    /// A command that does what a key does.
    init(_ name: String, _ summary: String, action: Action) {
        self.init(name, "", summary, action: action) { state, arguments throws(CommandProblem) in
            try arguments.requireNoWords()
            return state.perform(action)
        }
    }

    /// How it is written: its name and what may follow it.
    var usage: String { arguments.isEmpty ? "/\(name)" : "/\(name) \(arguments)" }

    /// Whether it can't be done without a word behind its name.
    var needsArguments: Bool { !arguments.isEmpty && !arguments.hasPrefix("[") }

    /// Every command, in the order in which they are listed.
    static let all: [SlashCommand] = conversation + models + comparing + working + files + screen

    static func named(_ name: some StringProtocol) -> SlashCommand? { all.first { $0.name == name } }
}

/// Why a command can't be done, on one line.
struct CommandProblem: Error, Equatable {
    let text: String

    init(_ text: String) { self.text = text }
}

extension State {
    /// Does what was typed behind a slash. What can't be done stays in the prompt.
    mutating func runCommand(_ line: String) -> [Effect] {
        let name = line.dropFirst().prefix { !$0.isWhitespace }
        guard let command = SlashCommand.named(name) else {
            tell(.warning, "There is no command /\(name); F1 lists them. // sends a text that begins with a slash.")
            return []
        }
        guard !isReplay || !command.changesConversation else {
            tellOfReplay()
            return []
        }
        guard workbench?.isRunning != true || command.action?.changesConversation != true else {
            tellOfTask()
            return []
        }
        let (written, edited) = (prompt, editedTurn)
        _ = prompt.take()
        editedTurn = nil
        completion = Completion()
        do {
            let text = String(line.dropFirst(name.count + 1))
            let effects = try command.perform(&self, try CommandArguments(text, in: self))
            // A command that only brought a warning was refused: it may be sent again when the answers are there.
            if effects.isEmpty, notice?.kind == .warning, prompt.isEmpty {
                (prompt, editedTurn) = (written, edited)
            }
            // A task that was stopped goes on another day, too.
            let isTask = effects.contains { if case .runTask = $0 { true } else { false } }
            return isTask ? effects + [.remember(line)] : effects
        } catch {
            // What was typed can be mended.
            (prompt, editedTurn) = (written, edited)
            let usage = command.arguments.isEmpty ? "" : "  ·  \(command.usage)"
            tell(.warning, "\(error.text)\(usage)")
            return []
        }
    }

    /// Does a command that was chosen from a list, or begins to write it where it needs words.
    mutating func choose(_ command: SlashCommand) -> [Effect] {
        guard command.needsArguments else {
            // The prompt being written is no part of it.
            do {
                return try command.perform(&self, CommandArguments())
            } catch {
                tell(.warning, error.text)
                return []
            }
        }
        write("/\(command.name) ")
        updateCompletion()
        return []
    }
}
