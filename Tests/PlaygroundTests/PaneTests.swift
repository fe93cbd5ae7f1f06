import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct PaneTests {
    @Test func anAddedPaneLoadsAndAnswersBesideTheOthers() {
        var driver = PlaygroundSample.ready()
        driver.enter("/add gemma3-270m")
        #expect(driver.loadPanes.last == 2)
        #expect(driver.loads.last?.model == "gemma3-270m")
        #expect(driver.loads.last?.role == nil)
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile, PlaygroundSample.baseProfile)
        driver.enter("hi")
        for pane in 0..<3 { driver.answer(pane, "yes") }
        #expect(driver.runPanes == [0, 1, 2])
        #expect(driver.state.panes[2].turns.last?.answer.text == "yes")
    }

    @Test func noMoreThanFourPanes() {
        var driver = PlaygroundSample.ready()
        for model in ["three", "four"] { driver.enter("/add \(model)") }
        #expect(driver.enter("/add five").isEmpty)
        #expect(driver.state.panes.count == 4)
        #expect(driver.state.prompt.text == "/add five")
        #expect(driver.state.notice?.kind == .warning)
    }

    @Test func noPaneIsAddedWhileAnswersCome() {
        var driver = PlaygroundSample.ready()
        driver.enter("hi")
        #expect(driver.enter("/add gemma3-270m").isEmpty)
        #expect(driver.state.panes.count == 2)
    }

    @Test func theLastPaneStays() {
        var driver = PlaygroundSample.ready()
        driver.enter("/close @2")
        #expect(driver.enter("/close").isEmpty)
        #expect(driver.state.panes.count == 1)
        #expect(driver.state.notice?.text.contains("only pane") == true)
    }

    @Test func aClosedPaneStopsAndItsLateEventsAreDropped() {
        var driver = PlaygroundSample.ready()
        driver.enter("hi")
        let closed = driver.state.panes[0].id
        let run = driver.runs[0].id
        let effects = driver.enter("/close @small")
        #expect(effects.prefix(2) == [.cancel(run), .close(closed)])
        // The next one, which had waited for it, begins.
        #expect(driver.runPanes.last == 0)
        let state = driver.state
        driver.send(.run(run, .chat(.token(ChatToken(text: "late", at: .seconds(1))))))
        driver.send(.rendered(closed, .failure("late")))
        driver.send(.load(driver.loads[0].id, .failed("late")))
        #expect(driver.state == state)
    }

    @Test func closingForgetsWhatPointedAtThePane() {
        var driver = PlaygroundSample.finished()
        driver.press(.control("u"), .tab, .tab)
        #expect(driver.state.focus == .pane(1))
        driver.press(.function(10))
        #expect(driver.state.zoomed == driver.state.panes[1].id)
        driver.enter("/close")
        #expect(driver.state.focus == .prompt)
        #expect(driver.state.dialog == nil)
        #expect(driver.state.zoomed == nil)
        #expect(driver.state.inspector == nil)
        #expect(driver.state.panes.map(\.role) == [.small])
        #expect(render(driver.state).text().contains("small smollm2"))
    }

    @Test func panesChangePlacesWithAllThatTheyHave() {
        var driver = PlaygroundSample.finished()
        let before = driver.state.panes
        driver.press(.control("u"))
        driver.enter("/swap")
        #expect(driver.state.panes == before.reversed())
        driver.press(.tab, .character("x"))
        #expect(driver.state.panes == before)
    }

    @Test func oneOfThreePanesIsSwappedByName() {
        var driver = PlaygroundSample.ready()
        driver.enter("/add gemma3-270m")
        let ids = driver.state.panes.map(\.id)
        driver.enter("/swap @3 @1")
        #expect(driver.state.panes.map(\.id) == [ids[2], ids[1], ids[0]])
        driver.enter("/swap @3")
        #expect(driver.state.panes.map(\.id) == [ids[0], ids[1], ids[2]])
    }

    @Test func aSinglePaneHasNoOtherToChangePlacesWith() {
        var driver = PlaygroundSample.ready()
        driver.enter("/close @2")
        driver.enter("/swap")
        #expect(driver.state.notice?.text.contains("no second pane") == true)
        driver.press(.control("u"), .alt("l"))
        #expect(driver.state.notice?.text.contains("needs two panes") == true)
        driver.press(.alt("n"))
        #expect(driver.state.notice?.text.contains("exactly two panes; there is 1") == true)
    }

    @Test func theSameModelCanAnswerWithTwoSettings() {
        var driver = PlaygroundSample.ready()
        driver.enter("/add smollm2-135m-instruct")
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile, PlaygroundSample.smallProfile)
        driver.enter("/set temperature 0.9 @3")
        driver.enter("/set answer-tokens 12 @3")
        driver.enter("/system Rhyme. @3")
        driver.enter("hi")
        for pane in 0..<3 { driver.answer(pane, "yes") }
        #expect(driver.runs.map(\.chat.sampling.temperature) == [0, 0, 0.9])
        #expect(driver.runs.map(\.chat.maximumTokens) == [nil, nil, 12])
        #expect(driver.runs.map { $0.chat.messages.first?.role } == [.user, .user, .system])
    }

    @Test func aContextOfOnePaneLoadsThatModelAlone() {
        var driver = PlaygroundSample.ready()
        let loads = driver.loads.count
        driver.enter("/context 2048 @large")
        #expect(driver.loads.count == loads + 1)
        #expect(driver.loadPanes.last == 1)
        #expect(driver.loads.last?.settings.contextLength == 2048)
        driver.enter("/context 2048 @large")
        #expect(driver.loads.count == loads + 1)
    }

    @Test func panesOpenedLaterHaveTheSettingsOfAll() {
        var driver = PlaygroundSample.ready()
        driver.enter("/set seed 7")
        driver.enter("/set seed 8 @1")
        driver.enter("/add gemma3-270m")
        #expect(driver.state.panes.map(\.settings.sampling.seed) == [8, 7, 7])
    }

    @Test(arguments: 1...4) func everyPaneHasAColourOfItsOwn(_ count: Int) {
        let panes = [Pane(role: .large, model: "a"), Pane(role: nil, model: "b")]
        for roles in [panes, panes.reversed(), panes.map { Pane(role: nil, model: $0.reference) }] {
            let all = roles + [Pane(role: nil, model: "c"), Pane(role: nil, model: "d")]
            let state = State(size: Size(columns: 80, rows: 24), panes: Array(all.prefix(count)))
            #expect(Set(state.panes.indices.map { state.accent(of: $0) }).count == count)
        }
    }

    @Test func aDialogOfAPaneThatIsGoneCloses() {
        var driver = PlaygroundSample.ready()
        driver.press(.tab, .tab, .function(3))
        let side = EarlierSession.Side(role: .small, model: "m", exchanges: [])
        driver.send(.sessionRead(.success(EarlierSession(sides: [side]))))
        #expect(driver.state.dialog == nil)
        #expect(driver.state.focus == .prompt)
    }
}
