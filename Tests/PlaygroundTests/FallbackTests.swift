import PlaygroundTestSupport
import Testing

@testable import Playground

@Suite struct FallbackTests {
    @Test func aModelThatCannotBeOpenedLeavesTheOneThatWas() {
        var driver = PlaygroundSample.finished()
        driver.press(.control("u"))
        driver.enter("/model nosuch @2")
        #expect(driver.loads.last?.model == "nosuch")
        let failed = driver.loads[driver.loads.count - 1].id
        driver.send(.load(failed, .failed("no model is called 'nosuch'")))
        #expect(driver.state.notice?.text == "no model is called 'nosuch'")
        #expect(driver.loads.last?.model == "qwen2.5-coder-1.5b-instruct")
        driver.send(.load(driver.loads[driver.loads.count - 1].id, .ready(PlaygroundSample.largeProfile, nil)))
        // With the figures that it had.
        #expect(driver.state.panes[1].metrics?.generatedTokens ?? 0 > 0)
    }

    @Test func aContextThatIsTooLongIsTakenBack() {
        var driver = PlaygroundSample.ready()
        driver.enter("/context 99999999 @1")
        let load = driver.loads[driver.loads.count - 1]
        #expect(load.settings.contextLength == 99_999_999)
        driver.send(.load(load.id, .failed("too long")))
        #expect(driver.state.panes[0].settings.contextLength == nil)
        #expect(driver.loads.last?.settings.contextLength == nil)
    }

    @Test func aModelThatNeverWasStaysFailed() {
        var driver = PlaygroundSample.starting()
        driver.send(.started)
        driver.send(.load(driver.loads[0].id, .failed("no")))
        #expect(driver.state.panes[0].model == .failed("no"))
        #expect(driver.loads.count == 2)
    }

    @Test func aRecordingIsNotChanged() {
        var driver = PlaygroundDriver(
            State(
                size: .init(columns: 80, rows: 24), panes: [Pane(role: nil, model: "tiny")], isReplay: true))
        driver.send(.started)
        driver.open(PlaygroundSample.smallProfile)
        for line in ["/context 64", "/clear", "/add x", "/set seed 3", "/system x", "/model y", "/repeat", "hello"] {
            let before = driver.state.panes
            #expect(driver.enter(line).isEmpty, "\(line)")
            #expect(driver.state.panes == before)
            #expect(driver.state.notice?.text.contains("recording") == true)
            driver.press(.control("u"))
        }
    }
}
