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
        ]
        for (arguments, status, parts) in cases {
            let result = try run(arguments)
            #expect(result.status == status, "\(arguments): \(result.errors)")
            #expect(result.output.isEmpty, "\(arguments)")
            for part in parts { #expect(result.errors.contains(part), "\(arguments): \(result.errors)") }
        }
    }
}
