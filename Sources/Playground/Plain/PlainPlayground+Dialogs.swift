import Chat
import Reports
import Screen

extension PlainPlayground {
    /// Writes what a dialog would show, once. Lists stay open for the number of one of their rows.
    mutating func writeDialog() {
        guard let dialog = state.dialog, !told.hasDialog else { return }
        switch dialog {
        case .page(let page):
            switch page.kind {
            case .help: writeHelp()
            case .figures: write(page: page)
            case .prompt:
                guard awaited == 0 else { return }
                writePrompts()
            // Written while they are under way.
            case .repeats, .follow, .example: break
            }
            state.dialog = nil
        case .models(let picker):
            if awaited == 0 { writeModels(for: picker) }
        case .list(let list): write(list)
        case .parameters(let form): writeParameters(of: form.scope)
        case .systemPrompt(let form): writeSystemPrompts(of: form.scope)
        case .fields(let form): write(form)
        }
    }

    /// The commands; keys there are none of.
    private mutating func writeHelp() {
        text.separate()
        text.line("A line is a prompt for every model, or a command:")
        let commands = SlashCommand.all.filter { Self.reasonAgainst($0.name) == nil }
        let rows = commands.map { ["/\($0.name) \($0.arguments)", $0.summary] }
        let width = rows.map { TextWidth.columns(of: $0[0]) }.max() ?? 0
        for row in rows { text.line(State.padded(row[0], width + 2) + row[1]) }
        text.line("// sends a text that begins with a slash. A backslash at a line's end goes on with the next line.")
        text.line("Ctrl+C stops the answers; twice it leaves. Ctrl+D leaves.")
        text.separate()
    }

    private mutating func writePrompts() {
        for index in state.panes.indices where told.renderedPane ?? index == index {
            text.separate()
            text.line("What \(state.label(index)) sees, a bar between tokens")
            switch state.renderedPrompts[state.panes[index].id] {
            case nil: text.line("no model is open")
            case .failure(let reason):
                text.line(reason)
                for line in state.panes[index].promptLines { text.line(line) }
            case .success(let prompt):
                text.line(prompt.counts)
                for note in prompt.notes { text.line(note) }
                for line in Self.lines(of: prompt.pieces) { text.line(line) }
            }
        }
        text.separate()
    }

    /// Tokens after each other, a bar between them; a line break in a token ends its line.
    private static func lines(of pieces: [RenderedPrompt.Piece]) -> [String] {
        let text = pieces.map { piece in
            piece.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "↵\n")
        }
        .joined(separator: "|")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        return lines.last == "" ? lines.dropLast() : lines
    }

    private mutating func writeModels(for picker: ModelPicker) {
        let pane = state.panes[picker.pane]
        text.separate()
        text.line("Models for \(state.label(picker.pane)), now \(pane.nameAndPlace)")
        guard let listings = state.library.listings, !listings.isEmpty else {
            text.line(state.library.failure ?? "no models found")
            state.dialog = nil
            return
        }
        let rows = listings.enumerated().map { index, listing in
            let row = ModelRow(listing, state: state, pane: pane)
            return ["\(index + 1)", row.name, row.size, row.status.text, listing.obstacleToAnswers ?? row.fit.text]
        }
        for line in PlainFigures.aligned(rows, left: [1, 3, 4]) { text.line(line) }
        text.line("A number opens one, or pulls it first; any other line is a prompt or a command.")
        told.hasDialog = true
    }

    private mutating func write(_ list: ListDialog) {
        let rows = state.rows(of: list)
        text.separate()
        text.line(list.kind.title)
        guard !rows.isEmpty else {
            text.line(list.kind.emptyText)
            state.dialog = nil
            return
        }
        for (index, row) in rows.enumerated() {
            let number = list.kind == .turns ? "" : "\(index + 1)  "
            text.line(number + row.title + (row.detail.isEmpty ? "" : "  (\(row.detail))"))
        }
        if list.kind == .turns {
            text.line("/edit NUMBER writes one anew.")
            state.dialog = nil
            return
        }
        text.line("A number chooses one; any other line is a prompt or a command.")
        told.hasDialog = true
    }

    private mutating func writeParameters(of scope: Scope) {
        let panes = scope.indices(in: state)
        text.separate()
        let rows = Parameter.allCases.map { parameter in
            [parameter.commandName]
                + panes.map { index in
                    let value = parameter.text(in: state.panes[index].settings)
                    return value.isEmpty ? "open" : value
                }
        }
        for line in PlainFigures.aligned([[""] + panes.map { state.label($0) }] + rows) { text.line(line) }
        text.line("/set NAME VALUE changes one, for one model with @ and its name: /set temperature 0.7 @small")
        text.separate()
        state.dialog = nil
    }

    private mutating func writeSystemPrompts(of scope: Scope) {
        for index in scope.indices(in: state) {
            let prompt = state.panes[index].settings.systemPrompt
            text.line("\(state.label(index)): " + (prompt.isEmpty ? "no system prompt" : prompt))
        }
        text.line("/system TEXT sets it, '/system none' empties it.")
        state.dialog = nil
    }

    /// All tokens of an answer, or one of them with what else could have stood there.
    mutating func writeInspector(isList: Bool) {
        guard let inspector = state.inspector, let turn = state.inspectedTurn else { return }
        let tokens = turn.answer.tokens
        text.separate()
        text.line(InspectorView.title(inspector, in: state, isList: isList))
        if isList {
            let rows = tokens.indices.map { index in
                [
                    "\(index + 1)", tokens[index].text.quotedToken,
                    tokens[index].channel == .reasoning ? "thought" : "",
                    tokens[index].logprob.map { Figures.probability($0.asProbability) } ?? "",
                    turn.gap(before: index).map { Figures.duration($0).text } ?? "",
                ]
            }
            let hasThoughts = tokens.contains { $0.channel == .reasoning }
            let shown = hasThoughts ? rows : rows.map { [$0[0], $0[1], $0[3], $0[4]] }
            for line in PlainFigures.aligned(shown, left: hasThoughts ? [1, 2] : [1]) { text.line(line) }
            text.line("/inspect NUMBER shows what else could have stood there.")
        } else {
            let figures = InspectorView.figures(of: tokens[inspector.token], in: turn, at: inspector.token)
            text.lines([figures.first, figures.second])
            let rows = tokens[inspector.token].alternatives.enumerated().map { index, alternative in
                let isChosen = tokens[inspector.token].isSame(as: alternative)
                return [
                    "\(index + 1)", alternative.text.quotedToken,
                    Figures.probability(alternative.logprob.asProbability), isChosen ? "chosen" : "",
                ]
            }
            for line in PlainFigures.aligned(rows, left: [1, 3]) { text.line(line) }
            text.line(
                rows.isEmpty
                    ? state.panes[inspector.pane].reasonForNoAlternatives(to: tokens[inspector.token])
                    : "/branch \(inspector.token + 1) NUMBER goes on from here with another one.")
        }
        text.separate()
        state.inspector = nil
    }
}
