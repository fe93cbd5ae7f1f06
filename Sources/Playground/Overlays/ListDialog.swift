import Screen

/// A dialog that finds one thing of many by its words.
public struct ListDialog: Sendable, Equatable {
    /// What is listed. Each kind says in one place what its rows are and what choosing one does.
    public enum Kind: Sendable, Equatable, CaseIterable {
        case commands, workflows, history, starters, themes, turns
    }

    public let kind: Kind
    public internal(set) var filter = ""
    /// Index of the chosen row among those that match.
    public internal(set) var selected = 0
    /// The theme to go back to if none is chosen.
    var formerTheme: Int?

    init(_ kind: Kind) { self.kind = kind }

    mutating func type(_ character: Character) {
        guard !character.isNewline, filter.count < 40 else { return }
        filter.append(character)
        selected = 0
    }

    mutating func erase(all: Bool) {
        filter = all ? "" : String(filter.dropLast())
        selected = 0
    }
}

/// One row of a list dialog.
struct ListRow: Equatable {
    /// What stands on the left, and is searched.
    var title: String
    /// What stands on the right.
    var detail = ""
    /// Index among all rows of the list.
    var index: Int
}

extension ListDialog.Kind {
    var title: String {
        switch self {
        case .commands: "Commands"
        case .workflows: "How small and large work together"
        case .history: "Earlier prompts"
        case .starters: "Prompts to start from"
        case .themes: "Themes"
        case .turns: "Which prompt to write anew"
        }
    }

    /// What Enter does.
    var verb: String {
        switch self {
        case .commands, .workflows: "do it"
        case .history, .starters, .turns: "write"
        case .themes: "use"
        }
    }

    var emptyText: String {
        switch self {
        case .commands: "no command has these words"
        case .workflows: "no way has these words"
        case .history: "no earlier prompt has these words"
        case .starters: "no prompt has these words"
        case .themes: "no theme has this name"
        case .turns: "no prompt has these words"
        }
    }
}

extension State {
    /// The rows of a list that contain every word of its filter.
    func rows(of list: ListDialog) -> [ListRow] {
        let words = list.filter.lowercased().split(separator: " ")
        return allRows(of: list.kind).filter { row in
            let text = (row.title + " " + row.detail).lowercased()
            return words.allSatisfy { text.contains($0) }
        }
    }

    /// How many rows there are without a filter.
    func count(of kind: ListDialog.Kind) -> Int {
        switch kind {
        case .commands: SlashCommand.all.count
        case .workflows: Workflow.all.count
        case .history: prompt.history.count
        case .starters: starters.count
        case .themes: appearance.themes.count
        case .turns: longestConversation.count
        }
    }

    private func allRows(of kind: ListDialog.Kind) -> [ListRow] {
        switch kind {
        case .commands:
            SlashCommand.all.enumerated().map { index, command in
                let keys = command.action.map { keymap.keyNames(of: $0) } ?? ""
                return ListRow(title: "/\(command.name)  \(command.summary)", detail: keys, index: index)
            }
        case .workflows:
            Workflow.all.enumerated().map { index, workflow in
                let isOn = workflow.way == .speculate && settings.speculates
                return ListRow(title: "\(workflow.name)  \(workflow.summary)", detail: isOn ? "on" : "", index: index)
            }
        case .history:
            prompt.history.enumerated().reversed().map { ListRow(title: $1.onOneLine, index: $0) }
        case .starters:
            starters.enumerated().map { ListRow(title: $1.title, detail: $1.task, index: $0) }
        case .themes:
            appearance.themes.enumerated().map { ListRow(title: $1.name, index: $0) }
        case .turns:
            longestConversation.enumerated().reversed().map {
                ListRow(title: "\($0 + 1)  \($1.prompt.onOneLine)", index: $0)
            }
        }
    }

    /// The turns of the pane that has most of them.
    var longestConversation: [Turn] { panes.map(\.turns).max { $0.count < $1.count } ?? [] }

    mutating func openList(_ kind: ListDialog.Kind) {
        var list = ListDialog(kind)
        if kind == .themes {
            list.selected = appearance.selected
            list.formerTheme = appearance.selected
        }
        dialog = .list(list)
    }

    /// Changes the list that is open; a theme is shown as soon as it is the chosen one.
    mutating func changeList(_ change: (inout ListDialog) -> Void) {
        guard case .list(var list) = dialog else { return }
        change(&list)
        let rows = rows(of: list)
        list.selected = min(max(0, list.selected), max(0, rows.count - 1))
        if list.kind == .themes, rows.indices.contains(list.selected) {
            appearance.select(rows[list.selected].index)
        }
        dialog = .list(list)
    }

    /// Closes a list without choosing from it.
    mutating func leave(_ list: ListDialog) {
        if let theme = list.formerTheme { appearance.select(theme) }
        dialog = nil
    }

    mutating func choose(in list: ListDialog) -> [Effect] {
        let rows = rows(of: list)
        guard rows.indices.contains(list.selected) else { return [] }
        let index = rows[list.selected].index
        dialog = nil
        switch list.kind {
        case .commands: return choose(SlashCommand.all[index])
        case .workflows: return choose(Workflow.all[index])
        case .history: write(prompt.history[index])
        case .starters:
            write(starters[index].text)
            fillingIn = FillingIn()
        case .themes:
            appearance.select(index)
            tell(.information, "Theme: \(appearance.theme.name)")
        case .turns: editTurn(index)
        }
        return []
    }

    /// Puts a text into the prompt, to be sent or changed. What stood there is kept among the earlier prompts.
    mutating func write(_ text: String) {
        inspector = nil
        workbench?.isShown = false
        focus = .prompt
        prompt.replace(with: text)
        fillingIn = nil
        completion = Completion()
    }
}

extension String {
    /// Without line breaks, for a row of a list.
    var onOneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ⏎ ") }
}
