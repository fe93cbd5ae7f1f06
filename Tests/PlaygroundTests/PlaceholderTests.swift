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
}
