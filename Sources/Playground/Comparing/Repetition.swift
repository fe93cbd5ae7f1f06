import Chat

/// The same prompt answered several times, to be measured: each time from an empty KV cache, in alternating order, each
/// model with the machine to itself unless the panes answer together.
public struct Repetition: Sendable, Equatable {
    public enum Phase: Sendable, Equatable {
        case running
        case done
        /// The user stopped it, or a run failed.
        case stopped(String)
    }

    /// Shared by its runs.
    let action: Int
    public let prompt: String
    public let rounds: Int
    /// Whether a run that isn't counted goes before.
    public let warmsUp: Bool
    public let isConcurrent: Bool
    public internal(set) var phase = Phase.running
    /// Figures of the rounds that are done, by pane.
    public internal(set) var samples: [PaneID: [Metrics]] = [:]
    /// Groups of runs that begin together, still to be done.
    var schedule: [Step]
    /// How many steps there were at first.
    let steps: Int

    /// Runs that begin together.
    struct Step: Sendable, Equatable {
        /// 0 is the warm-up.
        var round: Int
        var panes: [PaneID]
    }

    init(action: Int, prompt: String, panes: [PaneID], rounds: Int, warmsUp: Bool, isConcurrent: Bool) {
        self.action = action
        self.prompt = prompt
        self.rounds = rounds
        self.warmsUp = warmsUp
        self.isConcurrent = isConcurrent
        schedule = ((warmsUp ? 0 : 1)...rounds).flatMap { round in
            let order = round.isMultiple(of: 2) ? panes.reversed() : panes
            return isConcurrent
                ? [Step(round: round, panes: order)] : order.map { Step(round: round, panes: [$0]) }
        }
        steps = schedule.count
    }

    /// The round that is under way, from 1; 0 is the warm-up.
    var round: Int { schedule.first?.round ?? rounds }

    /// One figure of all rounds.
    func spread(of figure: (Metrics) -> Double?, in pane: PaneID) -> Spread? {
        Spread((samples[pane] ?? []).compactMap(figure))
    }
}

extension State {
    /// Whether the conditions may change under which models answer; says so where repeats must all find the same.
    mutating func mayChangeConditions() -> Bool {
        guard repetition?.phase == .running else { return true }
        tell(.warning, "The prompt is being repeated, always in the same way; Esc stops that.")
        return false
    }

    /// Ends a repetition whose next rounds wouldn't be like those before.
    mutating func stopRepetition(_ reason: String) {
        if repetition?.phase == .running { repetition?.phase = .stopped(reason) }
    }

    /// Measures the latest prompt so many times.
    mutating func startRepetition(rounds: Int, warmsUp: Bool) -> [Effect] {
        guard isFree() else { return [] }
        return beginRepetition(rounds: rounds, warmsUp: warmsUp)
    }

    mutating func beginRepetition(rounds: Int, warmsUp: Bool) -> [Effect] {
        guard let prompt = panes.lazy.compactMap({ $0.turns.last?.prompt }).first else {
            tell(.warning, "There is no prompt to repeat yet.")
            return []
        }
        let ready = panes.filter { $0.profile != nil && $0.turns.last?.prompt == prompt }.map(\.id)
        guard !ready.isEmpty else {
            tell(.warning, "No model is open that has answered this prompt; the next prompt opens again what failed.")
            return []
        }
        blind?.isRevealed = true
        inspector = nil
        repetition = Repetition(
            action: nextIdentifier(), prompt: prompt, panes: ready, rounds: rounds, warmsUp: warmsUp,
            isConcurrent: settings.isConcurrent)
        dialog = .page(PageDialog(.repeats))
        return startNextRepeat()
    }

    /// Queues the next runs of a repetition, when those before are done.
    mutating func startNextRepeat() -> [Effect] {
        guard let step = repetition?.schedule.first, let action = repetition?.action, repetition?.phase == .running
        else {
            return []
        }
        for id in step.panes {
            guard let index = index(of: id) else { continue }
            replaceLastTurn(
                in: index, action: action, kind: step.round == 0 ? .warmUp : .repeat(round: step.round))
        }
        return startNextRuns()
    }

    /// Takes a finished run of a repetition in, and goes on.
    mutating func finishRepeat(of pane: Int) -> [Effect] {
        guard var repetition, repetition.phase == .running, let turn = panes[pane].turns.last else { return [] }
        switch (turn.kind, turn.phase) {
        case (.repeat, .finished(.cancelled)), (.warmUp, .finished(.cancelled)):
            repetition.phase = .stopped("stopped")
        case (_, .failed(let reason)):
            repetition.phase = .stopped(reason)
        case (.repeat, .finished):
            if let metrics = turn.recorder?.metrics { repetition.samples[panes[pane].id, default: []].append(metrics) }
        default:
            break
        }
        guard repetition.phase == .running else {
            self.repetition = repetition
            return []
        }
        let isStepDone = repetition.schedule.first?.panes.allSatisfy { id in
            index(of: id).map { panes[$0].turns.last?.isOpen != true } ?? true
        }
        if isStepDone == true { repetition.schedule.removeFirst() }
        if repetition.schedule.isEmpty { repetition.phase = .done }
        self.repetition = repetition
        return isStepDone == true ? startNextRepeat() : []
    }
}
