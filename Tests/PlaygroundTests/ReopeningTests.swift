import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

/// A model that couldn't be opened is tried again when something is asked of it.
@Suite struct ReopeningTests {
    private static let size = Size(columns: 120, rows: 40)

    /// Both panes of the usual pair, the large one's server not up yet.
    private static func withoutServer(_ reference: String = "openai:large@http://127.0.0.1:8080/v1") -> PlaygroundDriver
    {
        let panes = [Pane(role: .small, model: "tiny"), Pane(role: .large, model: reference)]
        var driver = PlaygroundDriver(State(size: size, panes: panes))
        driver.send(.started)
        driver.open(PlaygroundSample.smallProfile)
        driver.send(.load(driver.loads[1].id, .failed("127.0.0.1:8080 refuses the connection")))
        return driver
    }

    @Test func theNextPromptTriesAgainAndWaits() {
        var driver = Self.withoutServer()
        #expect(render(driver.state).text().contains("The next prompt asks this server again;"))
        driver.enter("Hi")
        #expect(driver.loadPanes == [0, 1, 1])
        // No answer begins beside a model that is being opened.
        #expect(driver.runs.isEmpty)
        #expect(driver.state.panes[1].turns.last?.phase == .queued)
        driver.send(.load(driver.loads[2].id, .ready(PlaygroundSample.bareProfile, nil)))
        driver.answer(0, "Yes")
        #expect(driver.runPanes == [0, 1])
        driver.answer(1, "No")
        #expect(driver.state.panes[1].metrics?.generatedTokens == 1)
    }

    @Test func whatFailsOnceMoreFailsThatAnswerAlone() {
        var driver = Self.withoutServer()
        driver.enter("Hi")
        driver.send(.load(driver.loads[2].id, .failed("still nobody there")))
        driver.answer(0, "Yes")
        #expect(driver.runPanes == [0])
        #expect(driver.state.panes[1].turns.last?.phase == .failed("No model is open here; F2 chooses one."))
        #expect(driver.state.panes[1].model == .failed("still nobody there"))
        #expect(driver.loads.count == 3)
    }

    @Test func onceMoreTriesAgainToo() {
        var driver = Self.withoutServer()
        driver.enter("Hi")
        driver.send(.load(driver.loads[2].id, .failed("still nobody there")))
        driver.answer(0, "Yes")
        driver.enter("/regen @large")
        #expect(driver.loadPanes == [0, 1, 1, 1])
        // What failed needn't come out the same.
        #expect(driver.state.notice == nil)
        driver.send(.load(driver.loads[3].id, .ready(PlaygroundSample.bareProfile, nil)))
        #expect(driver.runPanes.last == 1)
    }

    @Test func aRepeatSaysWhatOpensAModel() {
        var driver = PlaygroundDriver(State(size: Self.size, panes: [Pane(role: nil, model: "tiny.gguf")]))
        driver.send(.started)
        for load in 0...1 {
            driver.send(.load(driver.loads[load].id, .failed("no such file")))
            if load == 0 { driver.enter("Hi") }
        }
        driver.enter("/repeat")
        #expect(driver.state.notice?.text.hasSuffix("the next prompt opens again what failed.") == true)
        #expect(render(driver.state).text().contains("pulls what isn't here; the next prompt tries this one again."))
    }

    @Test(arguments: [
        ("openai:large@http://127.0.0.1:8080/v1", "large"), ("openai:@http://127.0.0.1:8080/v1", "127.0.0.1:8080"),
        ("openai:org/large", "org/large"), ("openai:a@b@cluster", "a@b"), ("models/tiny.gguf", "tiny.gguf"),
        ("openai:large@http://me:secret@box:80/v1", "large"), ("openai:@http://me:secret@box:80", "box:80"),
        ("openai:http://me:secret@box:80", "box:80"), ("openai:", "openai:"),
    ])
    func whatIsNotOpenHasAName(_ reference: String, _ name: String) {
        #expect(Pane(role: nil, model: reference).name == name)
    }
}
