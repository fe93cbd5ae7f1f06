import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct LeavingTests {
    @Test func controlCTwiceLeaves() {
        var driver = PlaygroundSample.ready()
        #expect(driver.press(.control("c")).isEmpty)
        #expect(driver.state.notice?.text == "Ctrl+C again leaves Diptych.")
        #expect(driver.press(.control("c")) == [.exit])
    }

    @Test func anotherKeyInBetweenDisarmsControlC() {
        var driver = PlaygroundSample.ready()
        driver.press(.control("c"), .left)
        #expect(driver.press(.control("c")).isEmpty)
        driver.send(.input(.paste("x")))
        #expect(driver.press(.control("c")).isEmpty)
    }

    @Test func controlCFirstStopsThenLeaves() {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter)
        #expect(driver.press(.control("c")) == [.cancel(driver.runs[0].id)])
        #expect(driver.press(.control("c")) == [.exit])
    }

    @Test func controlDLeavesOnAnEmptyPromptOnly() {
        var driver = PlaygroundSample.ready()
        driver.type("ab")
        driver.press(.home)
        #expect(driver.press(.control("d")).isEmpty)
        #expect(driver.state.prompt.text == "b")
        #expect(driver.press(.control("d")).isEmpty)
        #expect(driver.press(.control("d")) == [.exit])
    }

    @Test func leavingStopsWhatRuns() {
        var driver = PlaygroundSample.ready()
        driver.type("hi")
        driver.press(.enter)
        #expect(driver.press(.control("d")) == [.cancel(driver.runs[0].id), .exit])
    }

    @Test func suspendingAndRedrawingAreTheProgramsAffair() {
        var driver = PlaygroundSample.ready()
        let state = driver.state
        #expect(driver.press(.control("z")) == [.suspend])
        #expect(driver.press(.control("l")) == [.redraw])
        #expect(driver.state == state)
    }
}
