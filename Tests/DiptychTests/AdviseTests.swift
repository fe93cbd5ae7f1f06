import Configuration
import Evaluation
import Foundation
import Testing

@testable import diptych

@Suite("advise")
final class AdviseTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "diptych-advise-\(UUID().uuidString)")
    private var file: String { folder.appending(path: "task.yaml").path }
    private var recordPath: String { folder.appending(path: "record.jsonl").path }

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let rows = (1...200).map { "text \($0),\($0.isMultiple(of: 2) ? "yes" : "no")\n" }
        try Data(("text,label\n" + rows.joined()).utf8).write(to: folder.appending(path: "examples.csv"))
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func advising(_ requirements: String, more: String = "") throws -> Advising {
        let yaml = """
            task: classify
            examples: examples.csv
            requirements: \(requirements)
            candidates: [large, small]
            \(more)
            """
        try Data(yaml.utf8).write(to: URL(filePath: file))
        return try Advising(
            file: file, try TaskFile.read(file), record: try RecordArguments.parse(["--record", recordPath]),
            isComplete: false)
    }

    /// Outcomes of candidates that nobody can open: one that is always right, one that says yes.
    private func record(subject: String) throws {
        let record = try RunRecord(
            path: recordPath,
            header: .init(task: "advise", title: "t", created: "2026-01-01T00:00:00Z", subject: subject))
        let examples = try ExampleFile.read(folder.appending(path: "examples.csv").path)
        for (name, bytes) in [("large", 2000), ("small", 1000)] {
            let profile = SolverProfile(name: name, kind: .model, bytes: bytes, fingerprint: name)
            try record.add(profile)
            for example in examples {
                let answer = name == "large" ? example.expected ?? "" : "yes"
                try record.add(
                    Outcome(solution: Solution(answer: answer), seconds: 0.01), of: example, by: profile)
            }
            try record.add(.init(loadSeconds: 1, prepareSeconds: 1, memoryBytes: bytes), of: profile)
        }
    }

    /// What the task's outcomes depend on.
    private func subject() throws -> String {
        try TaskFile.read(file).modelTask(of: [
            Example(id: "1", text: "", expected: "yes"), Example(id: "2", text: "", expected: "no"),
        ])
        .fingerprint
    }

    @Test("a record is judged without models, by whatever is required now")
    func replay() throws {
        _ = try advising("{accuracy_at_least: 0.9}")
        try record(subject: try subject())
        let notes = MemoryOutput()
        let (advice, path) = try advising("{accuracy_at_least: 0.9}").replay(notes: notes.output)
        #expect(path == recordPath)
        #expect(notes.text == "judged again from \(recordPath)\n" || notes.text.contains(recordPath))
        #expect(advice.candidates.map(\.profile.name) == ["small", "large"])
        #expect(advice.answer == .smallest(1))
        #expect(advice.confirmation == .confirmed)
        #expect(try advising("{accuracy_at_least: 0.2}").replay().0.answer == .smallest(0))
        #expect(try advising("{memory_at_most: 10 B}").replay().0.answer == Advice.Answer.none)
    }

    @Test("the document has names and snake case")
    func document() throws {
        _ = try advising("{accuracy_at_least: 0.9, memory_at_most: 5 kB}")
        try record(subject: try subject())
        let (advice, path) = try advising("{accuracy_at_least: 0.9, memory_at_most: 5 kB}").replay()
        let text = try AdviseDocument(advice, task: file, record: path).encoded()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["answer"] as? String == "smallest")
        #expect(object["chosen"] as? String == "large")
        #expect(object["confirmation"] as? String == "confirmed")
        #expect((object["held_out_ids"] as? [String])?.count == 100)
        let candidates = try #require(object["candidates"] as? [[String: Any]])
        #expect(candidates.map { $0["name"] as? String } == ["small", "large"])
        let figures = try #require(candidates[0]["figures"] as? [String: [String: Double]])
        #expect(figures["memory_bytes"]?["value"] == 1000)
        #expect(figures["p95_ms"]?["value"] == 10)
        #expect(candidates[0]["standings"] as? [String: String] == ["accuracy": "missed", "memory_bytes": "met"])
        #expect(candidates[0]["stopped_early"] as? Bool == true)
    }

    @Test("a record of the task before it was changed isn't taken for it")
    func changedTask() throws {
        _ = try advising("{accuracy_at_least: 0.9}")
        try record(subject: try subject())
        let changed = try advising("{accuracy_at_least: 0.9}", more: "prompt: Another one.")
        let error = #expect(throws: CommandFailure.self) { try changed.replay() }
        #expect(error?.message.contains("expected the record of this task, found that of another one") == true)
    }

    @Test("what isn't recorded can't be judged again")
    func missingRecord() throws {
        let error = #expect(throws: CommandFailure.self) { try advising("{p95_at_most: 1 s}").replay() }
        #expect(error?.message.contains("run it without --replay first") == true)
        #expect(!FileManager.default.fileExists(atPath: recordPath))
    }

    @Test("accuracy needs examples that say what is expected")
    func silentExamples() throws {
        try Data("text\na\nb\n".utf8).write(to: folder.appending(path: "examples.csv"))
        #expect(throws: CommandFailure.self) {
            try advising("{accuracy_at_least: 0.9}", more: "labels: [yes, no]")
        }
        _ = try advising("{p95_at_most: 1 s}", more: "labels: [yes, no]")
    }
}
