import Chat
import PlaygroundTestSupport
import Reports
import Screen
import Testing

@testable import Playground

@Suite struct CommandTests {
    /// Each command as it is typed, and how it is seen to have been done.
    struct Case: Sendable, CustomTestStringConvertible {
        var line: String
        var isDone: @Sendable (PlaygroundDriver, [Effect]) -> Bool

        init(_ line: String, _ isDone: @escaping @Sendable (PlaygroundDriver, [Effect]) -> Bool) {
            self.line = line
            self.isDone = isDone
        }

        var testDescription: String { line }
    }

    static let rightOnes: [Case] = [
        Case("/help") { driver, _ in page(driver) == .help },
        Case("/clear") { driver, _ in driver.state.panes.allSatisfy { $0.turns.isEmpty } },
        Case("/undo") { driver, _ in driver.state.prompt.text.hasPrefix("Why is the sky") },
        Case("/regen") { driver, effects in starts(effects) == 1 && driver.state.panes[1].turns[0].isOpen },
        Case("/regen @large") { driver, effects in
            starts(effects) == 1 && driver.state.panes[0].turns[0].former.isEmpty
                && driver.state.panes[1].turns[0].former.count == 1
        },
        Case("/edit") { driver, _ in list(driver) == .turns },
        Case("/edit 1") { driver, _ in driver.state.editedTurn == 0 },
        Case("/system") { driver, _ in form(driver)?.scope == .all },
        Case("/system @large") { driver, _ in form(driver)?.scope == .pane(1) },
        Case("/system Be  brief.") { driver, _ in
            driver.state.panes.allSatisfy { $0.settings.systemPrompt == "Be  brief." }
        },
        Case("/system Be brief. @1") { driver, _ in
            driver.state.panes.map(\.settings.systemPrompt) == ["Be brief.", ""]
        },
        Case("/system none") { driver, _ in driver.state.panes.allSatisfy { $0.settings.systemPrompt.isEmpty } },
        Case("/start") { driver, _ in list(driver) == .starters },
        Case("/start summarise") { driver, _ in filter(driver) == "summarise" },
        Case("/history") { driver, _ in list(driver) == .history },
        Case("/history blue sky") { driver, _ in filter(driver) == "blue sky" },
        Case("/editor") { _, effects in effects == [.editExternally("")] },
        Case("/model") { driver, effects in picker(driver)?.pane == 0 && effects == [.listModels] },
        Case("/model @2") { driver, _ in picker(driver)?.pane == 1 },
        Case("/model gemma3-270m @large") { driver, _ in
            driver.loadPanes.last == 1 && driver.loads.last?.model == "gemma3-270m"
        },
        Case("/add gemma3-270m") { driver, _ in driver.state.panes.count == 3 },
        Case("/close @small") { driver, _ in driver.state.panes.map(\.role) == [.large] },
        Case("/swap") { driver, _ in driver.state.panes.map(\.role) == [.large, .small] },
        Case("/swap @1 @2") { driver, _ in driver.state.panes.map(\.role) == [.large, .small] },
        Case("/set") { driver, _ in if case .parameters? = driver.state.dialog { true } else { false } },
        Case("/set temperature 0.5") { driver, _ in
            driver.state.panes.allSatisfy { $0.settings.sampling.temperature == 0.5 }
        },
        Case("/set top-k=7 @all") { driver, _ in driver.state.panes.allSatisfy { $0.settings.sampling.topK == 7 } },
        Case("/set answer-tokens none @1") { driver, _ in driver.state.panes[0].settings.maximumTokens == nil },
        Case("/context 512 @1") { driver, _ in driver.state.panes.map(\.settings.contextLength) == [512, nil] },
        Case("/inspect") { driver, _ in driver.state.inspector?.pane == 0 },
        Case("/follow") { driver, effects in
            page(driver) == .follow && follows(effects) == [driver.state.panes[0].id]
        },
        Case("/follow @2") { driver, effects in follows(effects) == [driver.state.panes[1].id] },
        Case("/follow @2 @1") { driver, effects in follows(effects) == [driver.state.panes[1].id] },
        Case("/prompt @large") { driver, effects in page(driver) == .prompt && effects.count == 2 },
        Case("/blind") { driver, _ in driver.state.blind != nil },
        Case("/repeat") { driver, effects in driver.state.repetition?.rounds == 5 && starts(effects) == 1 },
        Case("/repeat 3 warm") { driver, _ in
            driver.state.repetition?.rounds == 3 && driver.state.repetition?.warmsUp == true
        },
        Case("/stats") { driver, _ in page(driver) == .figures },
        Case("/together") { driver, _ in driver.state.settings.isConcurrent },
        Case("/speculate") { driver, _ in driver.state.settings.speculates },
        Case("/read notes.txt") { _, effects in effects == [.readFile("notes.txt")] },
        Case("/read my notes.txt") { _, effects in effects == [.readFile("my notes.txt")] },
        Case("/copy") { driver, effects in effects == [.copy(driver.state.panes[0].turns[0].answer.text)] },
        Case("/copy answer.md @2") { driver, effects in
            effects == [.writeFile(path: "answer.md", text: driver.state.panes[1].turns[0].answer.text)]
        },
        Case("/save talk.jsonl") { _, effects in effects == [.saveSession(path: "talk.jsonl")] },
        Case("/load talk.jsonl") { _, effects in effects == [.loadSession(path: "talk.jsonl")] },
        Case("/export talk.html") { _, effects in effects == [.exportSession(path: "talk.html")] },
        Case("/theme") { driver, _ in list(driver) == .themes },
        Case("/theme dusk") { driver, _ in driver.state.appearance.theme.name == "dusk" },
        Case("/zoom @2") { driver, _ in driver.state.zoomed == driver.state.panes[1].id },
        Case("/heat") { driver, _ in driver.state.settings.heat == .logprob },
        Case("/heat latency") { driver, _ in driver.state.settings.heat == .latency },
        Case("/raw") { driver, _ in !driver.state.settings.showsMarkdown },
        Case("/mouse") { _, effects in effects == [.listenToMouse(false)] },
        Case("/redraw") { _, effects in effects == [.redraw] },
        Case("/suspend") { _, effects in effects == [.suspend] },
        Case("/quit") { _, effects in effects == [.exit] },
    ]

    @Test(arguments: rightOnes) func commandsAreDone(_ example: Case) {
        var driver = Self.driver()
        let effects = driver.enter(example.line)
        #expect(example.isDone(driver, effects))
        #expect(driver.state.notice?.kind != .warning)
        // Neither sent to a model nor kept among the prompts.
        #expect(!effects.contains { if case .remember = $0 { true } else { false } })
        #expect(!driver.state.prompt.history.contains(example.line))
    }

    @Test func everyCommandIsTried() {
        let tried = Set(Self.rightOnes.map { String($0.line.dropFirst().prefix { $0 != " " }) })
        #expect(tried == Set(SlashCommand.all.map(\.name)))
        #expect(SlashCommand.all.count == tried.count)
    }

    @Test(arguments: [
        ("/nothing", "no command /nothing"), ("/Help", "no command /Help"),
        ("/help me", "'me' means nothing here"), ("/clear all", "'all' means nothing"),
        ("/regen large", "'large' means nothing"), ("/regen @3", "no pane @3"), ("/regen @0", "no pane @0"),
        ("/close @third", "there are @1, @2, @small, @large"), ("/close right", "'right' means nothing"),
        ("/swap @2 @2", "no second pane"), ("/zoom in", "'in' means nothing"), ("/follow small", "means nothing"),
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

    private static func page(_ driver: PlaygroundDriver) -> PageDialog.Kind? {
        if case .page(let page) = driver.state.dialog { page.kind } else { nil }
    }

    private static func list(_ driver: PlaygroundDriver) -> ListDialog.Kind? {
        if case .list(let list) = driver.state.dialog { list.kind } else { nil }
    }

    private static func filter(_ driver: PlaygroundDriver) -> String? {
        if case .list(let list) = driver.state.dialog { list.filter } else { nil }
    }

    private static func form(_ driver: PlaygroundDriver) -> SystemPromptForm? {
        if case .systemPrompt(let form) = driver.state.dialog { form } else { nil }
    }

    private static func picker(_ driver: PlaygroundDriver) -> ModelPicker? {
        if case .models(let picker) = driver.state.dialog { picker } else { nil }
    }

    private static func starts(_ effects: [Effect]) -> Int {
        effects.count { if case .generate = $0 { true } else { false } }
    }

    private static func follows(_ effects: [Effect]) -> [PaneID] {
        effects.compactMap { if case .follow(let request) = $0 { request.follower } else { nil } }
    }
}
