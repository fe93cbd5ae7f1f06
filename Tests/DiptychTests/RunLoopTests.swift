import Chat
import ChatTestSupport
import Foundation
import Playground
import Screen
import ScreenTestSupport
import Synchronization
import Testing

@testable import diptych

/// The run loop on a terminal in memory, with models that play scripts.
@Suite struct RunLoopTests {
    @Test func theFirstFrameIsThereBeforeAnyModel() async throws {
        let bench = Bench(panes: 2)
        let gate = Gate()
        bench.services.onOpen { _ in
            gate.wait()
            return ScriptedBackend.answering(["Hi"], profile: .scripted(name: "late"))
        }
        bench.start()
        #expect(await bench.shows("opening model0"))
        gate.open()
        #expect(await bench.shows("late"))
        await bench.leave()
        #expect(bench.ending == .left)
        #expect(bench.terminal.history.last == .close)
    }

    @Test func bothModelsAnswerAPrompt() async throws {
        let bench = Bench(panes: 2)
        bench.services.onOpen { name in ScriptedBackend.answering(["I am ", name, "!"], profile: .scripted(name: name))
        }
        bench.start()
        #expect(await bench.shows("model0"))
        bench.terminal.type("who are you")
        bench.terminal.send(keys: .enter)
        #expect(await bench.shows("I am model0!"))
        #expect(await bench.shows("I am model1!"))
        await bench.leave()
        #expect(bench.services.opened.sorted() == ["model0", "model1"])
    }

    @Test func aModelThatCannotBeOpenedSaysSoInItsPane() async throws {
        let bench = Bench(panes: 2)
        bench.services.onOpen { name in
            if name == "model1" { throw Failure(description: "model1.gguf: field \u{1B}[31m 'magic': expected\n GGUF") }
            return ScriptedBackend.answering(["fine"], profile: .scripted(name: name))
        }
        bench.start()
        #expect(await bench.shows("magic"))
        bench.terminal.type("hi")
        bench.terminal.send(keys: .enter)
        #expect(await bench.shows("fine"))
        await bench.leave()
        #expect(bench.ending == .left)
    }

    @Test func escapeCancelsARunAndTheNextOneAnswers() async throws {
        let bench = Bench(panes: 1)
        let backend = ScriptedBackend(
            profile: .scripted(name: "endless"),
            script: [
                .event(.prompt(PromptSummary(tokens: 1, cachedTokens: 0))),
                .event(.token(ChatToken(text: "begun", at: .milliseconds(1)))), .waitForCancellation,
                .event(.token(ChatToken(text: "TOO LATE", at: .milliseconds(2)))),
            ])
        bench.services.onOpen { _ in backend }
        bench.start()
        #expect(await bench.shows("endless"))
        for number in 1...2 {
            bench.terminal.type("go\(number)")
            bench.terminal.send(keys: .enter)
            #expect(
                await bench.terminal.shows { $0.text().components(separatedBy: "begun").count == number + 1 })
            bench.terminal.send(keys: .escape)
        }
        await bench.leave()
        #expect(backend.requests.count == 2)
        #expect(bench.terminal.drawn.allSatisfy { !$0.text().contains("TOO LATE") })
    }

    @Test func aBackendThatFailsSaysSoInItsPane() async throws {
        let bench = Bench(panes: 1)
        bench.services.onOpen { _ in
            ScriptedBackend(profile: .scripted(name: "frail"), script: [.failure(Failure(description: "out of luck"))])
        }
        bench.start()
        #expect(await bench.shows("frail"))
        bench.terminal.type("hi")
        bench.terminal.send(keys: .enter)
        #expect(await bench.shows("out of luck"))
        await bench.leave()
    }

    @Test func theTerminalsOwnEventsAreAnswered() async throws {
        let bench = Bench(panes: 1)
        bench.start()
        #expect(await bench.shows("model0"))
        bench.terminal.send(.input(.resize(Size(columns: 100, rows: 30))))
        #expect(await bench.terminal.shows { $0.size == Size(columns: 100, rows: 30) })
        let drawn = bench.terminal.drawn.count
        bench.terminal.send(.suspendRequested, .resumed)
        bench.terminal.send(keys: .control("z"))
        while bench.terminal.drawn.count == drawn { try await Task.sleep(for: .milliseconds(1)) }
        bench.terminal.send(.terminated(signal: SIGTERM))
        await bench.waitForEnd()
        #expect(bench.ending == .signal(SIGTERM))
        let history = bench.terminal.history
        #expect(history.contains(.resume))
        #expect(history.count { $0 == .suspend } == 2)
        #expect(history.last == .close)
    }

    @Test func aTerminalThatGoesAwayEndsTheLoop() async throws {
        let bench = Bench(panes: 1)
        bench.start()
        #expect(await bench.shows("model0"))
        bench.terminal.send(.closed)
        await bench.waitForEnd()
        #expect(bench.ending == .terminalClosed)
    }

    @Test func keysThatComeTogetherAreDrawnTogether() async throws {
        let bench = Bench(panes: 1)
        bench.start()
        #expect(await bench.shows("model0"))
        let before = bench.terminal.drawn.count
        let text = String(repeating: "abcdefghi ", count: 30)
        bench.terminal.type(text)
        bench.terminal.type("END")
        #expect(await bench.shows("END"))
        #expect(bench.terminal.drawn.count - before < text.count / 10)
        await bench.leave()
    }

    @Test func effectsOfAReplacedModelAreDropped() async throws {
        let services = ScriptedServices()
        let events = Mutex<[Event]>([])
        let context = EffectContext(services: services) { event in events.withLock { $0.append(event) } }
        let gate = Gate()
        services.onOpen { name in
            if name == "old" { gate.wait() }
            return ScriptedBackend.answering([name], profile: .scripted(name: name))
        }
        LoadModel(request: LoadRequest(id: LoadID(1), pane: PaneID(1), model: "old")).perform(in: context)
        while services.opened != ["old"] { try await Task.sleep(for: .milliseconds(1)) }
        LoadModel(request: LoadRequest(id: LoadID(2), pane: PaneID(1), model: "new")).perform(in: context)
        // The new one waits until the old one is gone from memory.
        #expect(context.backend(of: PaneID(1)) == nil)
        gate.open()
        while events.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(1)) }
        #expect(events.withLock { $0 } == [.load(LoadID(2), .ready(.scripted(name: "new"), nil))])
        #expect(context.backend(of: PaneID(1))?.profile.name == "new")
        try await onOwnThread { context.shutDown(within: .seconds(5)) }
    }

    @Test func pullsReportAndCanBeCancelled() async throws {
        let services = ScriptedServices()
        let events = Mutex<[Event]>([])
        let context = EffectContext(services: services) { event in events.withLock { $0.append(event) } }
        func wait(for count: Int) async throws -> [Event] {
            while events.withLock({ $0.count }) < count { try await Task.sleep(for: .milliseconds(1)) }
            return events.withLock { $0 }
        }
        let progress = PullEvent.progress(PullProgress(received: 1, total: 2))
        services.onPull { _, report in report(progress) }
        PullModel(id: "a").perform(in: context)
        #expect(try await wait(for: 2) == [.pull("a", progress), .pull("a", .finished)])
        services.onPull { _, _ in try await Task.sleep(for: .seconds(600)) }
        PullModel(id: "b").perform(in: context)
        CancelPull(id: "a").perform(in: context)
        CancelPull(id: "b").perform(in: context)
        #expect(try await wait(for: 3).last == .pull("b", .cancelled))
        services.onPull { _, _ in throw Failure(description: "no network\nat all") }
        PullModel(id: "c").perform(in: context)
        #expect(try await wait(for: 4).last == .pull("c", .failed("no network at all")))
    }

    @Test func aModelThatIsNotOpenCannotAnswer() async throws {
        let events = Mutex<[Event]>([])
        let context = EffectContext(services: ScriptedServices()) { event in events.withLock { $0.append(event) } }
        let message = Message(role: .user, content: "hi")
        Generate(request: RunRequest(id: RunID(7), pane: PaneID(3), chat: ChatRequest(messages: [message]))).perform(
            in: context)
        let posted = events.withLock { $0 }
        guard case .run(RunID(7), .failed) = posted.first else {
            Issue.record("expected a failure: \(posted)")
            return
        }
    }
}

private struct Failure: Error, CustomStringConvertible {
    var description: String
}

/// Holds threads back until it is opened.
private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func wait() {
        semaphore.wait()
        semaphore.signal()
    }

    func open() { semaphore.signal() }
}

/// A run loop on its own thread, and a terminal to drive it with.
private final class Bench: Sendable {
    let terminal = MemoryTerminal()
    let services = ScriptedServices()
    private let panes: Int
    private let result = Mutex<diptych.RunLoop.Ending?>(nil)

    init(panes: Int) { self.panes = panes }

    var ending: diptych.RunLoop.Ending? { result.withLock { $0 } }

    func start() {
        let state = State(
            size: terminal.size, panes: (0..<panes).map { Pane(role: nil, model: "model\($0)") })
        let thread = Thread { [self] in
            var loop = diptych.RunLoop(device: terminal, state: state, services: services)
            let ending = loop.run()
            result.withLock { $0 = ending }
        }
        thread.start()
    }

    func shows(_ text: String) async -> Bool {
        let isShown = await terminal.shows { $0.text().contains(text) }
        if !isShown { Issue.record("\"\(text)\" isn't shown:\n\(terminal.screen?.text() ?? "")") }
        return isShown
    }

    /// Leaves as a user does.
    func leave() async {
        terminal.send(keys: .control("c"), .control("c"))
        await waitForEnd()
    }

    func waitForEnd() async {
        for _ in 0..<10_000 where ending == nil { try? await Task.sleep(for: .milliseconds(2)) }
        if ending == nil { Issue.record("the run loop doesn't end") }
    }
}
