import Chat
import Playground
import Recording

extension RecordedSession {
    /// What the playground does for a step of the script.
    /// - Parameter warmsUp: whether the step before was a warm-up, which belongs to the repeats behind it.
    func replayActions(of step: RecordedScript.Step, warmsUp: Bool) -> [ReplayAction] {
        switch step {
        case .open(let index):
            let opening = panes[index].opening
            return [.open(pane: PaneID(opening.pane), role: opening.role, model: opening.model)]
        case .close(let index): return [.close(PaneID(panes[index].opening.pane))]
        case .send(let submission): return actions(of: submission, warmsUp: warmsUp)
        case .pause, .vote, .remark: return []
        }
    }

    private func actions(of submission: RecordedScript.Submission, warmsUp: Bool) -> [ReplayAction] {
        let starts = submission.runs.map { runs[$0].start }
        let asked = starts.map { PaneID($0.pane) }
        switch submission.purpose {
        case .answer:
            let earlier = (starts.first?.request.messages.count { $0.role == .user } ?? 1) - 1
            return [
                .submit(
                    prompt: submission.prompt, panes: asked, earlier: max(0, earlier),
                    isConcurrent: submission.isConcurrent)
            ]
        case .regeneration: return [.regenerate(panes: asked)]
        case .branch:
            return starts.compactMap { start in
                start.request.answerPrefix.map { .branch(pane: PaneID(start.pane), prefix: $0) }
            }
        case .repeat, .warmUp:
            let rounds = asked.reduce(into: [:]) { $0[$1, default: 0] += 1 }.values.max() ?? 1
            return [.repeat(rounds: rounds, warmsUp: warmsUp, isConcurrent: submission.isConcurrent)]
        }
    }
}
