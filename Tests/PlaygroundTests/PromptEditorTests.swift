import Testing

@testable import Playground

@Suite struct PromptEditorTests {
    @Test func upAndDownWalkThroughTheHistory() {
        var prompt = sent("first", "second")
        prompt.insert("draft")
        prompt.perform(.up, columns: 40)
        #expect(prompt.text == "second")
        prompt.perform(.up, columns: 40)
        #expect(prompt.text == "first")
        prompt.perform(.up, columns: 40)
        #expect(prompt.text == "first")
        prompt.perform(.down, columns: 40)
        #expect(prompt.text == "second")
        prompt.perform(.down, columns: 40)
        #expect(prompt.text == "draft")
        prompt.perform(.down, columns: 40)
        #expect(prompt.text == "draft")
    }

    @Test func movingInsideALongTextComesBeforeTheHistory() {
        var prompt = sent("older")
        prompt.insert("one\ntwo")
        prompt.perform(.up, columns: 40)
        #expect(prompt.text == "one\ntwo")
        prompt.perform(.up, columns: 40)
        #expect(prompt.text == "older")
        prompt.perform(.down, columns: 40)
        #expect(prompt.text == "one\ntwo")
    }

    @Test func theSameTextIsRememberedOnce() {
        var prompt = sent("again", "again")
        prompt.perform(.up, columns: 40)
        prompt.perform(.up, columns: 40)
        prompt.perform(.down, columns: 40)
        #expect(prompt.text == "")
        #expect(prompt.history == ["again"])
    }

    @Test func downWithoutHistoryDoesNothing() {
        var prompt = PromptEditor()
        prompt.insert("x")
        prompt.perform(.down, columns: 40)
        prompt.perform(.up, columns: 40)
        #expect(prompt.text == "x")
    }

    private func sent(_ texts: String...) -> PromptEditor {
        var prompt = PromptEditor()
        for text in texts {
            prompt.insert(text)
            _ = prompt.take()
        }
        return prompt
    }
}
