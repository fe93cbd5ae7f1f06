import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct RepetitionTests {
    @Test func theOrderAlternates() {
        var driver = answered()
        driver.enter("/repeat 3")
        play(&driver)
        #expect(driver.runPanes.dropFirst(2) == [0, 1, 1, 0, 0, 1])
        #expect(driver.runs.dropFirst(2).map(\.kind) == [1, 1, 2, 2, 3, 3].map { .repeat(round: $0) })
        #expect(driver.state.repetition?.phase == .done)
        #expect(!driver.state.isBusy)
    }

    @Test func eachRunComputesItsPromptAnewAndAllShareAnAction() {
        var driver = answered()
        driver.enter("/repeat 2 warm")
        play(&driver)
        let runs = driver.runs.dropFirst(2)
        #expect(runs.allSatisfy { !$0.chat.usesCache && $0.prompt == "Why?" })
        #expect(Set(runs.map(\.action)).count == 1)
        #expect(driver.runs.prefix(2).allSatisfy { $0.chat.usesCache })
        #expect(Set(runs.map(\.id)).count == runs.count)
    }

    @Test func theWarmUpIsNotCounted() {
        var driver = answered()
        driver.enter("/repeat 2 warm")
        #expect(driver.runs.last?.kind == .warmUp)
        #expect(render(driver.state).text().contains("repeating: warm-up"))
        play(&driver)
        #expect(driver.runs.dropFirst(2).count == 6)
        #expect(driver.state.panes.allSatisfy { driver.state.repetition?.samples[$0.id]?.count == 2 })
    }

    @Test func together() {
        var driver = answered()
        driver.press(.function(5))
        driver.enter("/repeat 2")
        #expect(driver.runPanes.suffix(2) == [0, 1])
        #expect(driver.runs.suffix(2).allSatisfy { $0.isConcurrent })
        driver.answer(1, "b")
        #expect(driver.runs.count == 4)
        driver.answer(0, "a")
        #expect(driver.runPanes.count == 6)
        play(&driver)
        #expect(driver.state.repetition?.phase == .done)
        #expect(render(driver.state).text().contains("all at the same time, sharing the machine"))
    }

    @Test func mediansAndSpreadAreShown() {
        var driver = answered()
        driver.enter("/repeat 3")
        for (index, milliseconds) in [30, 40, 10, 80, 20, 90].enumerated() {
            let pane = driver.runPanes.last.flatMap { $0 } ?? 0
            driver.chat(
                pane, .token(ChatToken(text: "a", at: .milliseconds(milliseconds))),
                .finished(.stop, at: .milliseconds(milliseconds + index)))
        }
        let lines = driver.state.repeatsPage(columns: 76).map { $0.map(\.text).joined() }
        // The small model took 30, 80 and 20, the large one 40, 10 and 90.
        #expect(
            lines.contains {
                $0.hasPrefix("TTFT          30.0 ms  20.0–80.0") && $0.contains("40.0 ms  10.0–90.0")
            })
        #expect(lines.contains { $0.contains("small (3)") && $0.contains("large (3)") })
        #expect(lines.contains("3 rounds, done"))
        #expect(!lines.contains { $0.hasPrefix("energy") })
    }

    @Test func stoppingKeepsWhatWasMeasured() {
        var driver = answered()
        driver.enter("/repeat 5")
        driver.answer(0, "a")
        driver.answer(1, "b", finish: nil)
        driver.press(.escape)
        #expect(driver.state.repetition?.phase == .running)
        #expect(driver.press(.escape) == [.cancel(driver.runs[3].id)])
        #expect(driver.state.repetition?.phase == .stopped("stopped"))
        #expect(driver.runs.count == 4)
        driver.press(.alt("r"))
        #expect(render(driver.state).text().contains("stopped; what was measured stays"))
        #expect(driver.state.repetition?.samples[driver.state.panes[0].id]?.count == 1)
    }

    @Test func aFailureEndsIt() {
        var driver = answered()
        driver.enter("/repeat 5 warm")
        driver.send(.run(driver.runs[2].id, .failed("out of memory")))
        #expect(driver.state.repetition?.phase == .stopped("out of memory"))
        #expect(driver.runs.count == 3)
        #expect(!driver.state.isBusy)
    }

    @Test(arguments: [1, 2]) func aStreamThatJustEndsEndsIt(_ rounds: Int) {
        for warm in ["", " warm"] {
            var driver = answered()
            driver.enter("/repeat \(rounds)\(warm)")
            driver.send(.run(driver.runs[2].id, .ended))
            #expect(driver.state.repetition?.phase == .stopped("stopped"))
            #expect(!driver.state.isBusy)
        }
    }

    @Test(arguments: [
        ("/close @2", "a pane was closed"), ("/close @1", "a pane was closed"),
        ("/model gemma3-270m @2", "a model was opened anew"), ("/set seed 3", "the settings were changed"),
        ("/context 512 @1", "the settings were changed"), ("/system Rhyme.", "the settings were changed"),
    ])
    func endsWhereTheRestWouldBeAnother(_ line: String, _ reason: String) {
        var driver = answered()
        driver.enter("/repeat 3")
        driver.press(.escape)
        driver.enter(line)
        #expect(driver.state.repetition?.phase == .stopped(reason))
    }

    @Test(arguments: [Key.function(5), .function(8)]) func conditionsStayTheSameMeanwhile(_ key: Key) {
        var driver = answered()
        driver.enter("/repeat 2")
        let settings = driver.state.settings
        #expect(driver.press(key).isEmpty)
        #expect(driver.state.settings == settings)
        #expect(driver.state.notice?.kind == .warning)
        play(&driver)
        driver.press(key)
        #expect(driver.state.settings != settings)
    }

    @Test func theFirstAnswerComesBackWithUndo() {
        var driver = answered()
        driver.enter("/repeat 2 warm")
        play(&driver)
        driver.press(.escape)
        driver.enter("/repeat 2 warm")
        play(&driver)
        #expect(driver.state.panes.map { $0.turns[0].former.count } == [1, 1])
        driver.press(.escape, .alt("u"))
        #expect(driver.state.panes.map { $0.turns[0].answer.text } == ["first", "first"])
    }

    @Test func onlyPanesThatHaveAnsweredThePromptTakePart() {
        var driver = answered()
        driver.enter("/add gemma3-270m")
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile, PlaygroundSample.baseProfile)
        driver.enter("/repeat 1")
        play(&driver)
        #expect(driver.runPanes.dropFirst(2) == [0, 1])
    }

    @Test func thePageComesBackWithItsKey() {
        var driver = answered()
        driver.press(.alt("r"))
        #expect(render(driver.state).text().contains("Nothing was repeated yet"))
        driver.press(.alt("r"))
        #expect(driver.state.dialog == nil)
    }

    @Test func thePromptIsNotSentMeanwhile() {
        var driver = answered()
        driver.enter("/repeat 2")
        driver.press(.escape)
        #expect(driver.enter("another").isEmpty)
        #expect(driver.state.prompt.text == "another")
    }

    private func answered() -> PlaygroundDriver {
        var driver = PlaygroundSample.ready()
        driver.enter("Why?")
        driver.answer(0, "first")
        driver.answer(1, "first")
        return driver
    }

    /// Answers whatever is asked for, until nothing is.
    private func play(_ driver: inout PlaygroundDriver) {
        for _ in 0..<50 {
            guard let pane = driver.state.panes.firstIndex(where: { $0.turns.last?.isRunning == true }) else { return }
            driver.answer(pane, "again", " and")
        }
    }
}
