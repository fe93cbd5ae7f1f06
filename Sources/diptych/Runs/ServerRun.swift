import Foundation
import Server
import Synchronization

/// Opens a server and runs it until SIGINT or SIGTERM comes; running answers may end. A second signal ends the process at
/// once.
/// - Parameters:
///   - log: is written to its end.
///   - open: opens models and says where they are served.
/// - Throws: ``Interrupted`` after SIGINT, what `open` throws.
func serveUntilSignalled(log: AccessLog?, _ open: @escaping @Sendable () async throws -> Server) async throws {
    let signals = await EndingSignals()
    defer { signals.ignore() }
    let opening = Task(operation: open)
    signals.whenFirst { opening.cancel() }
    let server: Server
    do {
        server = try await opening.value
    } catch is CancellationError where signals.first != nil {
        return try signals.throwIfInterrupted()
    }
    signals.whenFirst {
        log?.tell("ending; running answers may take a while, a second signal ends them at once")
        server.stop()
    }
    await server.run()
    await log?.flush()
    try signals.throwIfInterrupted()
}

/// SIGINT and SIGTERM, from its making on: which came first, and what it does.
private final class EndingSignals: Sendable {
    private struct State {
        var first: Int32?
        var action: @Sendable () -> Void = {}
        var sources: [Source] = []
    }

    /// Dispatch's objects are safe to share, which they don't say.
    private struct Source: @unchecked Sendable {
        let source: any DispatchSourceSignal
    }

    private let state = Mutex(State())

    init() async {
        for number in [SIGINT, SIGTERM] {
            // The source only watches: the default action would end the process before it is asked. It takes the signal
            // over where it can, so the action is set before it begins.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [weak self] in self?.happen(number) }
            await withCheckedContinuation { watching in
                source.setRegistrationHandler { watching.resume() }
                source.resume()
            }
            let kept = Source(source: source)
            state.withLock { $0.sources.append(kept) }
        }
    }

    var first: Int32? { state.withLock { $0.first } }

    /// What the first signal does; at once, if it came already.
    func whenFirst(_ action: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.action = action
            return state.first != nil
        }
        if isLate { action() }
    }

    func throwIfInterrupted() throws {
        if first == SIGINT { throw Interrupted() }
    }

    func ignore() {
        for kept in state.withLock({ $0.sources }) { kept.source.cancel() }
    }

    private func happen(_ number: Int32) {
        let (isFirst, action) = state.withLock { state in
            defer { state.first = state.first ?? number }
            return (state.first == nil, state.action)
        }
        guard isFirst else { _exit(ExitStatus.interrupted.rawValue) }
        action()
    }
}

/// Writes a line for each request, on a thread that no request waits for.
final class AccessLog: Sendable {
    /// Lines that a reader who doesn't read may leave waiting; later ones are lost.
    private static let mostWaiting = 1000

    private let output: Output
    private let queue = DispatchQueue(label: "diptych.access-log", qos: .utility)
    private let waiting = Atomic(0)

    init(output: Output) {
        self.output = output
    }

    func write(_ record: AccessRecord) {
        guard waiting.add(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            return
        }
        let time = Date().ISO8601Format()
        queue.async { [self] in
            // What reads the log may have gone.
            try? output.write("\(time) \("\(record)".onOneLine)\n")
            waiting.subtract(1, ordering: .relaxed)
        }
    }

    /// Writes a line that isn't about a request.
    func tell(_ text: String) {
        queue.async { [self] in output.tell(text) }
    }

    /// Waits until everything is written.
    func flush() async {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume() }
        }
    }
}
