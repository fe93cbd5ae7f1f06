import Chat
import Screen

extension State {
    var followTitle: String {
        guard let follow = followAlong else { return "Follow along" }
        return "\(name(of: follow.follower)) follows \(name(of: follow.leader))"
    }

    private func name(of pane: PaneID) -> String { index(of: pane).map { label($0) } ?? "a closed pane" }

    /// How one model sees another one's answer.
    func followPage(columns: Int) -> [PageLine] {
        guard let follow = followAlong else { return [] }
        var lines = status(of: follow, columns: columns)
        guard !follow.tokens.isEmpty else { return lines }
        lines.append([])
        var flow = TokenFlow(columns: columns)
        for token in follow.tokens { flow.add(token.text, role: token.agrees ? .agreeing : .differing) }
        lines += flow.finish()
        return lines + partingLines(of: follow)
    }

    /// The same without the answer, of which only colours tell anything.
    func followSummary(columns: Int) -> [PageLine] {
        guard let follow = followAlong else { return [] }
        return status(of: follow, columns: columns) + (follow.tokens.isEmpty ? [] : partingLines(of: follow))
    }

    private func partingLines(of follow: FollowAlong) -> [PageLine] {
        var lines: [PageLine] = [[], [Span("Where it would have gone elsewhere, the unlikeliest first", .title)]]
        let parting = follow.tokens.enumerated().filter { !$0.element.agrees }
            .sorted { ($0.element.logprob, $0.offset) < ($1.element.logprob, $1.offset) }
        let digits = String(follow.tokens.count).count
        for (offset, token) in parting.prefix(20) { lines.append(row(offset, token, digits: digits)) }
        if parting.isEmpty { lines.append([Span("nowhere", .muted)]) }
        return lines
    }

    private func status(of follow: FollowAlong, columns: Int) -> [PageLine] {
        var lines: [PageLine] = []
        switch follow.phase {
        case .running:
            let count = follow.count.map { "\(follow.tokens.count) of \($0) tokens" } ?? "reading the prompt"
            lines.append([Span("following… \(count)", .muted)])
        case .failed(let reason):
            lines += PageText.lines(reason, role: .error, columns: columns)
            if let server = index(of: follow.follower).flatMap({ panes[$0].profile?.server }) {
                let leader = index(of: follow.leader).map { panes[$0] }
                let canTurn = leader.map { $0.profile != nil && !isOnServer($0) } == true
                let why =
                    "\(server.shownHost) answers prompts; it doesn't say how likely it holds text that it is given. "
                    + (canTurn
                        ? "A model in this process can follow one there: Tab turns them round."
                        : "A model in this process can follow; /add opens one.")
                lines += PageText.lines(why, role: .muted, columns: columns)
            }
        case .done: break
        }
        guard let agreement = follow.agreement else { return lines }
        let interval = agreement.interval
        lines.append([
            Span(Figures.probability(agreement.value), .metric),
            Span(" of \(follow.tokens.count) tokens are its own first choice  ", .text),
            Span("95 %: \(Figures.share(interval.lowerBound)) to \(Figures.share(interval.upperBound))", .muted),
        ])
        var second: [Span] = []
        if let perplexity = follow.perplexity {
            second += [Span("perplexity ", .muted), Span(Figures.number(perplexity), .metric)]
        }
        if let divergence = follow.meanDivergence {
            second += [
                Span("   mean KL divergence ", .muted), Span(Figures.fixed(divergence, places: 3), .metric),
                Span(" nats", .muted),
            ]
        } else {
            let server = index(of: follow.leader).flatMap { panes[$0].profile?.server }
            let why = server.map { "\($0.shownHost) doesn't tell its distributions" } ?? "the vocabularies differ"
            second.append(Span("   no KL divergence: \(why)", .muted))
        }
        lines.append(second)
        return lines
    }

    private func row(_ offset: Int, _ token: ScoredToken, digits: Int) -> PageLine {
        let number = String(offset + 1)
        var line = [
            Span(String(repeating: " ", count: digits - number.count) + number, .muted),
            Span("  \(token.text.quotedToken)", .differing),
            Span(" ranks \(Figures.ordinal(token.rank)), \(Figures.probability(token.logprob.asProbability))", .text),
            Span("; its own: ", .muted), Span(token.favourite.text.quotedToken, .agreeing),
            Span(" \(Figures.probability(token.favourite.logprob.asProbability))", .text),
        ]
        if let divergence = token.divergence {
            line.append(Span("  KL \(Figures.fixed(divergence, places: 2))", .muted))
        }
        return line
    }
}
