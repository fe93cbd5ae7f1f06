import Chat

/// One model led through another one's answer, token by token (teacher forcing): would it have said the same?
public struct FollowAlong: Sendable, Equatable {
    public enum Phase: Sendable, Equatable {
        case running
        case done
        case failed(String)
    }

    public let run: RunID
    public let follower: PaneID
    public let leader: PaneID
    /// Tokens of the answer in the follower's vocabulary; nil until that is known.
    public internal(set) var count: Int?
    public internal(set) var sharesVocabulary = false
    public internal(set) var tokens: [ScoredToken] = []
    public internal(set) var phase = Phase.running

    var isRunning: Bool { phase == .running }

    func involves(_ pane: PaneID) -> Bool { pane == follower || pane == leader }

    /// The share of tokens that the follower would have chosen too.
    var agreement: Proportion? {
        Proportion(successes: Double(tokens.count { $0.agrees }), trials: tokens.count)
    }

    /// The exponential of the mean negative log-probability.
    var perplexity: Double? {
        tokens.isEmpty ? nil : (-tokens.reduce(0) { $0 + $1.logprob } / Double(tokens.count)).asProbability
    }

    /// The mean Kullback-Leibler divergence in nats; nil where the vocabularies differ.
    var meanDivergence: Double? {
        let values = tokens.compactMap(\.divergence)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}

extension State {
    /// Leads a pane's model through another pane's latest answer.
    mutating func follow(follower: Int, leader: Int) -> [Effect] {
        guard isFree() else { return [] }
        guard !isHidden else {
            tell(.warning, "The answers are hidden until you have voted.")
            return []
        }
        guard let turn = panes[leader].turns.last, !turn.answer.isEmpty else {
            tell(.warning, "\(label(leader)) has no answer to follow yet.")
            return []
        }
        guard panes[follower].profile != nil else {
            tell(.warning, "No model is open in \(label(follower)); F2 chooses one.")
            return []
        }
        let id = RunID(nextIdentifier())
        followAlong = FollowAlong(run: id, follower: panes[follower].id, leader: panes[leader].id)
        dialog = .page(PageDialog(.follow))
        // The follower sees its own system prompt and the leader's conversation.
        var messages = panes[leader].messages(answering: panes[leader].turns.count - 1).filter { $0.role != .system }
        let system = panes[follower].settings.systemPrompt
        if !system.isEmpty { messages.insert(Message(role: .system, content: system), at: 0) }
        return [
            .follow(
                FollowRequest(
                    id: id, follower: panes[follower].id, leader: panes[leader].id,
                    chat: ChatRequest(messages: messages), tokens: turn.answer.asAnswer, text: turn.answer.text))
        ]
    }

    mutating func follow(_ run: RunID, _ event: FollowEvent) -> [Effect] {
        guard followAlong?.run == run, followAlong?.isRunning == true else { return [] }
        switch event {
        case .scoring(.started(let count, let sharesVocabulary)):
            followAlong?.count = count
            followAlong?.sharesVocabulary = sharesVocabulary
        case .scoring(.token(let token)): followAlong?.tokens.append(token)
        case .failed(let reason): followAlong?.phase = .failed(reason)
        case .ended: followAlong?.phase = .done
        }
        return []
    }

    /// Which pane follows which, where nothing else is asked: the small model the large one's answer, unless only the
    /// large one is in this process.
    var usualFollow: (follower: Int, leader: Int)? {
        guard panes.count > 1 else { return nil }
        let small = panes.firstIndex { $0.role == .small } ?? 0
        let local = panes.firstIndex { $0.profile != nil && $0.profile?.server == nil }
        let follower = panes[small].profile?.server == nil ? small : local ?? small
        let leader = panes.firstIndex { $0.role == .large && $0.id != panes[follower].id } ?? (follower == 0 ? 1 : 0)
        return (follower, leader)
    }
}
