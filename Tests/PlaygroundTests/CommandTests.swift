import Chat
import PlaygroundTestSupport
import Reports
import Screen
import Testing

@testable import Playground

@Suite struct CommandTests {
    @Test(arguments: rightOnes) func commandsAreDone(_ example: Case) {
        var driver = Self.driver()
        let effects = driver.enter(example.line)
        #expect(example.isDone(driver, effects))
        #expect(driver.state.notice?.kind != .warning)
        // It may be had again. Only tasks go on another day.
        let isTask = effects.contains { if case .runTask = $0 { true } else { false } }
        #expect(effects.contains(.remember(example.line)) == isTask)
        #expect(driver.state.prompt.history.contains(example.line))
    }

    @Test func everyCommandIsTried() {
        let tried = Set(Self.rightOnes.map { String($0.line.dropFirst().prefix { $0 != " " }) })
        // They are about a task, which has tests of its own.
        let ofTasks: Set = ["workbench", "stop", "report"]
        #expect(tried.union(ofTasks) == Set(SlashCommand.all.map(\.name)))
        #expect(SlashCommand.all.count == tried.count + ofTasks.count)
    }

    @Test(arguments: [
        ("/nothing", "no command /nothing"), ("/Help", "no command /Help"),
        ("/help me", "'me' means nothing here"), ("/clear all", "'all' means nothing"),
        ("/regen large", "'large' means nothing"), ("/regen @3", "no pane @3"), ("/regen @0", "no pane @0"),
        ("/close @third", "there are @1, @2, @small, @large"), ("/close right", "'right' means nothing"),
        ("/swap @2 @2", "no second pane"), ("/zoom in", "'in' means nothing"), ("/follow small", "named with @"),
        ("/edit 2", "no prompt 2"), ("/edit first", "no prompt first"), ("/edit 0", "no prompt 0"),
        ("/add", "Which model?"), ("/set warmth 1", "Known parameters are temperature, top-k"),
        ("/set temperature", "needs a value: a number from 0 to 5"), ("/set answer-tokens", "above 0, or none"),
        ("/set temperature hot", "not 'hot'"),
        ("/set top-k 1.5", "a whole number"), ("/context", "needs a value: a whole number from 16, or none"),
        ("/context 3", "not '3'"),
        ("/prompt why", "means nothing"), ("/repeat 0", "from 1 to 100"), ("/repeat 101", "from 1 to 100"),
        ("/repeat cold", "from 1 to 100"), ("/repeat 3 3", "from 1 to 100"), ("/read", "Which file?"),
        ("/save", "Which file?"), ("/load", "Which file?"), ("/export", "Which file?"),
        ("/export talk.pdf", "end in .md, .json or .html"), ("/theme pink", "there are night, dusk"),
        ("/constrain choices yes", "Different texts"), ("/constrain poetry", "choices, regex, schema"),
        ("/constrain schema", "Which file?"), ("/constrain regex", "Which expression?"), ("/stop", "No task"),
        ("/report", "Which file?"), ("/report r.html", "no report yet"), ("/workbench", "No task has run yet"),
        ("/classify r.csv a,b depth=1", "knows no 'depth'"), ("/classify \"r.csv", "quote"),
        ("/heat red", "'logprob', 'latency'"), ("/quit now", "'now' means nothing"),
    ])
    func whatCannotBeDoneStaysInThePrompt(_ line: String, _ reason: String) {
        var driver = Self.driver()
        var before = driver.state
        let effects = driver.enter(line)
        #expect(effects.isEmpty)
        #expect(driver.state.prompt.text == line)
        #expect(driver.state.notice?.kind == .warning)
        #expect(driver.state.notice?.text.contains(reason) == true, "\(driver.state.notice?.text ?? "")")
        // Nothing else has changed.
        before.prompt = driver.state.prompt
        before.completion = driver.state.completion
        before.notice = driver.state.notice
        #expect(driver.state == before)
    }

    @Test func theUsageStandsBesideTheReason() {
        var driver = Self.driver()
        driver.enter("/context 3")
        #expect(driver.state.notice?.text.hasSuffix("·  /context TOKENS [@PANE]") == true)
    }

    @Test(arguments: ["/regen", "/undo", "/repeat", "/follow", "/load talk.jsonl", "/add gemma3-270m"])
    func someCommandsWaitForTheAnswers(_ line: String) {
        var driver = Self.driver()
        driver.enter("again")
        let turns = driver.state.panes.map(\.turns)
        #expect(driver.enter(line).isEmpty)
        #expect(driver.state.notice?.text.hasPrefix("The answers are still coming") == true)
        #expect(driver.state.panes.map(\.turns) == turns)
    }

    @Test(arguments: ["/regen", "/undo", "/repeat", "/follow", "/inspect", "/copy"])
    func someCommandsNeedAnAnswer(_ line: String) {
        var driver = PlaygroundSample.ready()
        #expect(driver.enter(line).isEmpty)
        #expect(driver.state.notice?.kind == .warning)
    }

    @Test func twoSlashesSendATextThatBeginsWithOne() {
        var driver = PlaygroundSample.ready()
        let effects = driver.enter("//help is a command")
        #expect(effects.first == .remember("//help is a command"))
        #expect(driver.runs.last?.chat.messages.last?.content == "/help is a command")
    }

    @Test func aPastedPathIsNotSentButStaysWithAReason() {
        var driver = PlaygroundSample.ready()
        driver.send(.input(.paste("/usr/bin holds programs")))
        #expect(driver.press(.enter).isEmpty)
        #expect(driver.state.prompt.text == "/usr/bin holds programs")
        #expect(driver.state.notice?.text.contains("// sends a text that begins with a slash") == true)
    }

    @Test func aPastedTextOfSeveralLinesIsNeverACommand() {
        var driver = PlaygroundSample.ready()
        driver.send(.input(.paste("// clear\nint main() {}")))
        driver.press(.enter)
        #expect(driver.runs.last?.chat.messages.last?.content == "// clear\nint main() {}")
        driver.press(.escape)
        driver.send(.input(.paste("/clear\n")))
        driver.press(.enter)
        #expect(driver.runs.last?.chat.messages.last?.content == "/clear\n")
    }

    @Test func aPromptFromStandardInputIsNeverACommand() {
        var driver = PlaygroundSample.starting(initialPrompt: "/quit")
        driver.send(.started)
        driver.open(PlaygroundSample.smallProfile, PlaygroundSample.largeProfile)
        #expect(driver.runs.map(\.prompt) == ["/quit"])
    }

    @Test func aSlashOutsideThePromptBeginsACommand() {
        var driver = Self.driver()
        driver.press(.tab)
        driver.type("/he")
        #expect(driver.state.focus == .prompt)
        #expect(driver.state.completion.candidates.map(\.title) == ["/help", "/heat [off|logprob|latency]"])
    }

    @Test func thePaletteBeginsToWriteWhatNeedsWords() {
        var driver = Self.driver()
        driver.press(.control("o"))
        driver.type("another pane")
        #expect(driver.press(.enter).isEmpty)
        #expect(driver.state.prompt.text == "/add ")
        #expect(driver.state.completion.isOpen)
    }

    /// One finished comparison, models that can be had, two themes.
    private static func driver() -> PlaygroundDriver {
        let themes = ["night", "dusk"].map { Theme(name: $0, palette: .monochrome) }
        var driver = PlaygroundSample.finished(appearance: Appearance(themes: themes))
        driver.press(.control("u"))
        driver.send(.modelsListed(PlaygroundSample.listings))
        driver.send(.libraryRead(history: ["an earlier one"], starters: []))
        return driver
    }
}
