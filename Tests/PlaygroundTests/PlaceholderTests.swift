import PlaygroundTestSupport
import Testing

@testable import Playground

@Suite struct PlaceholderTests {
    @Test func aPromptToStartFromIsFilledInGapByGap() {
        var driver = PlaygroundSample.ready()
        let text = "Tell {{one thing}} from {{another}}."
        driver.send(.libraryRead(history: [], starters: [StarterPrompt(task: "explain", title: "Two", text: text)]))
        driver.press(.alt("o"), .enter)
        #expect(driver.state.prompt.text == "Tell  from {{another}}.")
        #expect(driver.state.notice?.text.contains("one thing") == true)
        driver.type("cats")
        driver.press(.tab)
        driver.type("dogs")
        #expect(driver.state.prompt.text == "Tell cats from dogs.")
        // With nothing left to fill in, Tab goes on to the answers.
        driver.press(.tab)
        #expect(driver.state.focus == .pane(0))
    }

    @Test(arguments: ["no gaps", "{{}}", "{{ a", "a }} b {{", "{{a\nb}}", "{a}"])
    func otherBracesAreText(_ text: String) {
        var prompt = PromptEditor()
        prompt.insert(text)
        #expect(prompt.takePlaceholder() == nil)
        #expect(prompt.text == text)
    }

    @Test func theNextGapIsTheOneBehindTheCursor() {
        var prompt = PromptEditor()
        prompt.insert("{{a}} and {{b}}")
        prompt.perform(.lineStart, columns: 40)
        prompt.perform(.wordRight, columns: 40)
        #expect(prompt.takePlaceholder() == "b")
        #expect(prompt.takePlaceholder() == "a")
        #expect(prompt.text == " and ")
    }

    /// What the user writes is never taken out or held back.
    @Test func bracesInOnesOwnPromptAreText() {
        for write in [{ $0.type("Explain {{ user }}") }, { $0.send(.input(.paste("Explain {{ user }}"))) }]
            as [(inout PlaygroundDriver) -> Void]
        {
            var driver = PlaygroundSample.ready()
            write(&driver)
            driver.press(.tab)
            #expect(driver.state.prompt.text == "Explain {{ user }}")
            driver.press(.backTab, .enter)
            #expect(driver.runs.last?.prompt == "Explain {{ user }}")
        }
    }

    @Test func aGapIsToldOfOnceBeforeThePromptIsSent() {
        var driver = PlaygroundSample.ready()
        driver.send(
            .libraryRead(history: [], starters: [StarterPrompt(task: "t", title: "T", text: "A {{one}} B {{two}}.")]))
        driver.press(.alt("o"), .enter)
        driver.press(.enter)
        #expect(driver.runs.isEmpty)
        #expect(driver.state.notice?.text.contains("one") == true)
        driver.type("1")
        driver.press(.enter)
        #expect(driver.runs.isEmpty)
        #expect(driver.state.notice?.text.contains("two") == true)
        #expect(driver.state.prompt.text == "A 1 B {{two}}.")
        driver.press(.enter)
        #expect(driver.runs.last?.prompt == "A 1 B {{two}}.")
    }
}
