import Chat

/// What a recorded conversation did next.
public enum ReplayAction: Sendable, Equatable {
    /// A prompt was sent to some panes, all at once or one after the other, behind so many earlier ones.
    case submit(prompt: String, panes: [PaneID], earlier: Int, isConcurrent: Bool)
    case regenerate(panes: [PaneID])
    /// An answer went on behind tokens of the former one and another choice.
    case branch(pane: PaneID, prefix: AnswerText)
    case `repeat`(rounds: Int, warmsUp: Bool, isConcurrent: Bool)
    /// A pane got another model, or a new pane was opened.
    case open(pane: PaneID, role: PaneRole?, model: String)
    case close(PaneID)
}

extension State {
    /// Does what was recorded. The backends play what was answered.
    mutating func replay(_ action: ReplayAction) -> [Effect] {
        inspector = nil
        if case .page = dialog { dialog = nil }
        switch action {
        case .submit(let prompt, let panes, let earlier, let isConcurrent):
            settings.isConcurrent = isConcurrent
            dropTurns(from: earlier)
            let action = nextIdentifier()
            for index in panes.compactMap({ index(of: $0) }) { submit(prompt, to: index, action: action) }
            return startNextRuns()
        case .regenerate(let panes):
            let action = nextIdentifier()
            for index in panes.compactMap({ index(of: $0) }) {
                replaceLastTurn(in: index, action: action, kind: .regeneration)
            }
            return startNextRuns()
        case .branch(let pane, let prefix):
            guard let index = index(of: pane), let turn = panes[index].turns.last else { return [] }
            replaceLastTurn(
                in: index, action: nextIdentifier(), kind: .branch, prefix: turn.answer.branch(like: prefix))
            return startNextRuns()
        case .repeat(let rounds, let warmsUp, let isConcurrent):
            settings.isConcurrent = isConcurrent
            return beginRepetition(rounds: rounds, warmsUp: warmsUp)
        case .open(let id, let role, let model):
            if let index = index(of: id) {
                panes[index].role = role
                return choose(model, for: index)
            }
            guard panes.count < Self.mostPanes else { return [] }
            var pane = Pane(role: role, model: model, settings: settings.pane)
            pane.id = id
            panes.append(pane)
            resetViews()
            return [startLoading(panes.count - 1)]
        case .close(let id):
            guard let index = index(of: id) else { return [] }
            return (try? closePane(index)) ?? []
        }
    }
}

extension Action {
    /// Whether it would change what a recording shows.
    var changesConversation: Bool {
        switch self {
        case .models, .parameters, .systemPrompt, .toggleConcurrent, .newConversation, .toggleSpeculation, .regenerate,
            .undo, .editTurn, .follow, .blind, .renderedPrompt, .closePane, .branch, .starters:
            true
        default: false
        }
    }
}

extension SlashCommand {
    /// Whether it would change what a recording shows, or needs models: so do all that no key does.
    var changesConversation: Bool { action?.changesConversation ?? true }
}

extension AnswerTokens {
    /// The branch that a recorded prefix describes: all but its last token are this answer's.
    fileprivate func branch(like prefix: AnswerText) -> AnswerTokens {
        if case .text(let text) = prefix { return branch(likeText: text) }
        guard case .tokens(let ids) = prefix, let last = ids.last, tokens.count >= ids.count else {
            return AnswerTokens()
        }
        let known = tokens[ids.count - 1].alternatives.first { $0.id == last }
        return branch(
            at: ids.count - 1, choosing: known ?? ChatToken.Alternative(id: last, text: "", logprob: -.infinity))
    }

    /// The same of a backend that knows no ids: what the text has behind the last token it has in common with this answer
    /// is the other choice.
    private func branch(likeText prefix: String) -> AnswerTokens {
        let (here, there) = (text.utf8, prefix.utf8)
        let index = tokens.indices.last { index in
            let begin = range(of: index, in: .answer).lowerBound
            return tokens[index].channel == .answer && begin < there.count
                && here.prefix(begin).elementsEqual(there.prefix(begin))
        }
        guard let index else { return AnswerTokens() }
        let rest = String(decoding: there.dropFirst(range(of: index).lowerBound), as: UTF8.self)
        let known = tokens[index].alternatives.first { $0.text == rest }
        return branch(
            at: index, choosing: known ?? ChatToken.Alternative(id: nil, text: rest, logprob: -.infinity))
    }
}
