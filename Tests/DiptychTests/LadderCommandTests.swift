import EngineTestSupport
import Foundation
import Testing

@Suite("ladder, with the built program")
struct LadderCommandTests {
    private let folder: TemporaryFolder
    private let source: String
    private let text: String

    init() throws {
        folder = try TemporaryFolder()
        source = try TinyModel(.llama).write(to: folder, as: "source.gguf")
        let words = (0..<300).map { "\(["ab", "the", "cd e", "x"][$0 * 7 % 4])\($0 % 13)" }.joined(separator: " ")
        text = try folder.write(Array(words.utf8), as: "text.txt")
    }

    private func run(_ arguments: [String]) throws -> ProgramProcess.Result {
        try ProgramProcess.run(
            ["ladder"] + arguments + ["--text", text, "--ctx", "64"],
            environment: ["XDG_CACHE_HOME": "\(folder.path)/cache", "XDG_STATE_HOME": "\(folder.path)/state"])
    }

    private func document(_ result: ProgramProcess.Result) throws -> [String: Any] {
        #expect(result.status == 0, "\(result.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test("narrower files lose more, and the ladder leaves none of them behind")
    func figures() throws {
        let arguments = [source, "--formats", "q4_0,Q8_0", "--chunks", "3", "--rounds", "2", "--json"]
        let result = try run(arguments)
        let document = try document(result)
        #expect(document["schema"] as? Int == 1 && document["chunks"] as? Int == 3)
        let rungs = try #require(document["rungs"] as? [[String: Any]])
        #expect(rungs.map { $0["name"] as? String } == ["F32", "Q8_0", "Q4_0"])
        let bits = rungs.compactMap { $0["bits_per_weight"] as? Double }
        #expect(bits.count == 3 && bits == bits.sorted(by: >))
        #expect(rungs[0]["divergence"] == nil && rungs[0]["perplexity_ratio"] == nil)
        let divergences = rungs.dropFirst().compactMap { ($0["divergence"] as? [String: Any]) }
        #expect(divergences.map { $0["places"] as? Int } == [93, 93])
        let means = divergences.compactMap { $0["mean"] as? Double }
        #expect(means.count == 2 && 0 < means[0] && means[0] < means[1])
        #expect(rungs.allSatisfy { (($0["decode"] as? [String: Any])?["median"] as? Double ?? 0) > 0 })
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: "\(folder.path)/cache").allSatisfy {
                !$0.hasSuffix(".gguf")
            })
        // What was done once isn't measured again.
        let again = try run(arguments)
        #expect(try NSDictionary(dictionary: document) == NSDictionary(dictionary: self.document(again)))
    }

    @Test("perplexity is that of the command of this name")
    func perplexity() throws {
        let document = try document(run([source, "--formats", "Q8_0", "--rounds", "0", "--json"]))
        let rungs = try #require(document["rungs"] as? [[String: Any]])
        let alone = try ProgramProcess.run(["perplexity", source, text, "--ctx", "64", "--json"])
        let other = try #require(JSONSerialization.jsonObject(with: Data(alone.output.utf8)) as? [String: Any])
        let found = try #require(rungs[0]["perplexity"] as? Double)
        let wanted = try #require(other["perplexity"] as? Double)
        #expect(abs(found / wanted - 1) < 1e-5)
    }

    @Test("files that are kept are taken as they are, and compare as files do")
    func keeping() throws {
        let kept = "\(folder.path)/kept"
        let made = try document(
            run([source, "--formats", "Q8_0", "--keep", kept, "--rounds", "0", "--chunks", "2", "--json"]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: kept) == ["source-Q8_0.gguf"])
        let named = try document(
            run(["\(kept)/source-Q8_0.gguf", source, "--rounds", "0", "--chunks", "2", "--json"]))
        let (one, other) = (
            try #require(made["rungs"] as? [[String: Any]]), try #require(named["rungs"] as? [[String: Any]])
        )
        #expect(other.map { $0["name"] as? String } == ["source.gguf", "source-Q8_0.gguf"])
        #expect(
            (one[1]["divergence"] as? NSDictionary) == (other[1]["divergence"] as? NSDictionary)
                && one[1]["divergence"] != nil)
    }

    @Test("what can't be held against each other, or made, is refused in one line")
    func refusals() throws {
        let stranger = try TinyModel(.qwen2).write(to: folder, as: "stranger.gguf")
        let cases: [(arguments: [String], status: Int32, part: String)] = [
            ([source, "--formats", "Q3_X"], 2, "Q3_X"), ([source, stranger, "--rounds", "0"], 1, "vocabular"),
            ([source, stranger, "--formats", "Q8_0"], 2, "--formats"), ([source, "--rounds", "-1"], 2, "--rounds"),
            (["\(folder.path)/none.gguf"], 1, "none.gguf"),
        ]
        for (arguments, status, part) in cases {
            let result = try run(arguments)
            #expect(result.status == status && result.errors.contains(part), "\(arguments): \(result.errors)")
        }
    }
}
