import Chat
import Screen

/// One token of an answer: its figures, and what else could have stood there.
struct InspectorView {
    let state: State

    func draw(on frame: inout Frame, in rect: Rect) {
        guard let inspector = state.inspector, !rect.isEmpty else { return }
        frame.border(rect, role: .borderFocused, title: Self.title(inspector, in: state))
        let content = rect.inset(columns: 2, rows: 1)
        guard let turn = state.inspectedTurn else {
            frame.write("this answer is gone", at: content.origin, role: .muted)
            return
        }
        let token = turn.answer.tokens[inspector.token]
        let parts = content.split(rows: [.fixed(content.size.rows > 4 ? 2 : 1), .share()])
        drawFigures(of: token, in: turn, at: inspector.token, on: &frame, in: parts[0])
        guard !token.alternatives.isEmpty else {
            let reason = state.panes[inspector.pane].reasonForNoAlternatives(to: token)
            for (row, line) in PageText.lines(reason, role: .muted, columns: parts[1].size.columns)
                .prefix(parts[1].size.rows).enumerated()
            {
                let place = Point(column: parts[1].minColumn, row: parts[1].minRow + row)
                frame.write(line, at: place, columns: parts[1].size.columns)
            }
            return
        }
        drawAlternatives(to: token, selected: inspector.alternative, on: &frame, in: parts[1])
    }

    /// "small · token 4 of 31", or "small · 31 tokens" for all of them; of chunks, and of thoughts, it says so.
    static func title(_ inspector: Inspector, in state: State, isList: Bool = false) -> String {
        let tokens = state.inspectedTurn?.answer.tokens ?? []
        let unit = tokens.contains(where: \.isChunk) ? "chunk" : "token"
        let place =
            isList
            ? "\(tokens.count) \(unit)\(tokens.count == 1 ? "" : "s")"
            : "\(unit) \(inspector.token + 1) of \(tokens.count)"
        let isThought =
            !isList && tokens.indices.contains(inspector.token) && tokens[inspector.token].channel == .reasoning
        return "\(state.label(inspector.pane)) · \(place)\(isThought ? " · a thought" : "")"
    }

    private func drawFigures(
        of token: ChatToken, in turn: Turn, at index: Int, on frame: inout Frame, in rect: Rect
    ) {
        let (first, second) = Self.figures(of: token, in: turn, at: index)
        if rect.size.rows > 1 {
            frame.write(first, at: rect.origin, columns: rect.size.columns)
            frame.write(second, at: Point(column: rect.minColumn, row: rect.minRow + 1), columns: rect.size.columns)
        } else {
            frame.write(first + [Span("  ", .muted)] + second, at: rect.origin, columns: rect.size.columns)
        }
    }

    /// What is known of a token: what it is, and how it came.
    static func figures(of token: ChatToken, in turn: Turn, at index: Int) -> (first: [Span], second: [Span]) {
        var first = [Span(token.text.quotedToken, .token)]
        if let id = token.id { first += [Span("  id ", .muted), Span("\(id)", .metric)] }
        if let logprob = token.logprob {
            first += [
                Span("  p ", .muted), Span(Figures.probability(logprob.asProbability), .metric),
                Span("  logprob ", .muted), Span(Figures.fixed(logprob, places: 2), .metric),
            ]
        }
        var second: [Span] = []
        if let entropy = token.entropy {
            second += [
                Span("entropy ", .muted), Span(Figures.fixed(entropy, places: 2), .metric), Span(" nats  ", .muted),
            ]
        }
        second += [Span(index < turn.answer.inherited ? "kept from the former answer" : "at ", .muted)]
        if index >= turn.answer.inherited { second += Figures.duration(token.at).spans }
        if let gap = turn.gap(before: index) {
            let isStall = turn.recorder?.metrics.interTokenLatency?.isStall(gap) ?? false
            let isBetweenChunks = turn.recorder?.metrics.gapsAreBetweenChunks ?? false
            second += [Span(isBetweenChunks ? "  gap " : "  ITL ", .muted)] + Figures.duration(gap).spans
            if isStall { second.append(Span("  a stall", .stall)) }
        }
        if token.isDrafted { second.append(Span("  guessed", .drafted)) }
        return (first, second)
    }

    private func drawAlternatives(to token: ChatToken, selected: Int, on frame: inout Frame, in rect: Rect) {
        let window = ListWindow(selected: selected, count: token.alternatives.count, visible: rect.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(column: rect.minColumn, row: rect.minRow + row, columns: rect.size.columns, rows: 1)
            draw(
                token.alternatives[index], rank: index + 1, isChosen: token.isSame(as: token.alternatives[index]),
                isSelected: index == selected, on: &frame, in: line)
        }
    }

    private func draw(
        _ alternative: ChatToken.Alternative, rank: Int, isChosen: Bool, isSelected: Bool, on frame: inout Frame,
        in line: Rect
    ) {
        let parts = line.split(columns: [
            .fixed(2), .fixed(3), .fixed(8), .fixed(min(24, max(10, line.size.columns / 3))), .fixed(1), .share(),
        ])
        if isSelected { frame.fill(line, with: Cell(" ", .selection)) }
        func role(_ role: Role) -> Role { isSelected ? .selection : role }
        frame.write(isChosen ? "●" : " ", at: parts[0].origin, role: role(.success))
        frame.writeRight([Span("\(rank) ", role(.muted))], in: parts[1])
        let probability = alternative.logprob.asProbability
        frame.writeRight([Span(Figures.probability(probability) + " ", role(.metric))], in: parts[2])
        frame.write(
            TextWidth.truncate(alternative.text.quotedToken, to: parts[3].size.columns), at: parts[3].origin,
            role: role(.answer))
        let bar = Int((Double(parts[5].size.columns * 8) * min(1, max(0, probability))).rounded())
        frame.write(BlockBar.text(eighths: bar), at: parts[5].origin, role: role(.chart))
    }
}

extension Pane {
    /// Why there is nothing to compare a token with, and what can be done.
    func reasonForNoAlternatives(to token: ChatToken) -> String {
        guard let server = profile?.server else {
            return "The backend lists no alternatives, so there is nothing to compare this token with."
        }
        let host = server.shownHost
        if token.logprob != nil { return "\(host) sent the log-probability of this token, but no alternatives to it." }
        let remedy =
            "llama.cpp's server, vLLM and 'diptych serve' send them; a model file that is opened here always has them."
        return token.isChunk
            ? "\(host) sent no log-probabilities, and this text in one piece, whatever its tokens are. \(remedy)"
            : "\(host) sent no log-probabilities. \(remedy)"
    }
}

extension String {
    /// A token's text as it is quoted on the screen, with its line breaks and tabs to be seen.
    var quotedToken: String {
        "\"" + VisibleText.of(self).replacing("\n", with: "↵").replacing("\t", with: "→") + "\""
    }
}
