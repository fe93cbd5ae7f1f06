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
        #expect(driver.state.panes[0].settings.rule?.constraint == .regularExpression("[0-9]{4} or so"))
    }

    @Test(arguments: [("schema", AnswerConstraint.jsonSchema("{}")), ("grammar", .grammar("{}"))])
    func filesAreReadFirst(_ kind: String, _ constraint: AnswerConstraint) {
        var driver = PlaygroundSample.ready()
        #expect(driver.enter("/constrain \(kind) ~/a b.json") == [.readFile("~/a b.json")])
        #expect(driver.state.ruleText == nil)
        driver.send(.fileRead("/home/me/a b.json", .success("{}")))
        #expect(driver.state.panes.allSatisfy { $0.settings.rule?.constraint == constraint })
        #expect(driver.state.prompt.isEmpty)
        // Other files are texts for the prompt again.
        driver.send(.fileRead("/home/me/a b.json", .success("{}")))
        #expect(driver.state.prompt.text == "{}")
    }

    @Test func aRuleThatNothingSatisfiesIsTakenAwayAgain() {
        var driver = PlaygroundSample.ready()
        let constraint = AnswerConstraint.regularExpression("[0-9")
        #expect(driver.enter("/constrain regex [0-9") == [.checkConstraint(constraint)])
        driver.send(.constraintRefused(constraint, "regular expression, line 1, column 1: expected ']', found the end"))
        #expect(driver.state.ruleText == nil && driver.state.notice?.kind == .failure)
        // What is said of one that isn't held any more changes nothing.
        driver.enter("/constrain json")
        driver.send(.constraintRefused(constraint, "too late"))
        #expect(driver.state.ruleText == "any JSON object")
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
