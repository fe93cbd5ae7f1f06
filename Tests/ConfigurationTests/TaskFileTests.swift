import Configuration
import Evaluation
import Foundation
import Testing

@Suite struct TaskFileTests {
    private func task(_ yaml: String) throws -> TaskDefinition { try TaskFile.parse(yaml, file: "/tasks/t.yaml") }

    private static let least = "task: classify\nexamples: e.jsonl\ncandidates: [a]\n"

    @Test func everyFieldIsRead() throws {
        let task = try task(
            """
            task: classify
            examples: data/reviews.csv
            fields: {text: sentence, expected: mood, id: key}
            labels: [good, bad]
            prompt: |
              Say which.
            shots: /else/shots.jsonl
            calibration: content-free
            judge: contains
            requirements:
              accuracy_at_least: 80 %
              within_points_of_best: 2
              p95_at_most: 1.5 s
              items_per_second_at_least: 20
              memory_at_most: 512 MiB
              cost_per_thousand_at_most: 0.10 EUR
            candidates:
              - small
              - {name: both, cascade: [small, student, openai:big@gpu], threshold: [90 %, 0.7]}
              - {name: student, student: s.json, encoder: ./minilm}
              - {name: q, model: "hf:o/r", quantizations: [Q4_0, Q8_0]}
              - model: ../m.gguf
            confidence: 90 %
            seed: 7
            limit: 400
            choose: 0.6
            stop_early: false
            """)
        var expected = TaskDefinition(
            kind: .classify, examples: "/tasks/data/reviews.csv",
            candidates: [
                .init(name: "small", way: .model("small")),
                .init(
                    name: "both",
                    way: .cascade(
                        [
                            .init(name: "small", way: .model("small")),
                            .init(name: "student", way: .student(path: "/tasks/s.json", encoder: "/tasks/./minilm")),
                            .init(name: "openai:big@gpu", way: .model("openai:big@gpu")),
                        ], thresholds: [0.9, 0.7])),
                .init(name: "student", way: .student(path: "/tasks/s.json", encoder: "/tasks/./minilm")),
                .init(name: "q:Q4_0", way: .model("hf:o/r:Q4_0")), .init(name: "q:Q8_0", way: .model("hf:o/r:Q8_0")),
                .init(name: "../m.gguf", way: .model("/tasks/../m.gguf")),
            ])
        expected.fields = ExampleFields(text: "sentence", expected: "mood", id: "key")
        expected.labels = ["good", "bad"]
        expected.prompt = "Say which.\n"
        expected.shots = "/else/shots.jsonl"
        expected.isCalibrated = true
        expected.judge = .init(.contains)
        expected.requirements = [
            Requirement(.accuracy, 0.8), Requirement(.behindBest, 0.02), Requirement(.p95, 1500),
            Requirement(.itemsPerSecond, 20), Requirement(.memory, 536_870_912), Requirement(.costPerThousand, 0.1),
        ]
        expected.currency = "EUR"
        (expected.confidence, expected.seed, expected.limit) = (0.9, 7, 400)
        (expected.choosingShare, expected.stopsEarly) = (0.6, false)
        #expect(task == expected)
    }

    @Test func whatIsLeftOutHasItsDefault() throws {
        let task = try task(Self.least)
        #expect(
            task
                == TaskDefinition(
                    kind: .classify, examples: "/tasks/e.jsonl", candidates: [.init(name: "a", way: .model("a"))]))
        #expect(task.judge == .init(.exact) && task.confidence == 0.95 && task.choosingShare == 0.5 && task.stopsEarly)
    }

    @Test func judgesMayExpectTheSameOfAll() throws {
        let task = try task(
            "task: answer\nexamples: e.txt\ncandidates: [a]\njudge: {rule: pattern, expected: '^[0-9]+$'}")
        #expect(task.judge == .init(.pattern, expected: "^[0-9]+$"))
        let plan = task.plan([Example(id: "1", text: "x"), Example(id: "2", text: "y", expected: "z")])
        #expect(Set((plan.choosing + plan.confirming).compactMap(\.expected)) == ["^[0-9]+$", "z"])
    }

    private static let mistakes: [(yaml: String, expected: String)] = [
        ("", "t.yaml: expected fields task, examples"),
        (
            "task: clasify\nexamples: e\ncandidates: [a]",
            "t.yaml:1: task: expected the kind of task: classify, extract or "
                + "answer, found \"clasify\"; did you mean \"classify\"?"
        ),
        ("task: classify\ncandidates: [a]", "examples: expected the path of a file with examples, found nothing"),
        ("task: classify\nexamples: e\ncandidates: []", ":3: candidates: expected from one to 50 candidates, found 0"),
        ("task: classify\nexample: e", ":2: expected one of task, examples"),
        (
            "task: extract\nexamples: e\ncandidates: [a]",
            "schema: expected the path of a JSON Schema, since task is extract"
        ),
        (
            "task: answer\nexamples: e\nlabels: [a, b]\ncandidates: [a]",
            ":3: labels: expected labels only where task is "
                + "classify, found task answer; remove it"
        ),
        (
            "task: answer\nexamples: e\ncandidates: [{student: s}]",
            ":3: candidates: expected students and cascades only where task is classify, found \"s\"; remove it"
        ),
        (least + "labels: [a]", ":4: labels: expected two different labels or more, found 1"),
        (least + "judge: exakt", "did you mean \"exact\"?"),
        (least + "calibration: some", "expected none or content-free, found \"some\""),
        (least + "confidence: 1", "confidence: expected a confidence, such as 0.95 or 95 %, from 0.8 to 0.999"),
        (least + "choose: 0", "expected the share of the examples for the choice from 0.1 to 1.0, found \"0\""),
        (least + "requirements: {acuracy_at_least: 1}", "did you mean \"accuracy_at_least\"?"),
        (
            least + "requirements: {accuracy_at_least: 80}",
            "accuracy_at_least: expected an accuracy, such as 0.8 or 80 %,"
        ),
        (
            least + "requirements: {p95_at_most: 50}",
            "expected a time with its unit, such as 50 ms or 1.5 s, found \"50\""
        ),
        (least + "requirements: {memory_at_most: 5 mb}", "expected a size with its unit, such as 500 MB or 2 GiB"),
        (least + "requirements: {memory_at_most: nan MB}", "expected a size with its unit"),
        (
            least + "requirements: {cost_per_thousand_at_most: -1}",
            "expected an amount, such as 0.10, $0.10 or 0.10 EUR"
        ),
        (least + "requirements: {items_per_second_at_least: much}", "expected examples a second from 0.0"),
        ("task: classify\nexamples: e\ncandidates: [a, a]", "a name of its own for each candidate, found \"a\" twice"),
        (
            "task: classify\nexamples: e\ncandidates: [{name: a}]",
            "one of model, student and cascade, found none or several"
        ),
        ("task: classify\nexamples: e\ncandidates: [{model: a, encoder: b}]", "an encoder only beside a student"),
        (
            "task: classify\nexamples: e\ncandidates: [{model: a, quantizations: [Q8_0]}]",
            "expected quantizations beside a "
                + "model such as hf:organization/repository"
        ),
        ("task: classify\nexamples: e\ncandidates: [{cascade: [a], threshold: 0.9}]", "two different stages or more"),
        ("task: classify\nexamples: e\ncandidates: [{cascade: [a, b]}]", "threshold: expected a confidence"),
        (
            "task: classify\nexamples: e\ncandidates: [{cascade: [a, b], threshold: [0.1, 0.2]}]",
            "a threshold for each stage "
                + "but the last, 1, found 2"
        ),
        (
            "task: classify\nexamples: e\ncandidates: [{cascade: [a, b], threshold: 2}]",
            "threshold: expected a confidence"
        ),
    ]

    @Test(arguments: mistakes) func mistakesAreNamed(yaml: String, expected: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try task(yaml) }
        let message = error?.description ?? ""
        #expect(message.contains(expected), "\(message)")
        #expect(message.hasPrefix("/tasks/t.yaml") && !message.contains("\n"))
    }

    @Test func cascadesOfCascadesAreRefused() throws {
        let yaml = """
            task: classify
            examples: e
            candidates:
              - {name: one, cascade: [a, b], threshold: 0.5}
              - {cascade: [one, c], threshold: 0.5}
            """
        let error = #expect(throws: ConfigurationError.self) { try task(yaml) }
        #expect(error?.description.contains("expected stages that are no cascades, found \"one\"") == true)
    }

    @Test func filesThatAreNotThereAreNamed() {
        #expect(throws: ConfigurationError.self) { try TaskFile.read("/nowhere/t.yaml") }
    }

    /// The samples that come with the program.
    @Test func samplesCanBeRead() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/tasks")
        let samples = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
        #expect(samples.count >= 3)
        for sample in samples { _ = try TaskFile.read(folder.appending(path: sample).path) }
    }
}
