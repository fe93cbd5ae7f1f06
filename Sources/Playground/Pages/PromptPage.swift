import Chat
import Screen

extension State {
    /// A model's prompt, token by token.
    func promptPage(of pane: Int, columns: Int) -> [PageLine] {
        guard panes.indices.contains(pane) else { return [] }
        switch renderedPrompts[panes[pane].id] {
        case nil: return [[Span("making the prompt…", .muted)]]
        case .failure(let reason):
            return PageText.lines(reason, role: .error, columns: columns)
                + panes[pane].promptLines.flatMap { PageText.lines($0, role: .muted, columns: columns) }
        case .success(let prompt):
            var lines = PageText.lines(prompt.counts, role: .muted, columns: columns)
            for note in prompt.notes { lines += PageText.lines("! " + note, role: .warning, columns: columns) }
            return lines + [[]] + Self.tokens(prompt.pieces, columns: columns)
        }
    }

    /// Tokens after each other, told apart by their backgrounds; a line break in a token ends its line.
    private static func tokens(_ pieces: [RenderedPrompt.Piece], columns: Int) -> [PageLine] {
        var flow = TokenFlow(columns: columns)
        for (index, piece) in pieces.enumerated() {
            flow.add(piece.text, role: piece.isSpecial ? .key : index.isMultiple(of: 2) ? .tokenEven : .tokenOdd)
        }
        return flow.finish()
    }
}

extension Pane {
    /// Why a server's prompt can't be seen, and what can.
    var promptLines: [String] {
        guard let server = profile?.server else { return [] }
        return [
            "\(server.shownHost) makes the prompt itself, with a template of its own, and doesn't show it. What it is "
                + "sent are the messages of the conversation; a file of the same model, opened here, shows its prompt."
        ]
    }
}

extension RenderedPrompt {
    /// How many tokens there are, and how many there could be.
    var counts: String {
        let special = pieces.count { $0.isSpecial }
        return "\(pieces.count) tokens, \(special) of them special; the context holds \(contextLength)"
    }
}

/// Puts tokens into lines, wherever they break.
struct TokenFlow {
    let columns: Int
    private var lines: [PageLine] = []
    private var line: PageLine = []
    private var used = 0

    init(columns: Int) { self.columns = max(1, columns) }

    mutating func add(_ text: String, role: Role) {
        for character in VisibleText.of(text) {
            let isBreak = character.isNewline
            let shown: Character = isBreak ? "↵" : character == "\t" ? "→" : character
            let width = TextWidth.columns(of: shown)
            if used + width > columns { endLine() }
            if line.last?.role == role, !line.isEmpty {
                line[line.count - 1].text.append(shown)
            } else {
                line.append(Span(String(shown), role))
            }
            used += width
            if isBreak { endLine() }
        }
    }

    mutating func finish() -> [PageLine] {
        if !line.isEmpty { endLine() }
        return lines
    }

    private mutating func endLine() {
        lines.append(line)
        line = []
        used = 0
    }
}

/// Text of a page.
enum PageText {
    static func lines(_ text: String, role: Role, columns: Int) -> [PageLine] {
        Wrap.lines(of: VisibleText.of(text), columns: columns).map { [Span($0, role)] }
    }
}
