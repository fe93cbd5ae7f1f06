import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

/// What holds for every way in which models work together.
@Suite struct WorkflowTests {
    static let tasks = Workflow.all.indices.filter { Workflow.all[$0].kind != nil }

    @Test func everyKindOfTaskHasOneEntryAndOneCommand() {
        #expect(
            Workflow.all.compactMap(\.kind).sorted { $0.rawValue < $1.rawValue }
                == TaskRequest.Kind.allCases.sorted { $0.rawValue < $1.rawValue })
        for kind in TaskRequest.Kind.allCases {
            #expect(Workflow.named(kind).kind == kind)
            #expect(SlashCommand.named(kind.rawValue)?.summary == Workflow.named(kind).summary)
        }
    }

    @Test func everyWayIsInTheMenu() {
        var driver = PlaygroundSample.ready(size: Size(columns: 120, rows: 40))
        driver.press(.function(11))
        let text = render(driver.state).text()
        for workflow in Workflow.all {
            #expect(text.contains("\(workflow.name)  \(workflow.summary)"))
        }
    }

    @Test(arguments: tasks) func aTaskAsksForWhatIsMissingAndStartsWhenItIsThere(_ index: Int) throws {
        let workflow = Workflow.all[index]
        var driver = PlaygroundSample.ready()
        #expect(driver.enter("/\(workflow.name)").isEmpty)
        guard case .fields(let form)? = driver.state.dialog else {
            Issue.record("no form")
            return
        }
        #expect(form.fields == workflow.fields && !form.isComplete)
        // Enter leads from one missing value to the next.
        var values: [String: String] = [:]
        for field in workflow.fields where field.isRequired {
            guard case .fields(let form)? = driver.state.dialog else { return }
            #expect(form.field == field)
            let text = if case .list = field.rule { "yes, no" } else { "a thing.txt" }
            values[field.name] = text
            driver.type(text)
            driver.press(.enter)
        }
        #expect(driver.state.dialog == nil)
        let request = try #require(driver.tasks.last?.request)
        #expect(request.kind == workflow.kind)
        for (name, text) in values { #expect(request.arguments[name] == text) }
        #expect(request.sides.map(\.role) == (workflow.kind == .ladder ? [.large] : [.small, .large]))
        #expect(driver.state.workbench?.isShown == true)
    }

    @Test(arguments: tasks) func requiredFieldsComeFirstAndNamesAreTheirOwn(_ index: Int) {
        let fields = Workflow.all[index].fields
        for places in [fields.map(\.isRequired), fields.map(\.isPositional)] {
            #expect(places == places.sorted { $0 && !$1 })
        }
        #expect(Set(fields.map(\.name)).count == fields.count)
        for field in fields {
            #expect(field.name.allSatisfy { $0.isASCII && $0.isLowercase })
            #expect((field.fault(in: " ") == nil) == !field.isRequired)
        }
    }

    @Test func modesAreSetFromTheMenu() {
        var driver = PlaygroundSample.ready()
        driver.press(.function(11))
        driver.type("speculate")
        driver.press(.enter)
        #expect(driver.state.settings.speculates)
        driver.press(.function(11), .enter)
        #expect(driver.state.dialog == nil && driver.state.focus == .prompt)
        driver.enter("/close")
        driver.press(.function(11), .enter)
        #expect(driver.state.prompt.text == "/add ")
    }

    @Test(arguments: [
        ("reviews.csv yes,no", ["file": "reviews.csv", "labels": "yes,no"]),
        ("reviews.csv yes, no", ["file": "reviews.csv", "labels": "yes, no"]),
        (
            "\"my reviews.csv\" \"not good,good\" limit=20",
            ["file": "my reviews.csv", "labels": "not good,good", "limit": "20"]
        ),
        ("labels=a,b reviews.csv", ["file": "reviews.csv", "labels": "a,b"]),
        ("shots=\"a b.csv\" x a,b", ["shots": "a b.csv", "file": "x", "labels": "a,b"]),
        ("x \"a=1,b=2\"", ["file": "x", "labels": "a=1,b=2"]), ("", [:]), ("\"\"", ["file": ""]),
    ]) func wordsAreDividedByField(_ text: String, _ values: [String: String]) throws {
        let found = try WorkflowArguments(text, of: .named(.classify))
        #expect(found.values == values)
    }

    @Test func aQuestionNeedsNoQuotes() throws {
        let found = try WorkflowArguments("docs How do I add a theme?", of: .named(.retrieve)).values
        #expect(found == ["folder": "docs", "question": "How do I add a theme?"])
    }

    @Test(arguments: ["x a,b depth=3", "\"x a,b"]) func wordsThatMeanNothingAreRefused(_ text: String) {
        #expect(throws: CommandProblem.self) { try WorkflowArguments(text, of: .named(.classify)) }
    }

    @Test(arguments: [
        (WorkflowField.labels, "", true), (.labels, "a", false), (.labels, "a,a", false), (.labels, "a,,b", false),
        (.labels, "a, b", true),
        (.formats, "Q8_0", true), (.formats, "", true), (.limit, "0", false), (.limit, "1", true), (.limit, "", true),
        (.limit, "1.5", false), (.calibration, "some", false), (.calibration, "none", true), (.examples, "", false),
    ]) func fieldsSayWhatIsWrong(_ field: WorkflowField, _ text: String, _ isFine: Bool) {
        #expect((field.fault(in: text) == nil) == isFine)
    }

    @Test(arguments: ["", "x", "9223372036854775807", "-5"]) func stepsStayInsideWhatIsAllowed(_ start: String) {
        for field in Workflow.all.flatMap(\.fields) where field.hasSteps {
            let stepped = field.stepped(start, by: 1)
            #expect(field.fault(in: stepped) == nil || stepped == start, "\(field.name) \(stepped)")
        }
    }

    @Test func panesThatWereNamedTakePart() throws {
        var driver = PlaygroundSample.ready()
        driver.enter("/ladder wiki.txt @large")
        let request = try #require(driver.tasks.last?.request)
        #expect(request.sides.map(\.model) == ["qwen2.5-coder-1.5b-instruct"])
        #expect(request.arguments == ["file": "wiki.txt"])
    }

    @Test func aCascadeNeedsTwoPanes() {
        var driver = PlaygroundSample.ready()
        driver.enter("/cascade r.csv a,b @small")
        #expect(driver.tasks.isEmpty && driver.state.notice?.text.contains("two models") == true)
        driver.press(.control("u"))
        driver.enter("/close")
        for line in ["/cascade", "/cascade r.csv a,b"] {
            driver.press(.control("u"))
            driver.enter(line)
            #expect(driver.tasks.isEmpty && driver.state.dialog == nil)
            #expect(driver.state.notice?.text.contains("/add MODEL") == true)
            #expect(driver.state.prompt.text == line)
        }
    }

    @Test func nobodyTeachesItself() {
        var driver = PlaygroundSample.ready()
        driver.enter("/distill r.csv a,b @large")
        #expect(driver.tasks.isEmpty)
        #expect(driver.state.notice?.text.hasPrefix("qwen2.5-coder-1.5b-instruct would teach") == true)
        driver.press(.control("u"))
        driver.enter("/distill r.csv a,b encoder=all-minilm-l6-v2 @large")
        #expect(driver.tasks.count == 1)
    }

    @Test func aLadderIsOfTheLargeModelUnlessAnotherIsNamed() {
        var driver = PlaygroundSample.ready()
        driver.enter("/ladder wiki.txt chunks=4")
        #expect(driver.tasks.last?.request.sides.map(\.role) == [.large])
        #expect(driver.tasks.last?.request.arguments["chunks"] == "4")
        driver = PlaygroundSample.ready()
        driver.enter("/ladder wiki.txt @small @large")
        #expect(driver.tasks.last?.request.sides.map(\.role) == [.small, .large])
    }

    @Test func whatIsTakenOtherwiseStandsInTheForm() {
        var driver = PlaygroundSample.ready()
        driver.enter("/distill")
        #expect(render(driver.state).text().contains("student     student.json"))
    }

    @Test(arguments: [
        "/classify r.csv yes,no", "/classify \"my r.csv\" \"not good,good\" limit=20 @2",
        "/classify r.csv shots=\"a b.csv\" calibrate=content-free", "/classify r.csv \"a=1,b=2\"",
    ]) func aFormBecomesTheCommandThatSaysTheSame(_ line: String) throws {
        let values = try WorkflowArguments(
            String(line.dropFirst("/classify ".count)).replacing(" @2", with: ""), of: .named(.classify)
        ).values
        let panes = line.hasSuffix("@2") ? [1] : []
        #expect(WorkflowArguments.line(of: .named(.classify), values, panes: panes) == line)
        #expect(WorkflowArguments.line(of: .named(.retrieve), ["question": "what is \"it\"?"]) == nil)
    }

    @Test func sidesStandSmallFirstHoweverPanesStand() throws {
        var driver = PlaygroundSample.ready()
        driver.enter("/swap")
        driver.enter("/classify r.csv a,b")
        let request = try #require(driver.tasks.last?.request)
        #expect(request.sides.map(\.role) == [.small, .large])
    }
}
