import Chat
import Synchronization

/// A backend that needs no model: it gives the answers that were recorded of one pane, at the times they came at.
///
/// Each request gets the next run of the pane, whatever it asks. The events carry the recorded times, so that all
/// figures are those of the recording at any speed.
public final class RecordedBackend: ChatBackend {
    private struct State {
        var next = 0
        var memory: MemoryUse?
    }

    public let profile: ModelProfile
    private let runs: [RecordedRun]
    private let speed: ReplaySpeed
    private let state = Mutex(State())

    /// - Parameter pane: an index into ``RecordedSession/panes``.
    public init(_ session: RecordedSession, pane: Int, speed: ReplaySpeed = .original) {
        profile = session.panes[pane].opening.profile
        runs = session.runs.filter { $0.pane == pane }
        self.speed = speed
    }

    /// What the run that was played last had told of its memory at its end.
    public func memoryUse() -> MemoryUse? { state.withLock { $0.memory } }

    public func respond(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        guard let run = takeNextRun() else {
            return AsyncThrowingStream { $0.finish(throwing: RecordingExhausted(model: profile.name)) }
        }
        let (stream, continuation) = AsyncThrowingStream<ChatEvent, any Error>.makeStream()
        let player = Task { [speed] in
            do {
                try await run.play(at: speed) { continuation.yield($0) }
                continuation.finish()
            } catch let failure as RecordedFailure {
                continuation.finish(throwing: failure)
            } catch {
                continuation.finish()
            }
        }
        continuation.onTermination = { _ in player.cancel() }
        return stream
    }

    private func takeNextRun() -> RecordedRun? {
        state.withLock { state in
            guard state.next < runs.count else { return nil }
            defer { state.next += 1 }
            let run = runs[state.next]
            for case .memory(let memory) in run.events { state.memory = memory }
            return run
        }
    }
}

extension RecordedRun {
    /// Hands the events on when their times come.
    /// - Throws: ``RecordedFailure`` at the end of a run that failed; `CancellationError`.
    func play(at speed: ReplaySpeed, _ yield: (ChatEvent) -> Void) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        func wait(until time: Duration) async throws {
            guard speed != .immediate else { return try Task.checkCancellation() }
            try await clock.sleep(until: start + speed.playing(time))
        }
        for event in events {
            if let time = event.time { try await wait(until: time) }
            yield(event)
        }
        switch outcome {
        case .finished, .unfinished: break
        case .cancelled(let at): try await wait(until: at)
        case .failed(let message, let at):
            try await wait(until: at)
            throw RecordedFailure(message: message)
        }
    }
}

/// What went wrong when the session was recorded.
public struct RecordedFailure: Error, Equatable, CustomStringConvertible {
    public let message: String
    public var description: String { message }
}

/// All recorded answers of a pane have been given.
public struct RecordingExhausted: Error, Equatable, CustomStringConvertible {
    public let model: String
    public var description: String {
        "\(model): expected another recorded answer, found the end of the recording; nothing new can be asked in a replay"
    }
}
