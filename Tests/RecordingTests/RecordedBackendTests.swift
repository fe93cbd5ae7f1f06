import Chat
import Testing

@testable import Recording

@Suite struct RecordedBackendTests {
    private let request = ChatRequest(messages: [Message(role: .user, content: "anything")])

    @Test(arguments: [ReplaySpeed.immediate, ReplaySpeed(20) ?? .original])
    func playsTheRunsOfItsPaneInOrder(_ speed: ReplaySpeed) async throws {
        let session = try Sample.session()
        let backend = RecordedBackend(session, pane: 1, speed: speed)
        #expect(backend.profile == session.panes[1].opening.profile)
        #expect(backend.memoryUse() == nil)
        var events: [ChatEvent] = []
        for try await event in backend.respond(to: request) { events.append(event) }
        #expect(events == session.runs[1].events)
        #expect(backend.memoryUse()?.total == 1500)
        // The second one was stopped: the stream just ends.
        events = []
        for try await event in backend.respond(to: request) { events.append(event) }
        #expect(events == session.runs[3].events)
        await #expect(throws: RecordingExhausted(model: "huge")) {
            for try await _ in backend.respond(to: request) {}
        }
    }

    @Test func aRunThatFailedFails() async throws {
        let backend = RecordedBackend(try Sample.session(), pane: 0, speed: .immediate)
        for try await _ in backend.respond(to: request) {}
        await #expect(throws: RecordedFailure(message: "the context is full")) {
            for try await _ in backend.respond(to: request) {}
        }
    }

    @Test func keepsTheRecordedTime() async throws {
        let backend = RecordedBackend(try Sample.session(), pane: 1, speed: try #require(ReplaySpeed(2)))
        let clock = ContinuousClock()
        let start = clock.now
        for try await event in backend.respond(to: request) {
            // Never too early: half of the recorded time has passed.
            if let time = event.time { #expect(clock.now - start >= time / 2) }
        }
    }

    @Test func canBeCancelled() async throws {
        let session = try Sample.session([
            .paneOpened(Sample.opening(0)), .runStarted(Sample.start(1, pane: 0, turn: 1, at: .zero)),
            .event(run: 1, .token(ChatToken(text: "a", at: .zero))),
            .event(run: 1, .token(ChatToken(text: "b", at: .seconds(86_400)))),
        ])
        let backend = RecordedBackend(session, pane: 0)
        let request = request
        let consumer = Task {
            var texts: [String] = []
            for try await event in backend.respond(to: request) {
                if case .token(let token) = event { texts.append(token.text) }
                withUnsafeCurrentTask { $0?.cancel() }
            }
            return texts
        }
        #expect(try await consumer.value == ["a"])
    }

    @Test(arguments: [0, -1, 0.001, 1e9, .nan, -.infinity])
    func speedsHaveBounds(_ factor: Double) {
        #expect(ReplaySpeed(factor) == nil)
    }

    @Test func speedsDivideTimes() {
        #expect(ReplaySpeed(4)?.playing(.seconds(2)) == .milliseconds(500))
        #expect(ReplaySpeed(0.5)?.playing(.seconds(2)) == .seconds(4))
        #expect(ReplaySpeed(.infinity) == .immediate)
        #expect(ReplaySpeed.immediate.playing(.seconds(2)) == .zero)
    }
}
