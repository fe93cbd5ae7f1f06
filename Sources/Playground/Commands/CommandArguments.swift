import Chat

/// What stands behind a command's name.
struct CommandArguments: Equatable {
    /// All of it, but for pane names.
    var text = ""
    /// The panes that were named, such as "@small" or "@2".
    var panes: [Int] = []

    init() {}

    /// - Throws: a ``CommandProblem`` where a pane is named that isn't there.
    init(_ text: String, in state: State) throws(CommandProblem) {
        var rest: [Substring] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            guard word.hasPrefix("@"), word.count > 1, !word.contains("/") else {
                rest.append(word)
                continue
            }
            panes += try Self.panes(named: word.dropFirst(), in: state)
        }
        self.text = Self.trimmed(rest.joined(separator: " "))
    }

    var words: [String] { text.split(whereSeparator: \.isWhitespace).map { String($0) } }

    /// The panes that were named; the focused one or all where none was.
    func scope(in state: State) -> Scope {
        if let first = panes.first, panes.count == 1 { return .pane(first) }
        return panes.isEmpty ? state.focusedScope : .all
    }

    /// The first pane that was named; where none was, the one that keys act on.
    func pane(in state: State) -> Int { panes.first ?? state.focusedPane }

    /// - Throws: where there are words that the command has no use for.
    func requireNoWords() throws(CommandProblem) {
        guard text.isEmpty else { throw CommandProblem("'\(text)' means nothing here.") }
    }

    private static func panes(named name: Substring, in state: State) throws(CommandProblem) -> [Int] {
        if name == "all" { return Array(state.panes.indices) }
        if let number = Int(name), state.panes.indices.contains(number - 1) { return [number - 1] }
        if let role = PaneRole(rawValue: String(name)), let index = state.panes.firstIndex(where: { $0.role == role }) {
            return [index]
        }
        let known =
            state.panes.indices.map { "@\($0 + 1)" } + state.panes.compactMap { $0.role.map { "@\($0.rawValue)" } }
        throw CommandProblem("There is no pane @\(name); there are \(known.joined(separator: ", ")).")
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
