import Chat

extension AnswerText {
    /// What a run took over that went on behind this: the tokens of the answer before, and the other choice at their end.
    ///
    /// Text, of a backend that knows no ids, is one token, behind what was thought before it.
    ///
    /// - Parameter former: the tokens of the answer before, with their alternatives.
    /// - Returns: nothing where that answer isn't known.
    func tokens(from former: [ChatToken]) -> [ChatToken] {
        switch self {
        case .text(let text):
            return former.filter { $0.channel == .reasoning } + [ChatToken(text: text, at: .zero)]
        case .tokens(let ids):
            guard let last = ids.last, former.count >= ids.count else { return [] }
            let (kept, parting) = (former.prefix(ids.count - 1), former[ids.count - 1])
            guard kept.map(\.id) == ids.dropLast() else { return [] }
            if parting.id == last { return kept + [parting] }
            // A choice without a text would spoil the answer unseen.
            guard let choice = parting.alternatives.first(where: { $0.id == last }) else { return [] }
            return kept + [
                ChatToken(
                    id: last, text: choice.text, logprob: choice.logprob, channel: parting.channel, at: parting.at)
            ]
        }
    }
}
