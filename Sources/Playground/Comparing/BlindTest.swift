import Chat

/// Answers compared without their names: sides are shuffled, and names, figures and the pace of the answers hidden until
/// the user has voted.
public struct BlindTest: Sendable, Equatable {
    /// The panes in the order in which they are shown, anew for each prompt.
    public internal(set) var order: [PaneID]
    /// Whether the names of this prompt's answers may be seen.
    public internal(set) var isRevealed = true
    public internal(set) var votes: [Vote] = []

    init(order: [PaneID]) { self.order = order }

    /// How often a pane's answer was the better one; ties, but not answers that are both bad, count half.
    func wins(of pane: PaneID) -> Proportion? {
        let judged = votes.filter { $0.choice != .bothBad }
        let wins = judged.reduce(0.0) { $0 + ($1.winner == pane ? 1 : $1.choice == .tie ? 0.5 : 0) }
        return Proportion(successes: wins, trials: judged.count)
    }
}

/// Which of two answers the user held better.
public struct Vote: Sendable, Equatable {
    public enum Choice: String, Sendable, Equatable, CaseIterable {
        case left, right, tie
        case bothBad = "both_bad"
    }

    public var prompt: String
    public var choice: Choice
    /// Who stood left and right.
    public var left: PaneID
    public var right: PaneID

    /// Nil for a tie.
    public var winner: PaneID? {
        switch choice {
        case .left: left
        case .right: right
        case .tie, .bothBad: nil
        }
    }
}

extension State {
    /// Whether names, figures and unfinished answers are hidden.
    var isHidden: Bool { blind?.isRevealed == false }

    /// The panes in the order in which they are shown, without those that a zoomed one hides.
    var shownPanes: [Int] {
        if let zoomed, let index = index(of: zoomed) { return [index] }
        guard let blind, isHidden else { return Array(panes.indices) }
        return blind.order.compactMap { index(of: $0) }
    }

    mutating func toggleBlind() -> [Effect] {
        if let test = blind {
            guard test.isRevealed || !isBusy else {
                tell(.warning, "The answers are still coming; Esc stops them.")
                return []
            }
            blind = nil
            tell(.information, test.votes.isEmpty ? "Names are shown." : "Names are shown. \(tally(of: test))")
            return []
        }
        guard panes.count == 2 else {
            tell(
                .warning,
                "Blind comparison needs exactly two panes; there \(panes.count == 1 ? "is 1" : "are \(panes.count)").")
            return []
        }
        blind = BlindTest(order: panes.map(\.id))
        inspector = nil
        zoomed = nil
        tell(.information, "Blind: sides are shuffled and names hidden from the next prompt on, until you vote.")
        return []
    }

    /// Shuffles the sides for the next prompt.
    mutating func hideSides() {
        guard blind != nil else { return }
        blind?.order.shuffle(using: &chance)
        blind?.isRevealed = false
        inspector = nil
        zoomed = nil
        if case .page = dialog { dialog = nil }
    }

    /// Asks for a vote once both answers are there.
    mutating func askForVote() {
        guard isHidden, !isBusy, focus != .vote,
            let turns = blind?.order.compactMap({ index(of: $0) }).map({ panes[$0].turns.last }),
            turns.allSatisfy({ $0 != nil })
        else { return }
        // Answers that weren't given can't be judged.
        guard turns.allSatisfy({ $0?.answer.isEmpty == false }) else {
            blind?.isRevealed = true
            return
        }
        focus = .vote
        dialog = nil
        completion = Completion()
    }

    mutating func vote(_ choice: Vote.Choice) -> [Effect] {
        guard let test = blind, isHidden, !isBusy, test.order.count == 2, let index = index(of: test.order[0]),
            let prompt = panes[index].turns.last?.prompt
        else { return [] }
        let vote = Vote(prompt: prompt, choice: choice, left: test.order[0], right: test.order[1])
        blind?.votes.append(vote)
        blind?.isRevealed = true
        let verdict =
            switch choice {
            case .tie: "A tie"
            case .bothBad: "Both bad"
            case .left, .right: "\(vote.winner.map { sideName($0) } ?? "") was better"
            }
        tell(.success, "\(verdict). \(blind.map { tally(of: $0) } ?? "")")
        return [.recordVote(vote)]
    }

    /// "large wins 70 % of 10 votes (95 %: 39 % to 89 %)".
    func tally(of test: BlindTest) -> String {
        let standings = panes.compactMap { pane in test.wins(of: pane.id).map { (pane.id, $0) } }
        guard let best = standings.max(by: { $0.1.value < $1.1.value }) else { return "No vote counts yet." }
        let (id, wins) = best
        let interval = wins.interval
        let bad = test.votes.count - wins.trials
        let ties = test.votes.count { $0.choice == .tie }
        let rest = (ties > 0 ? ", ties as halves" : "") + (bad > 0 ? ", \(bad) both bad" : "")
        return
            "\(sideName(id)) wins \(Figures.share(wins.value)) of \(wins.trials) vote\(wins.trials == 1 ? "" : "s") "
            + "(95 %: \(Figures.share(interval.lowerBound)) to \(Figures.share(interval.upperBound)))\(rest)"
    }

    private func sideName(_ pane: PaneID) -> String { index(of: pane).map { label($0) } ?? "a closed pane" }
}
