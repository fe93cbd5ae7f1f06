import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct RunTests {
    @Test func sequentialPanesAnswerOneAfterTheOther() {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter)
        #expect(driver.runPanes == [0])
        #expect(driver.state.panes[1].turns.last?.phase == .queued)
        driver.chat(0, token("a", 10))
        #expect(driver.runPanes == [0])
        driver.chat(0, .finished(.stop, at: .milliseconds(11)))
        #expect(driver.runPanes == [0, 1])
        driver.chat(1, token("b", 10), .finished(.stop, at: .milliseconds(11)))
        #expect(!driver.state.isBusy)
        #expect(driver.state.panes.map { $0.turns.last?.answer.text } == ["a", "b"])
    }

    @Test func concurrentPanesStartTogether() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(5))
        driver.type("hi")
        driver.press(.enter)
        #expect(driver.runPanes == [0, 1])
        driver.chat(1, token("b", 5))
        driver.chat(0, token("a", 6))
        #expect(driver.state.panes.map { $0.turns.last?.answer.text } == ["a", "b"])
    }

    @Test func turningConcurrentOnStartsThePaneThatWaits() {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter)
        driver.press(.control("t"))
        #expect(driver.runPanes == [0, 1])
    }

    @Test func nothingStartsBeforeEveryModelIsOpen() {
        var driver = PlaygroundSample.starting(initialPrompt: "from standard input")
        let effects = driver.send(.started)
        #expect(effects.contains(.listModels))
        #expect(driver.loads.map(\.model) == ["smollm2-135m-instruct", "qwen2.5-coder-1.5b-instruct"])
        driver.open(PlaygroundSample.smallProfile)
        #expect(driver.runs.isEmpty)
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile)
        #expect(driver.runPanes == [0])
        #expect(driver.runs.first?.chat.messages == [Message(role: .user, content: "from standard input")])
    }

    @Test func aModelThatCannotBeOpenedFailsItsPaneOnly() {
        var driver = PlaygroundSample.starting()
        driver.send(.started)
        driver.send(.load(driver.loads[0].id, .failed("small.gguf: expected GGUF, found 4 bytes of zeros")))
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile)
        driver.type("hi")
        driver.press(.enter)
        driver.send(.load(driver.loads[2].id, .failed("small.gguf: expected GGUF, found 4 bytes of zeros")))
        #expect(driver.runPanes == [1])
        #expect(driver.state.panes[0].turns.last?.phase == .failed("No model is open here; F2 chooses one."))
        #expect(render(driver.state).text().contains("× small.gguf: expected GGUF, found 4"))
    }

    @Test(arguments: [Key.escape, .control("c")])
    func stoppingStopsBothPanesAndKeepsTheText(_ key: Key) {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter)
        driver.chat(0, token("half an", 10))
        let run = driver.runs[0].id
        #expect(driver.press(key) == [.cancel(run)])
        #expect(!driver.state.isBusy)
        #expect(driver.state.panes[0].turns.last?.answer.text == "half an")
        #expect(driver.state.panes[1].turns.last?.phase == .finished(.cancelled))
        #expect(render(driver.state).text().contains("■ stopped after 1 token"))
    }

    @Test func eventsOfStoppedAndUnknownRunsAreDropped() {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter, .escape)
        let old = driver.runs[0].id
        let stopped = driver.state
        driver.send(.run(old, .chat(token("late", 20))))
        driver.send(.run(old, .failed("late")))
        driver.send(.run(old, .ended))
        driver.send(.run(RunID(999), .chat(token("unknown", 20))))
        #expect(driver.state == stopped)
        driver.type("again")
        driver.press(.enter)
        #expect(driver.runs[1].id != old)
        driver.send(.run(old, .chat(token("late", 20))))
        #expect(driver.state.panes[0].turns.last?.answer.text == "")
    }

    @Test func eventsAfterTheEndOfARunAreDropped() {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter)
        driver.chat(0, token("a", 1), .finished(.stop, at: .milliseconds(2)))
        let ended = driver.state
        driver.chat(0, token("b", 3))
        driver.send(.run(driver.runs[0].id, .ended))
        #expect(driver.state == ended)
    }

    @Test func aRunThatFailsLeavesItsReasonInThePaneAndTheNextOneStarts() {
        var driver = PlaygroundSample.ready()
        driver.type("a very long prompt")
        driver.press(.enter)
        let reason = "the prompt has 5000 tokens, the context 4096; shorten it or raise the context with F3"
        driver.send(.run(driver.runs[0].id, .failed(reason)))
        #expect(driver.state.panes[0].turns.last?.phase == .failed(reason))
        #expect(driver.runPanes == [0, 1])
        #expect(render(driver.state).text().contains("× the prompt has 5000 tokens, the"))
    }

    @Test func aStreamThatJustEndsCountsAsStopped() {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter)
        driver.send(.run(driver.runs[0].id, .ended))
        #expect(driver.state.panes[0].turns.last?.phase == .finished(.cancelled))
    }

    @Test func followUpsCarryEachPanesOwnConversation() {
        var driver = PlaygroundSample.ready(paneSettings: PaneSettings(systemPrompt: "Be brief."))
        driver.type("one")
        driver.press(.enter)
        driver.chat(0, token("small answer", 1), .finished(.stop, at: .milliseconds(2)))
        driver.send(.run(driver.runs[1].id, .failed("broken")))
        driver.type("two")
        driver.press(.enter)
        driver.chat(0, .finished(.stop, at: .milliseconds(2)))
        let system = Message(role: .system, content: "Be brief.")
        #expect(
            driver.runs[2].chat.messages == [
                system, Message(role: .user, content: "one"), Message(role: .assistant, content: "small answer"),
                Message(role: .user, content: "two"),
            ])
        // The turn that failed has no answer to go on from.
        #expect(driver.runs[3].pane == driver.state.panes[1].id)
        #expect(driver.runs[3].chat.messages == [system, Message(role: .user, content: "two")])
    }

    @Test func aPromptIsNotSentWhileAnswersComeNorWhenItIsBlank() {
        var driver = PlaygroundSample.ready()
        driver.type("  ")
        #expect(driver.press(.enter).isEmpty)
        driver.type("hi")
        driver.press(.enter)
        driver.type("next")
        #expect(driver.press(.enter).isEmpty)
        #expect(driver.state.prompt.text == "next")
        #expect(driver.state.notice?.kind == .warning)
    }

    @Test func aNewConversationForgetsTheOldOne() {
        var driver = PlaygroundSample.finished()
        driver.press(.function(7))
        #expect(driver.state.panes.allSatisfy { $0.turns.isEmpty })
        driver.press(.enter)
        #expect(driver.runs.last?.chat.messages == [Message(role: .user, content: "And at sunset?")])
    }

    @Test func figuresAreThoseOfTheRecorder() throws {
        let metrics = try #require(PlaygroundSample.finished().state.panes[0].metrics)
        #expect(metrics.timeToFirstToken == .milliseconds(96))
        #expect(metrics.generatedTokens == 51)
        #expect(metrics.contextUsed == 92)
        #expect(metrics.memory == PlaygroundSample.smallMemory)
    }

    @Test func onePaneIsEnough() {
        var driver = PlaygroundDriver(
            State(size: Size(columns: 80, rows: 24), panes: [Pane(role: nil, model: "folder/model.gguf")]))
        driver.send(.started)
        driver.open(PlaygroundSample.baseProfile)
        driver.type("Once")
        driver.press(.enter)
        driver.chat(0, token(" upon", 10), .finished(.length, at: .milliseconds(11)))
        #expect(driver.state.panes[0].turns.last?.answer.text == " upon")
        #expect(render(driver.state).text().contains("continues raw text: this model has no chat template"))
    }

    private func token(_ text: String, _ milliseconds: Int) -> ChatEvent {
        .token(ChatToken(text: text, at: .milliseconds(milliseconds)))
    }
}
