import Configuration
import Foundation
import Testing

@Suite struct PromptLibraryTests {
    private let home = TemporaryHome()

    /// What a set of starters is for.
    static let tasks = ["explain", "summarise", "classify", "extract", "code", "rewrite", "translate", "reason"]

    @Test(arguments: tasks) func everyTaskHasStarters(task: String) {
        let library = PromptLibrary(files: ShippedFiles(directories: nil))
        #expect(library.complaints.isEmpty)
        #expect(library.entries.filter { $0.task == task }.count >= 2)
    }

    @Test func startersAreShortAndDifferent() {
        let entries = PromptLibrary(files: ShippedFiles(directories: nil)).entries
        #expect(Set(entries.map(\.task)) == Set(Self.tasks))
        #expect(Set(entries.map(\.title)).count == entries.count)
        #expect(Set(entries.map(\.text)).count == entries.count)
        #expect(entries.allSatisfy { $0.title.count <= 40 && $0.text.utf8.count <= 600 })
        #expect(entries.contains { $0.placeholders == ["text"] })
    }

    @Test func theUsersOwnAreFoundToo() throws {
        try home.configure(
            "prompts/zoo.yaml", "prompts: [{ title: Feed, task: feed, text: 'Feed the {{animal}}' }]\n")
        let library = PromptLibrary(files: ShippedFiles(directories: try home.directories))
        #expect(library.entries.last?.title == "Feed")
        #expect(library.entries.last?.placeholders == ["animal"])
        #expect(library.entries.count == PromptLibrary(files: ShippedFiles(directories: nil)).entries.count + 1)
    }

    @Test func theUsersStartersReplaceThoseThatShip() throws {
        try home.configure("prompts/starters.yaml", "prompts: [{ title: Only, task: one, text: Hello }]\n")
        let library = PromptLibrary(files: ShippedFiles(directories: try home.directories))
        #expect(library.entries.map(\.title) == ["Only"])
    }

    @Test func aFileThatCannotBeUsedTakesNoneOfTheOthersAway() throws {
        try home.configure("prompts/broken.yaml", "prompts: [{ titel: Only }]\n")
        let library = PromptLibrary(files: ShippedFiles(directories: try home.directories))
        #expect(library.entries == PromptLibrary(files: ShippedFiles(directories: nil)).entries)
        #expect(library.complaints.count == 1)
        #expect(library.complaints.first?.contains(".config/diptych/prompts/broken.yaml:1: prompts[0]") == true)
        #expect(library.complaints.first?.contains("did you mean \"title\"?") == true)
    }

    @Test(arguments: [
        ("", "p.yaml: expected fields prompts, found nothing; correct it"),
        ("prompts: 3", "p.yaml:1: prompts: expected a list of prompts, each with title, task and text, found \"3\""),
        ("prompts: [{ title: a }]", "prompts[0].task: expected one word, such as explain, found nothing"),
        ("prompts: [{ task: a }]", "prompts[0].title: expected text on one line, found nothing"),
        ("prompts: [{ title: a, task: two words, text: b }]", "prompts[0].task: expected one word"),
        ("prompts: [{ title: a, task: b }]", "prompts[0].text: expected text, found nothing"),
        ("prompts: [{ title: a, task: b, text: ' ' }]", "prompts[0].text: expected text, found \" \""),
        (
            "prompts:\n- { title: a, task: b, text: c }\n- { title: a, task: b, text: d }",
            "p.yaml:3: prompts[1].title: expected each title once, found \"a\"; rename one of them"
        ),
        (
            "prompts: [{ title: a, task: b, text: 'c {{d' }]",
            "prompts[0].text: expected places such as {{text}}, found \"{{d\" without }}; close it"
        ),
        (
            "prompts: [{ title: a, task: b, text: 'c {{}} {{d}}' }]",
            "found \"{{}} {{d}}\"; give the place a name of letters and digits"
        ),
        ("prompts: [{ title: a, task: b, text: '{{x.y}}' }]", "give the place a name"),
    ])
    func saysWhatIsWrong(_ yaml: String, _ expected: String) {
        let error = #expect(throws: ConfigurationError.self) { try PromptLibrary.templates(yaml: yaml, file: "p.yaml") }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "nothing")")
        #expect(error?.description.contains(where: \.isNewline) == false)
    }
}

@Suite struct PromptTemplateTests {
    private func template(_ text: String) throws -> PromptTemplate {
        try PromptTemplate(title: "t", task: "t", text: text)
    }

    @Test(arguments: [
        ("no places", []), ("{{a}} and {{b c}} and {{ a }}", ["a", "b c"]), ("{ {a} }", []), ("}} {{x}}", ["x"]),
        ("{{größe}}", ["größe"]), ("{{x}}{{y}}", ["x", "y"]),
    ])
    func placesAreFound(text: String, names: [String]) throws {
        #expect(try template(text).placeholders == names)
    }

    @Test func placesAreFilled() throws {
        let filled = try template("{{a}}: {{ b }}, {{a}}, {{c}}").filled(with: ["a": "1 {{b}} 日", "b": ""])
        #expect(filled == "1 {{b}} 日: , 1 {{b}} 日, {{c}}")
        #expect(try template("plain").filled(with: ["a": "x"]) == "plain")
    }
}
