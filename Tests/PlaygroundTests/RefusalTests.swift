import PlaygroundTestSupport
import Testing

@testable import Playground

/// What couldn't be done can be done later, or otherwise, without being typed again.
@Suite struct RefusalTests {
    @Test(arguments: ["/regen", "/undo", "/repeat 3", "/follow @1 @2", "/load talk.jsonl", "/add gemma3-270m"])
    func aCommandThatComesTooSoonStays(_ line: String) {
        var driver = PlaygroundSample.finished()
        driver.press(.control("u"))
        driver.enter("again")
        driver.enter(line)
        #expect(driver.state.notice?.kind == .warning)
        #expect(driver.state.prompt.text == line)
        #expect(!driver.state.completion.isOpen)
    }

    @Test func whatWasRefusedIsDoneByTheNextEnter() {
        var driver = PlaygroundSample.ready()
        driver.enter("Hi")
        driver.enter("/regen @1")
        driver.answer(0, "Yes")
        driver.answer(1, "No")
        let runs = driver.runs.count
        driver.press(.enter)
        #expect(driver.runs.count == runs + 1)
        #expect(driver.state.prompt.isEmpty)
    }

    @Test(arguments: ["/help", "/heat latency", "/set temperature 0.5", "/together", "/clear"])
    func whatIsDoneGoes(_ line: String) {
        var driver = PlaygroundSample.finished()
        driver.press(.control("u"))
        driver.enter(line)
        #expect(driver.state.prompt.isEmpty)
    }
}
