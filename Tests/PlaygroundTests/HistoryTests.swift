import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct HistoryTests {
    @Test func promptsOfEarlierTimesStandBeforeThoseOfThisOne() {
        var driver = PlaygroundSample.ready()
        #expect(driver.enter("now").first == .remember("now"))
        driver.press(.up)
        driver.send(.libraryRead(history: ["long ago", "before"], starters: []))
        #expect(driver.state.prompt.history == ["long ago", "before", "now"])
        // What is shown of it stays what it was.
        #expect(driver.state.prompt.text == "now")
        driver.press(.up)
        #expect(driver.state.prompt.text == "before")
        driver.press(.up, .up, .up)
        #expect(driver.state.prompt.text == "long ago")
    }

    @Test func commandsAreAmongTheEarlierPrompts() {
        var driver = PlaygroundSample.ready()
        driver.enter("/constrain choices yes,no")
        driver.enter("hello")
        driver.enter("/stats")
        driver.press(.escape, .up)
        #expect(driver.state.prompt.text == "/stats")
        // Up goes on through the history, though there are ways to end the command.
        driver.press(.up, .up)
        #expect(driver.state.prompt.text == "/constrain choices yes,no")
        // What is refused stands in the prompt already.
        driver.press(.control("u"))
        driver.enter("/close @9")
        #expect(driver.state.prompt.text == "/close @9" && driver.state.prompt.history.last == "/stats")
    }

    @Test func aTaskGoesOnWithOneKey() {
        var driver = PlaygroundSample.ready()
        #expect(
            driver.enter("/classify reviews.csv a,b limit=9").last == .remember("/classify reviews.csv a,b limit=9"))
        driver.press(.character("x"), .escape, .up, .enter)
        #expect(driver.tasks.count == 2 && driver.tasks[0].request == driver.tasks[1].request)
        driver.press(.character("x"), .escape)
        driver.enter("/distill")
        driver.type("my reviews.csv")
        #expect(driver.press(.enter).last == .remember("/distill \"my reviews.csv\""))
        #expect(driver.state.prompt.history.last == "/distill \"my reviews.csv\"")
    }

    @Test func theHistoryIsSearchedByItsWordsAndTheLatestComesFirst() {
        var driver = PlaygroundSample.ready()
        driver.send(.libraryRead(history: ["The red sky", "the sea", "why red?\nin short"], starters: []))
        driver.type("unsent")
        driver.press(.control("r"))
        #expect(titles(driver) == ["why red? ⏎ in short", "the sea", "The red sky"])
        driver.type("RED the")
        #expect(titles(driver) == ["The red sky"])
        driver.press(.backspace, .backspace, .backspace, .backspace, .enter)
        #expect(driver.state.prompt.text == "why red?\nin short")
        #expect(driver.state.dialog == nil)
        #expect(driver.runs.isEmpty)
        // What stood there isn't lost.
        #expect(driver.state.prompt.history.last == "unsent")
    }

    @Test func aSearchThatFindsNothingChoosesNothing() {
        var driver = PlaygroundSample.ready()
        driver.type("unsent")
        driver.press(.control("r"))
        driver.type("zzz")
        #expect(render(driver.state).text().contains("no earlier prompt has these words"))
        driver.press(.enter)
        #expect(driver.state.dialog != nil)
        driver.press(.escape)
        #expect(driver.state.prompt.text == "unsent")
    }

    @Test func startersAreWrittenAndNotSent() {
        var driver = PlaygroundSample.ready()
        driver.send(
            .libraryRead(
                history: [],
                starters: [
                    StarterPrompt(task: "explain", title: "In plain words", text: "Explain {{topic}}."),
                    StarterPrompt(task: "code", title: "A function", text: "Write {{what}}.\nIn C."),
                ]))
        driver.press(.alt("o"))
        driver.type("code")
        #expect(titles(driver) == ["A function"])
        #expect(driver.press(.enter).isEmpty)
        #expect(driver.state.prompt.text == "Write .\nIn C.")
        #expect(driver.state.notice?.text == "Fill in here: what.")
        #expect(driver.state.focus == .prompt)
    }

    @Test func theUsersEditorGetsThePromptAndGivesItBack() {
        var driver = PlaygroundSample.ready()
        driver.type("a draft")
        #expect(driver.press(.alt("e")) == [.editExternally("a draft")])
        driver.send(.edited(.success("a better\ndraft")))
        #expect(driver.state.prompt.text == "a better\ndraft")
        #expect(driver.runs.isEmpty)
        driver.send(.edited(.failure("vi ended with 1; the prompt stays as it was")))
        #expect(driver.state.prompt.text == "a better\ndraft")
        #expect(driver.state.notice == Notice(kind: .failure, text: "vi ended with 1; the prompt stays as it was"))
    }

    @Test func aFileIsPutBehindWhatIsWritten() {
        var driver = PlaygroundSample.ready()
        driver.type("Summarise:")
        driver.send(.fileRead("notes.txt", .success("one\r\ntwo\n")))
        #expect(driver.state.prompt.text == "Summarise:\none\ntwo\n")
        #expect(driver.state.notice?.kind == .information)
        driver.send(.fileRead("gone.txt", .failure("gone.txt: there is no such file")))
        #expect(driver.state.prompt.text == "Summarise:\none\ntwo\n")
        #expect(driver.state.notice?.kind == .failure)
    }

    @Test(arguments: ["/etc/hosts", "// a comment", "/* one */\nint x;"])
    func aFileIsSentAsItIs(_ text: String) {
        var driver = PlaygroundSample.ready()
        driver.send(.fileRead("file", .success(text)))
        driver.press(.enter)
        #expect(driver.runs.last?.prompt == text)
    }

    @Test(arguments: [
        Event.fileRead("a", .success("text")), .edited(.success("text")), .fileRead("a", .failure("no")),
    ])
    func whatComesWhileATokenIsLookedAtDoesNotConfuse(_ event: Event) {
        var driver = PlaygroundSample.finished()
        driver.press(.function(9))
        driver.send(event)
        // Keys go to what is seen: the prompt, or the inspector.
        #expect((driver.state.focus == .prompt) == (driver.state.inspector == nil))
    }

    private func titles(_ driver: PlaygroundDriver) -> [String] {
        guard case .list(let list) = driver.state.dialog else { return [] }
        return driver.state.rows(of: list).map(\.title)
    }
}
