import EngineTestSupport
import Foundation
import Testing

@Suite("retrieve, with the built program")
struct RetrieveCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: [String]) throws -> ProgramProcess.Result {
        try ProgramProcess.run(
            ["retrieve"] + arguments,
            environment: ["XDG_DATA_HOME": "\(folder.path)/data", "XDG_STATE_HOME": "\(folder.path)/state"])
    }

    @Test("wrong input ends in one line that names it")
    func refusals() throws {
        let file = try folder.write(Array("text".utf8), as: "file.txt")
        let questions = try folder.write(Array("{\"question\":\n".utf8), as: "questions.jsonl")
        let places = try folder.write(
            Array("{\"question\":\"a\",\"expect\":[\"a.md\"]}\n{\"question\":\"b\",\"expect\":[1]}\n".utf8),
            as: "places.jsonl")
        let decoder = try TinyModel(.llama).write(to: folder, as: "decoder.gguf")
        let cases: [(arguments: [String], status: Int32, parts: [String])] = [
            (["index", "\(folder.path)/none"], 1, ["none", "expected a folder"]),
            (["index", file], 1, ["file.txt", "expected a folder"]),
            (["index", folder.path, "--encoder", decoder], 1, ["decoder.gguf"]),
            (["index", folder.path, "--threads", "0"], 2, ["--threads"]),
            (["search", "\(folder.path)/none.index", "words"], 1, ["none.index"]),
            (["search", file, "words"], 1, ["file.txt"]),
            (["search", file], 2, ["--questions"]),
            (["search", file, "words", "-k", "0"], 2, ["-k"]),
            (["search", file, "--questions", questions], 1, ["questions.jsonl"]),
            (["search", file, "--questions", places], 1, ["places.jsonl, question 2", "expected in 'expect' a list"]),
            (["search", file, "--questions", file], 1, ["file.txt, question 1", "expected a field 'expect'"]),
            (["answer", file, "words", "--questions", places], 2, ["--questions"]),
            (["answer", file, "words", "-o", "a.csv"], 2, ["--questions"]),
            (["answer", file, "words", "--report", "\(folder.path)/none/a.md"], 2, ["none", "expected a folder"]),
            (["answer", file, "words", "--report", "\(folder.path)/a.zip"], 2, ["a.zip", "expected a name"]),
        ]
        for (arguments, status, parts) in cases {
            let result = try run(arguments)
            #expect(result.status == status, "\(arguments): \(result.errors)")
            #expect(result.output.isEmpty, "\(arguments)")
            for part in parts { #expect(result.errors.contains(part), "\(arguments): \(result.errors)") }
        }
    }
    private func document(_ arguments: [String]) throws -> [String: Any] {
        let result = try run(arguments + ["--json"])
        #expect(result.status == 0, "\(arguments): \(result.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test("a folder is indexed, brought up to date, searched, and a question answered from it")
    func wholeWay() throws {
        guard let weights = try RealModel.path("all-minilm-l6-v2") else { return }
        let encoder = URL(filePath: weights).deletingLastPathComponent().path
        var model = TinyModel(.llama)
        model.contextLength = 2048
        let writer = try model.write(to: folder, as: "writer.gguf")
        let notes = "\(folder.path)/notes"
        try FileManager.default.createDirectory(atPath: notes, withIntermediateDirectories: true)
        func write(_ text: String, as name: String) throws {
            try text.write(toFile: "\(notes)/\(name)", atomically: true, encoding: .utf8)
        }
        try write("Ships rest in a harbour when storms come.\n", as: "ships.txt")
        try write("# Bread\n\nIt needs flour, water, salt and yeast.\n", as: "bread.md")

        let first = try document(["index", notes, "--encoder", encoder])
        #expect(first["files"] as? Int == 2 && first["embedded"] as? Int == 2, "\(first)")
        let again = try document(["index", notes, "--encoder", encoder])
        #expect(again["files"] as? Int == 2 && again["embedded"] as? Int == 0, "\(again)")
        try write("Ships rest in a harbour, or at anchor in a bay.\n", as: "ships.txt")
        let changed = try document(["index", notes, "--encoder", encoder])
        #expect(changed["files"] as? Int == 2 && changed["embedded"] as? Int == 1, "\(changed)")

        let found = try document(["search", notes, "where do boats wait for better weather"])
        let hits = try #require(found["hits"] as? [[String: Any]])
        #expect(hits.first?["path"] as? String == "ships.txt", "\(hits)")
        #expect((hits.first?["text"] as? String)?.contains("at anchor") == true, "\(hits)")

        let report = "\(folder.path)/answer.md"
        let answer = try document([
            "answer", notes, "what goes into a loaf", "--large", writer, "-n", "4", "--report", report,
        ])
        let sources = try #require(answer["sources"] as? [[String: Any]])
        #expect((sources.first?["location"] as? String)?.hasPrefix("bread.md") == true, "\(sources)")
        let written = try String(contentsOfFile: report, encoding: .utf8)
        #expect(written.contains("what goes into a loaf") && written.contains("bread.md"), "\(written)")

        let questions = try folder.write(
            Array(
                """
                question,expect
                where do boats wait for better weather,ships.txt:1
                what goes into a loaf,nowhere.md; bread.md
                how many goals did the team score,

                """.utf8), as: "questions.csv")
        let rows = "\(folder.path)/rows.jsonl"
        let all = ["answer", notes, "--questions", questions, "--large", writer, "-n", "4", "-o", rows]
        let figures = try #require(try document(all)["sides"] as? [[String: Any]])
        let accuracy = figures.first?["accuracy"] as? [String: Any]
        #expect(figures.count == 2 && accuracy?["value"] as? Double == 1, "\(figures)")
        let lines = try String(contentsOfFile: rows, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 3 && lines[1].contains("[bread.md:"), "\(lines)")
        #expect(lines[2].contains("Nothing in the index is about this question."), "\(lines)")
        // All was done before: even the times are those of the first run.
        let repeated = try run(all.dropLast(2) + ["-o", "-"])
        #expect(repeated.status == 0, "\(repeated.errors)")
        #expect(repeated.output.split(separator: "\n") == lines, "\(repeated.output)")
    }
}
