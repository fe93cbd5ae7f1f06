import ArgumentParser
import Testing

@testable import Playground
@testable import diptych

/// The playground does tasks by the words of the commands: what a form asks for has to arrive.
@Suite struct TaskWordsTests {
    private static let sides = [
        TaskRequest.Side(pane: PaneID(1), role: .small, model: "small.gguf"),
        TaskRequest.Side(pane: PaneID(2), role: .large, model: "large.gguf"),
    ]

    /// All but for retrieve, which is two commands in one.
    static let commands = Workflow.all.filter { $0.kind != nil && $0.kind != .retrieve }

    /// A value that only this field can have brought into a command.
    private func value(of field: WorkflowField) -> String {
        switch field.rule {
        case .text: "word-of-\(field.name)"
        case .path: "\(field.name).json"
        // Formats of quantization are checked while words are parsed.
        case .list: field.name == "formats" ? "q4_0,q8_0" : "one-\(field.name),two"
        case .wholeNumber(let range): "\(range.lowerBound + 6)"
        case .choice(let choices): choices.last ?? ""
        }
    }

    @Test(arguments: commands) func everyFieldReachesItsCommand(_ workflow: Workflow) throws {
        let kind = try #require(workflow.kind)
        var arguments: [String: String] = [:]
        for field in workflow.fields { arguments[field.name] = value(of: field) }
        // Formats are made of one model.
        let sides = kind == .ladder ? Array(Self.sides.prefix(1)) : Self.sides
        let words = TaskRequest(kind: kind, arguments: arguments, sides: sides).words
        for (name, value) in arguments {
            // Columns are options of their own.
            let parts = name == "columns" ? value.split(separator: ",").map { String($0) } : [value]
            #expect(parts.allSatisfy(words.contains), "\(name) of \(workflow.name)")
        }
        #expect(throws: Never.self) { _ = try Diptych.parseAsRoot([kind.rawValue] + words) }
    }

    @Test func anotherStudentIsNeverWrittenOver() {
        let taken = ["student.json", "student-2.json"]
        #expect(TaskRequest.freeName(for: "student.json") { taken.contains($0) } == "student-3.json")
        #expect(TaskRequest.freeName(for: "other.json") { taken.contains($0) } == "other.json")
    }
}
