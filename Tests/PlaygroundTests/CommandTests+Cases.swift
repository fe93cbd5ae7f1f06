import Chat
import PlaygroundTestSupport
import Reports
import Screen
import Testing

@testable import Playground

extension CommandTests {
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
        Case("/tasks") { driver, _ in list(driver) == .workflows },
        Case("/constrain") { driver, _ in driver.state.notice?.kind == .information },
        Case("/constrain choices yes,no @1") { driver, _ in
            driver.state.panes.map(\.settings.rule?.title) == ["one of yes, no", nil]
        },
        Case("/constrain regex [a-z]+ [0-9]") { _, effects in
            effects == [.check(.regularExpression("[a-z]+ [0-9]"))]
        },
        Case("/constrain schema invoice.json") { _, effects in effects == [.readFile("invoice.json")] },
        Case("/constrain json") { driver, _ in driver.state.ruleText == "any JSON object" },
        Case("/constrain off") { driver, _ in driver.state.ruleText == nil },
        Case("/classify") { driver, _ in fields(driver)?.values["calibrate"] == "none" },
        Case("/classify reviews.csv") { driver, _ in driver.tasks.last?.request.arguments == ["file": "reviews.csv"] },
        Case("/classify reviews.csv yes,no limit=5") { driver, _ in
            driver.tasks.last?.request.arguments == ["file": "reviews.csv", "labels": "yes,no", "limit": "5"]
        },
        Case("/extract invoices schema.json") { driver, _ in kind(driver) == .extract },
        Case("/retrieve docs How is a theme added?") { driver, _ in kind(driver) == .retrieve },
        Case("/distill reviews.csv yes,no student=s.json") { driver, _ in kind(driver) == .distill },
        Case("/cascade reviews.csv yes,no") { driver, _ in kind(driver) == .cascade },
        Case("/ladder wiki.txt @large") { driver, _ in
            kind(driver) == .ladder && driver.tasks.last?.request.sides.map(\.role) == [.large]
        },
        Case("/advise reviews.yaml") { driver, _ in kind(driver) == .advise },
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
        Case("/thoughts") { driver, _ in driver.state.settings.showsThoughts },
        Case("/mouse") { _, effects in effects == [.listenToMouse(false)] },
        Case("/branch 1 2") { driver, _ in driver.state.panes[0].turns.last?.kind == .branch },
        Case("/redraw") { _, effects in effects == [.redraw] },
        Case("/suspend") { _, effects in effects == [.suspend] },
        Case("/quit") { _, effects in effects == [.exit] },
    ]

    private static func page(_ driver: PlaygroundDriver) -> PageDialog.Kind? {
        if case .page(let page) = driver.state.dialog { page.kind } else { nil }
    }

    private static func kind(_ driver: PlaygroundDriver) -> TaskRequest.Kind? { driver.tasks.last?.request.kind }

    private static func fields(_ driver: PlaygroundDriver) -> FieldsForm? {
        if case .fields(let form) = driver.state.dialog { form } else { nil }
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
