import EngineTestSupport
import Foundation
import Testing

@Suite("extract, with the built program")
struct ExtractCommandTests {
    private let folder: TemporaryFolder
    private let model: String
    private let schema: String

    init() throws {
        folder = try TemporaryFolder()
        model = try TinyModel(.llama).write(to: folder, as: "model.gguf")
        schema = try folder.write(
            Array(
                #"{"type":"object","properties":{"n":{"type":"integer","minimum":0,"maximum":9}},"required":["n"]}"#
                    .utf8), as: "schema.json")
    }

    private func run(_ arguments: [String], schema: String? = nil) throws -> ProgramProcess.Result {
        try ProgramProcess.run(
            ["extract"] + arguments + ["--schema", schema ?? self.schema, "--model", model, "--max-tokens", "24"],
            environment: ["XDG_STATE_HOME": "\(folder.path)/state"])
    }

    private func write(_ text: String, to name: String) throws {
        let url = URL(filePath: "\(folder.path)/\(name)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    @Test("a folder's texts are done, and what can't be read is named")
    func folders() throws {
        try write("n is 1", to: "texts/a.txt")
        try write("n is 2", to: "texts/deep/b.md")
        try write("%PDF-1.4 and nothing else", to: "texts/c.pdf")
        try write(#"{"id":"a","expected":{"n":1}}"# + "\n", to: "expected.jsonl")
        let arguments = [
            "\(folder.path)/texts", "--expected", "\(folder.path)/expected.jsonl", "-o", "\(folder.path)/out.jsonl",
            "--json",
        ]
        let result = try run(arguments)
        #expect(result.status == 0, "\(result.errors)")
        let document = try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(document["schema"] as? Int == 1 && document["texts"] as? Int == 2)
        let unreadable = try #require(document["unreadable"] as? [[String: Any]])
        #expect(unreadable.map { $0["id"] as? String } == ["c.pdf"])
        let side = try #require((document["sides"] as? [[String: Any]])?.first)
        #expect((side["records"] as? [String: Any])?["trials"] as? Int == 1)
        let rows = try String(contentsOfFile: "\(folder.path)/out.jsonl", encoding: .utf8)
            .split(separator: "\n").map { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        #expect(rows.map { $0?["id"] as? String } == ["a.txt", "deep/b.md", "c.pdf"])
        #expect(rows.allSatisfy { ($0?["record"] == nil) != ($0?["failure"] == nil) })
        // From the beginning again: the same bytes.
        let first = try Data(contentsOf: URL(filePath: "\(folder.path)/out.jsonl"))
        #expect(try run(arguments + ["--fresh"]).status == 0)
        #expect(try Data(contentsOf: URL(filePath: "\(folder.path)/out.jsonl")) == first)
    }

    @Test("rows of a file are done, as JSON Lines or as a table")
    func rows() throws {
        try write("id,text\nx,n is 1\ny,n is 2\n", to: "rows.csv")
        let result = try run(["\(folder.path)/rows.csv", "-o", "-"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.split(separator: "\n").map { $0.prefix(10) } == [#"{"id":"x","#, #"{"id":"y","#])
        #expect(try run(["\(folder.path)/rows.csv", "-o", "\(folder.path)/out.csv"]).status == 0)
        let table = try String(contentsOfFile: "\(folder.path)/out.csv", encoding: .utf8)
        #expect(table.split(separator: "\n").map { $0.prefix(2) } == ["id", "x,", "y,"])
    }

    @Test("wrong input ends in one line that names it")
    func refusals() throws {
        try write("x", to: "text.txt")
        try write(#"{"if":{}}"#, to: "odd.json")
        try write(#"{"id":"a","expected":{"n":"x"}}"# + "\n", to: "wrong.jsonl")
        let text = "\(folder.path)/text.txt"
        let cases: [(arguments: [String], schema: String?, status: Int32, part: String)] = [
            (["\(folder.path)/none.txt"], nil, 1, "none.txt"), ([text], "\(folder.path)/odd.json", 1, "'if' at /if"),
            ([text], "\(folder.path)/none.json", 1, "none.json"), ([text, text], nil, 2, "twice"),
            ([text, "--expected", "\(folder.path)/wrong.jsonl"], nil, 1, "wrong.jsonl, 'a'"),
            ([text, "-o", "out.txt"], nil, 2, ".jsonl"), ([text, "-o", "-", "--json"], nil, 2, "-o"),
        ]
        for (arguments, schema, status, part) in cases {
            let result = try run(arguments, schema: schema)
            #expect(result.status == status && result.errors.contains(part), "\(arguments): \(result.errors)")
            #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
        }
    }
}
