import Foundation
import Synchronization

/// Ctrl+C ended the run.
struct Interrupted: Error {}

/// Runs `work` in a task that Ctrl+C cancels; a second Ctrl+C ends the process at once.
///
/// - Throws: ``Interrupted`` if Ctrl+C came before `work` ended, else what `work` throws.
func cancellableByInterrupt<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let interruption = Interruption()
    // The source only watches: the default action would end the process before it is asked. It takes the signal over
    // where it can, so the action is set before it begins.
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { interruption.happen() }
    await withCheckedContinuation { watching in
        source.setRegistrationHandler { watching.resume() }
        source.resume()
    }
    defer {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }
    let task = Task(operation: work)
    interruption.cancels(task.cancel)
    let result = await task.result
    if interruption.happened { throw Interrupted() }
    return try result.get()
}

/// How often Ctrl+C came, and what the first one does.
private final class Interruption: Sendable {
    private struct State {
        var count = 0
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var happened: Bool { state.withLock { $0.count > 0 } }

    func cancels(_ cancel: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.cancel = cancel
            return state.count > 0
        }
        if isLate { cancel() }
    }

    func happen() {
        let (count, cancel) = state.withLock { state in
            state.count += 1
            return (state.count, state.cancel)
        }
        if count > 1 { _exit(ExitStatus.interrupted.rawValue) }
        cancel?()
    }
}
