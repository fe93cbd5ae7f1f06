import Chat
import Screen

/// What the colours of an answer's tokens tell, apart from what its text is.
struct Overlay: Equatable {
    /// Whether tokens that were guessed stand out.
    var showsDrafts = true
    var heat = Heat.off
    /// The token of the latest answer that is looked at.
    var inspected: Int?
    /// The token of the latest answer at which it parts from another one.
    var divergence: Int?

    /// The roles of an answer's tokens. Nil where all of it looks like what it is.
    func roles(of turn: Turn, isLatest: Bool) -> TokenRoles? {
        let inspected = isLatest ? inspected : nil
        let divergence = isLatest ? divergence : nil
        guard heat != .off || inspected != nil || divergence != nil || showsDrafts && turn.answer.hasDrafts else {
            return nil
        }
        return TokenRoles(turn: turn, heat: heat, inspected: inspected, divergence: divergence)
    }
}

/// The role of each token of one answer.
struct TokenRoles {
    let turn: Turn
    let heat: Heat
    let inspected: Int?
    let divergence: Int?
    private let median: Duration?

    init(turn: Turn, heat: Heat, inspected: Int?, divergence: Int?) {
        self.turn = turn
        self.heat = heat
        self.inspected = inspected
        self.divergence = divergence
        median = heat == .latency ? turn.recorder?.metrics.interTokenLatency?.p50 : nil
    }

    /// Nil where the token looks like the text that it is part of.
    func role(of token: Int) -> Role? {
        if token == inspected { return .token }
        if token == divergence { return .divergence }
        let chosen = turn.answer.tokens[token]
        switch heat {
        case .off: return chosen.isDrafted ? .drafted : nil
        case .logprob: return chosen.logprob.map { Self.heat(of: $0.asProbability) }
        case .latency:
            guard let gap = turn.gap(before: token), let median, median > .zero else { return .heat1 }
            return Self.heat(ofSlowness: gap / median)
        }
    }

    static func heat(of probability: Double) -> Role {
        switch probability {
        case 0.9...: .heat1
        case 0.5..<0.9: .heat2
        case 0.2..<0.5: .heat3
        case 0.05..<0.2: .heat4
        default: .heat5
        }
    }

    /// - Parameter slowness: the gap before a token over the median gap.
    static func heat(ofSlowness slowness: Double) -> Role {
        switch slowness {
        case ..<1.15: .heat1
        case ..<1.5: .heat2
        case ..<2: .heat3
        case ...Double(LatencyDistribution.stallFactor): .heat4
        default: .heat5
        }
    }

    /// A run of a channel's text in the roles of the tokens that it came from.
    func spans(of run: ShownRun, in channel: ChatToken.Channel = .answer) -> [Span] {
        guard let source = run.source, !source.isEmpty else { return [Span(run.text, run.role)] }
        guard var token = turn.answer.token(at: source.lowerBound, in: channel) else {
            return [Span(run.text, run.role)]
        }
        guard run.text.utf8.count == source.count else { return [Span(run.text, role(of: token) ?? run.role)] }
        var spans: [Span] = []
        var start = source.lowerBound
        var index = run.text.utf8.startIndex
        while start < source.upperBound {
            let isLast = token + 1 >= turn.answer.tokens.count
            let end =
                isLast
                ? source.upperBound : min(source.upperBound, turn.answer.range(of: token, in: channel).upperBound)
            if end > start {
                // A character that two tokens made belongs to the one that began it.
                var next = run.text.utf8.index(index, offsetBy: end - start)
                while next < run.text.endIndex, next.samePosition(in: run.text) == nil {
                    next = run.text.utf8.index(after: next)
                }
                let role = role(of: token) ?? run.role
                let text = String(run.text[index..<next])
                if spans.last?.role == role {
                    spans[spans.count - 1].text += text
                } else {
                    spans.append(Span(text, role))
                }
                start += run.text.utf8.distance(from: index, to: next)
                index = next
            }
            if isLast { break }
            token += 1
        }
        return spans
    }
}

extension State {
    /// What the colours in a pane tell now.
    func overlay(of pane: Int, divergence: Divergence?) -> Overlay {
        var overlay = Overlay()
        guard !isHidden else {
            overlay.showsDrafts = false
            return overlay
        }
        overlay.heat = settings.heat
        if let inspector, inspector.pane == pane { overlay.inspected = inspector.token }
        overlay.divergence = divergence?.token
        return overlay
    }
}
