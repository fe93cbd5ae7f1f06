import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

@Suite struct AnswerRuleTests {
    @Test func theNextPromptCarriesTheRule() {
        var driver = PlaygroundSample.ready(size: Size(columns: 100, rows: 36))
        driver.enter("/constrain choices yes, no")
        driver.enter("Is it?")
        #expect(driver.runs.last?.chat.constraint == .choices(["yes", "no"]))
        #expect(render(driver.state).text().contains("answers: one of yes, no"))
        driver.press(.escape)
        driver.enter("/constrain off")
        driver.enter("Is it?")
        #expect(driver.runs.last?.chat.constraint == nil)
        #expect(!render(driver.state).text().contains("answers: one of"))
    }

    @Test func onePaneAloneMayHaveARule() {
        var driver = PlaygroundSample.ready(size: Size(columns: 100, rows: 36))
        driver.enter("/constrain json @large")
        #expect(driver.state.panes.map(\.settings.rule?.constraint) == [nil, .jsonObject])
        #expect(driver.state.ruleText == "large: any JSON object")
        #expect(render(driver.state).text().contains("large: any JSON object"))
        driver.enter("/constrain regex [0-9]{4} or so")
        driver.send(.checked(.regularExpression("[0-9]{4} or so"), fault: nil))
        #expect(driver.state.panes[0].settings.rule?.constraint == .regularExpression("[0-9]{4} or so"))
        #expect(driver.state.notice?.text.hasSuffix("can only answer with a text that matches [0-9]{4} or so.") == true)
    }

    @Test func whatNoAnswerCanKeepIsRefusedAtOnce() {
        var driver = PlaygroundSample.ready(size: Size(columns: 100, rows: 36))
        driver.enter("/constrain json")
        #expect(driver.enter("/constrain regex [0-9") == [.check(.regularExpression("[0-9"))])
        driver.send(.checked(.regularExpression("[0-9"), fault: "column 5: expected ], found the end"))
        #expect(driver.state.notice?.kind == .failure)
        #expect(driver.state.notice?.text.hasSuffix("matches [0-9: column 5: expected ], found the end") == true)
        #expect(driver.state.panes.allSatisfy { $0.settings.rule?.constraint == .jsonObject })
        // What was asked for before comes too late.
        driver.enter("/constrain regex a")
        driver.enter("/constrain regex b")
        driver.send(.checked(.regularExpression("a"), fault: nil))
        #expect(driver.state.ruleText == "any JSON object")
        driver.send(.checked(.regularExpression("b"), fault: nil))
        #expect(driver.state.ruleText == "a text that matches b")
    }

    @Test(arguments: [("schema", AnswerConstraint.jsonSchema("{}")), ("grammar", .grammar("{}"))])
    func filesAreReadFirst(_ kind: String, _ constraint: AnswerConstraint) {
        var driver = PlaygroundSample.ready()
        #expect(driver.enter("/constrain \(kind) ~/a b.json") == [.readFile("~/a b.json")])
        #expect(driver.state.ruleText == nil)
        #expect(driver.send(.fileRead("/home/me/a b.json", .success("{}"))) == [.check(constraint)])
        #expect(driver.state.ruleText == nil)
        driver.send(.checked(constraint, fault: nil))
        #expect(driver.state.panes.allSatisfy { $0.settings.rule?.constraint == constraint })
        #expect(driver.state.prompt.isEmpty)
        // Other files are texts for the prompt again.
        driver.send(.fileRead("/home/me/a b.json", .success("{}")))
        #expect(driver.state.prompt.text == "{}")
    }

    @Test func aFileThatIsNotThereChangesNothing() {
        var driver = PlaygroundSample.ready()
        driver.enter("/constrain schema a.json")
        driver.send(.fileRead("a.json", .failure("a.json: expected a text file, found none")))
        #expect(driver.state.ruleText == nil && driver.state.notice?.kind == .failure)
    }

    @Test func smallScreensSayItToo() {
        var driver = PlaygroundSample.ready()
        driver.enter("/constrain json")
        driver.press(.escape)
        #expect(render(driver.state).text().contains("answers held to a rule"))
    }
}
