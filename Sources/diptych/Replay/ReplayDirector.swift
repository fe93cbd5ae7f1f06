import Foundation
import Playground
import Recording

/// Leads the playground through a recorded session, one step after the other: the next begins when the answers to the
/// one before are complete.
final class ReplayDirector: @unchecked Sendable {
    private let session: RecordedSession
    private let speed: ReplaySpeed
    private let condition = NSCondition()
    // Guarded by the condition's lock.
    private var handled = 0
    private var isIdle = false
    private var hasEnded = false

    init(_ session: RecordedSession, speed: ReplaySpeed) {
        self.session = session
        self.speed = speed
    }

    /// The panes that are there before anything is asked.
    var firstPanes: [RecordedPane] {
        session.happenings.prefix { if case .opened = $0 { true } else { false } }.compactMap { happening in
            if case .opened(let index) = happening { session.panes[index] } else { nil }
        }
    }

    /// Is told of every event that the playground has taken in.
    func observe(_ event: Event, _ state: State) {
        condition.lock()
        defer { condition.unlock() }
        if case .replay = event { handled += 1 }
        let isLoading = state.panes.contains { if case .ready = $0.model { false } else { true } }
        isIdle = !state.isBusy && !isLoading && state.repetition?.phase != .running
        condition.signal()
    }

    /// Ends the waiting, since nobody looks any more.
    func stop() {
        condition.lock()
        hasEnded = true
        condition.signal()
        condition.unlock()
    }

    /// Goes through the session. Blocks, so it is called on a thread of its own.
    func run(_ post: @Sendable (Event) -> Void) {
        var posted = 0
        var warmsUp = false
        guard wait(for: 0) else { return }
        for step in RecordedScript(session).steps.dropFirst(firstPanes.count) {
            switch step {
            case .pause(let pause): Thread.sleep(forTimeInterval: speed.playing(pause) / .seconds(1))
            case .vote(let vote):
                post(.warned("Vote: " + vote.outcome.text { session.title(ofPane: $0, at: vote.at) }.onOneLine))
            case .remark(let remark): post(.warned(remark.text.onOneLine))
            case .send(let submission) where submission.purpose == .warmUp: warmsUp = true
            case .open, .close, .send:
                for action in session.replayActions(of: step, warmsUp: warmsUp) {
                    post(.replay(action))
                    posted += 1
                    guard wait(for: posted) else { return }
                }
                warmsUp = false
            }
            if stopped { return }
        }
        post(.warned("The recording has ended. Look around; Ctrl+D leaves."))
    }

    private var stopped: Bool {
        condition.lock()
        defer { condition.unlock() }
        return hasEnded
    }

    /// Waits until so many steps have been taken in and all answers to them are complete.
    /// - Returns: false where nobody looks any more.
    private func wait(for count: Int) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while !hasEnded, handled < count || !isIdle { condition.wait() }
        return !hasEnded
    }
}
