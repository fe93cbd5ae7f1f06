import Screen

extension PlainPlayground {
    /// Takes a line, or several that belong together: a prompt, a command, a number of the list that was written last,
    /// a vote, or what goes behind a prompt that waits for more.
    public mutating func enter(_ line: String) -> Step {
        state.notice = nil
        state.isLeavingArmed = false
        if isInteractive { text.noteLineBreak() } else { echo(line) }
        let words = line.trimmed
        let listed = told.hasDialog ? state.dialog : nil
        told.hasDialog = false
        state.dialog = nil
        if words.hasPrefix("/"), !words.hasPrefix("//") { return finish(run(command: words)) }
        if asksForVote { return finish(vote(words)) }
        if let listed, let number = Int(words) { return finish(choose(number, in: listed)) }
        return finish(send(line))
    }

    /// Repeats a line that no terminal has shown.
    mutating func echo(_ line: String) {
        guard !isInteractive else { return }
        text.separate()
        for part in line.split(separator: "\n", omittingEmptySubsequences: false) { text.line("> \(part)") }
    }

    private mutating func vote(_ words: String) -> [Effect] {
        switch words.lowercased() {
        case "l", "left": return state.vote(.left)
        case "r", "right": return state.vote(.right)
        case "t", "tie", "=": return state.vote(.tie)
        case "b", "bad", "both bad", "both", "0": return state.vote(.bothBad)
        default:
            text.line("Which answer is better? l is left, r right, t a tie, b both bad; /blind shows the names.")
            return []
        }
    }

    private mutating func choose(_ number: Int, in dialog: Dialog) -> [Effect] {
        state.dialog = dialog
        let count: Int =
            switch dialog {
            case .list(let list): state.rows(of: list).count
            default: state.library.listings?.count ?? 0
            }
        guard (1...max(1, count)).contains(number), count > 0 else {
            told.hasDialog = true
            text.line("There is no \(number) in this list; it ends with \(count).")
            return []
        }
        let effects: [Effect]
        switch dialog {
        case .models(var picker):
            picker.selected = number - 1
            state.dialog = .models(picker)
            effects = state.choose()
        case .list(var list):
            list.selected = number - 1
            effects = state.choose(in: list)
        case .parameters, .systemPrompt, .page, .fields: effects = []
        }
        // A model that is pulled leaves the list open on a screen; a task asks for what it needs.
        if case .fields = state.dialog {} else { state.dialog = nil }
        if !state.prompt.isEmpty { text.line(state.prompt.text) }
        return effects
    }

    /// Sends a prompt. One that waits is completed first: the line takes the place of what stands in double braces, or
    /// goes behind it.
    private mutating func send(_ line: String) -> [Effect] {
        let waiting = state.prompt.text
        let isBlank = !line.contains { !$0.isWhitespace }
        told.waitingPrompt = ""
        guard !waiting.isEmpty else {
            if isBlank, state.editedTurn != nil {
                state.editedTurn = nil
                text.line("All stays as it was.")
            }
            state.prompt.complete(with: line)
            let effects = state.send()
            if isBlank { state.prompt.clear() }
            return effects
        }
        if state.fillingIn != nil, state.prompt.hasPlaceholder {
            guard !isBlank, state.prompt.takePlaceholder() != nil else { return [] }
            state.prompt.insert(line)
            return state.prompt.hasPlaceholder ? [] : state.send()
        }
        if !isBlank { state.prompt.complete(with: waiting + (waiting.hasSuffix("\n") ? "" : "\n") + line) }
        return state.send()
    }

    /// Says what a prompt that isn't sent yet waits for.
    mutating func writeWaitingPrompt() {
        let waiting = state.prompt.text
        guard waiting != told.waitingPrompt else { return }
        told.waitingPrompt = waiting
        guard !waiting.isEmpty else { return }
        if state.fillingIn != nil, let name = state.prompt.placeholderName {
            text.line("Write what stands for {{\(name)}}.")
        } else {
            text.line("An empty line sends this; what you write goes behind it.")
        }
    }
}

extension PlainPlayground {
    /// Why a command that only makes sense on a full screen isn't done; nil for the others.
    static func reasonAgainst(_ command: some StringProtocol) -> String? {
        switch command {
        case "theme": "Themes have no effect here: plain text has no colours."
        case "heat": "Plain text has no colours; /inspect lists each token's likelihood and latency."
        case "zoom": "There are no panes to zoom in plain text."
        case "raw": "Plain text always shows answers letter by letter."
        case "mouse": "The mouse is always the terminal's in plain text."
        case "redraw": "Plain text is never drawn anew."
        case "suspend": "Ctrl+Z goes back to the shell for a while."
        case "workbench": "The task's lines come by themselves; /report FILE writes what it brought."
        case "editor": "The editor needs a full screen; /read FILE takes a prompt that you wrote in it."
        default: nil
        }
    }

    private mutating func run(command line: String) -> [Effect] {
        let name = line.dropFirst().prefix { !$0.isWhitespace }
        if let reason = Self.reasonAgainst(name) {
            text.line(reason)
            return []
        }
        let arguments = try? CommandArguments(String(line.dropFirst(name.count + 1)), in: state)
        if name == "copy", arguments?.text.isEmpty == true {
            text.line("The clipboard needs a full screen; /copy FILE writes the answer to a file.")
            return []
        }
        let waiting = state.prompt
        state.prompt.clear()
        told.renderedPane = arguments?.panes.first
        if name == "prompt" { state.renderedPrompts = [:] }
        let effects = state.runCommand(line)
        switch name {
        case "inspect": writeInspector(isList: arguments?.text.isEmpty == true)
        case "edit" where state.editedTurn != nil:
            text.line(state.prompt.text)
            text.line("The next line takes the place of this prompt and of what came behind it; an empty one doesn't.")
            state.notice = nil
            state.prompt.clear()
        case "undo": state.prompt.clear()
        default: break
        }
        if state.prompt.isEmpty { state.prompt = waiting }
        // No pane is focused where there are no panes to see.
        if !asksForVote { state.focus = .prompt }
        return effects
    }
}

extension String {
    fileprivate var trimmed: String {
        let head = drop(while: \.isWhitespace)
        return String(head.reversed().drop(while: \.isWhitespace).reversed())
    }
}
