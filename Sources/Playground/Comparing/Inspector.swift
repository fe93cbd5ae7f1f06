import Chat

/// A look at one token of one answer.
public struct Inspector: Sendable, Equatable {
    /// Index of the pane.
    public internal(set) var pane: Int
    /// Index of the token in the pane's latest answer.
    public internal(set) var token: Int
    /// Index among the token's alternatives.
    public internal(set) var alternative = 0

    init(pane: Int, token: Int) {
        self.pane = pane
        self.token = token
    }
}

extension State {
    /// The answer that the inspector looks at; nil where there is none any more.
    var inspectedTurn: Turn? {
        guard let inspector, panes.indices.contains(inspector.pane), let turn = panes[inspector.pane].turns.last,
            turn.answer.tokens.indices.contains(inspector.token)
        else { return nil }
        return turn
    }

    mutating func toggleInspector() {
        if inspector != nil {
            inspector = nil
            return
        }
        guard !isHidden else { return tell(.warning, "The answers are hidden until you have voted.") }
        let focused = if case .pane(let index) = focus { index } else { 0 }
        let order = [focused] + panes.indices
        guard let pane = order.first(where: { panes[$0].turns.last?.answer.tokens.isEmpty == false }) else {
            return tell(.warning, "There is no answer to look into yet.")
        }
        dialog = nil
        zoomed = nil
        focus = .pane(pane)
        let answer = panes[pane].turns.last?.answer
        inspect(pane: pane, token: divergences[pane]?.token ?? answer?.token(at: 0) ?? 0)
    }

    /// Looks at a token of a pane's latest answer.
    /// - Parameter token: its number, from 1.
    mutating func inspect(_ pane: Int, token: Int) throws(CommandProblem) {
        guard !isHidden else { throw CommandProblem("The answers are hidden until you have voted.") }
        guard panes[pane].turns.last?.answer.tokens.isEmpty == false else {
            throw CommandProblem("\(label(pane)) has no answer to look into yet.")
        }
        dialog = nil
        zoomed = nil
        focus = .pane(pane)
        inspect(pane: pane, token: token - 1)
    }

    private mutating func inspect(pane: Int, token: Int) {
        let count = panes[pane].turns.last?.answer.tokens.count ?? 0
        guard count > 0 else { return }
        inspector = Inspector(pane: pane, token: min(max(0, token), count - 1))
        panes[pane].scroll = .tail
        revealInspectedToken()
    }

    mutating func stepInspector(by step: Int) {
        guard let inspector else { return }
        inspect(pane: inspector.pane, token: inspector.token + step)
    }

    mutating func stepAlternative(by step: Int) {
        guard var inspector, let turn = inspectedTurn else { return }
        let count = turn.answer.tokens[inspector.token].alternatives.count
        guard count > 0 else { return }
        inspector.alternative = min(max(0, inspector.alternative + step), count - 1)
        self.inspector = inspector
    }

    mutating func inspectOtherPane() {
        guard let inspector else { return }
        let next = panes.indices.map { (inspector.pane + 1 + $0) % panes.count }
            .first { panes[$0].turns.last?.answer.tokens.isEmpty == false }
        guard let next else { return }
        focus = .pane(next)
        inspect(pane: next, token: next == inspector.pane ? inspector.token : counterpart(of: inspector, in: next))
    }

    /// The token of another pane's answer at the same place of the text.
    private func counterpart(of inspector: Inspector, in pane: Int) -> Int {
        guard let here = inspectedTurn, let there = panes[pane].turns.last else { return 0 }
        let offset = here.answer.range(of: inspector.token).lowerBound
        let channel = here.answer.tokens[inspector.token].channel
        return there.answer.token(at: offset, in: channel) ?? there.answer.token(at: 0) ?? 0
    }

    mutating func inspectDivergence() {
        guard let inspector else { return }
        guard let token = divergences[inspector.pane]?.token else {
            return tell(.information, "These answers don't part.")
        }
        inspect(pane: inspector.pane, token: token)
    }

    /// Goes on from the token that is looked at with the alternative that is chosen.
    mutating func branch() -> [Effect] {
        guard let inspector, let turn = inspectedTurn else { return [] }
        let token = turn.answer.tokens[inspector.token]
        guard token.alternatives.indices.contains(inspector.alternative) else {
            tell(.warning, "No alternatives are known at this token\(panes[inspector.pane].lackOfAlternatives).")
            return []
        }
        let alternative = token.alternatives[inspector.alternative]
        guard !token.isSame(as: alternative) else {
            tell(.information, "That is the token that was chosen; pick another one with Up and Down.")
            return []
        }
        guard turn.answer.canBranch(at: inspector.token) else {
            let host = panes[inspector.pane].profile?.server?.shownHost ?? "The backend"
            tell(.warning, "\(host) tells no token ids: answers can go on from another choice, thoughts can't.")
            return []
        }
        guard isFree() else { return [] }
        self.inspector = nil
        let prefix = turn.answer.branch(at: inspector.token, choosing: alternative)
        replaceLastTurn(in: inspector.pane, action: nextIdentifier(), kind: .branch, prefix: prefix)
        return startNextRuns()
    }
}

extension Pane {
    /// Who sent no alternatives, as the end of a sentence.
    fileprivate var lackOfAlternatives: String { profile?.server.map { ": \($0.shownHost) sent none" } ?? "" }
}
