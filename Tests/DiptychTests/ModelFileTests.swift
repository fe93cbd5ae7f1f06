import EngineTestSupport
import Foundation
import Testing

@testable import diptych

@Suite("Commands over model files, with the built program")
struct ModelFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("tokenize takes a file's exact bytes, NUL and line break among them", arguments: ["file", "standard input"])
    func exactBytes(source: String) throws {
        let model = try TinyModel(.llama).write(to: folder)
        let text = "a\u{0}b\n"
        let file = try folder.write(Array(text.utf8), as: "text")
        let result = try ProgramProcess.run(
            ["tokenize", model, "--json", "--no-special", "--file", source == "file" ? file : "-"],
            input: source == "file" ? "" : text)
        #expect(result.status == 0, "\(result.errors)")
        let document = try object(result.output)
        #expect(document["schema"] as? Int == 1)
        let pieces = try #require(document["pieces"] as? [String])
        #expect(pieces.joined() == text)
        #expect((document["ids"] as? [Int])?.count == pieces.count)
    }

    @Test("tokenize takes lines for texts, and says how long it took")
    func repeatedLines() throws {
        let model = try TinyModel(.llama).write(to: folder)
        func document(_ arguments: [String], _ text: String) throws -> [String: Any] {
            let result = try ProgramProcess.run(["tokenize", model, "--json"] + arguments, input: text)
            #expect(result.status == 0, "\(result.errors)")
            return try object(result.output)
        }
        let whole = try document([], "ab")
        #expect(whole["timing"] == nil)
        let lines = try document(["--lines", "--repeat", "3"], "ab\n\nab\n")
        let ids = try #require(whole["ids"] as? [Int])
        #expect(lines["ids"] as? [Int] == ids + ids)
        let timing = try #require(lines["timing"] as? [String: Any])
        #expect((timing["repeated_ms"] as? [Double])?.count == 3)
        #expect((timing["first_ms"] as? Double ?? 0) > 0)
    }

    @Test("tokenize needs no tensors")
    func vocabularyOnly() throws {
        var writer = TinyModel(.llama).writer()
        writer.tensors = []
        let model = try folder.write(writer.bytes, as: "vocabulary.gguf")
        let result = try ProgramProcess.run(["tokenize", model, "ab"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(!result.output.isEmpty)
    }

    @Test("inspect shows a sound file")
    func inspect() throws {
        let model = try TinyModel(.llama).write(to: folder)
        let result = try ProgramProcess.run(["inspect", model, "--context", "128", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        let document = try object(result.output)
        #expect(document["schema"] as? Int == 1)
        #expect(document["error"] == nil)
        let metadata = try #require(document["metadata"] as? [[String: Any]])
        #expect(metadata.contains { $0["key"] as? String == "general.architecture" })
        #expect((document["tensors"] as? [Any])?.isEmpty == false)
        let memory = try #require(document["memory"] as? [String: Any])
        #expect(memory["context_length"] as? Int == 128)
    }

    @Test("inspect shows all parts of a split file, whichever is named")
    func inspectParts() throws {
        let paths = try TinyModel(.llama).writer().split(into: 3).enumerated().map { index, part in
            try folder.write(part.bytes, as: "tiny-0000\(index + 1)-of-00003.gguf")
        }
        let result = try ProgramProcess.run(["inspect", paths[1], "--json"])
        #expect(result.status == 0, "\(result.errors)")
        let document = try object(result.output)
        #expect(document["path"] as? String == paths[0])
        let parts = try #require(document["parts"] as? [[String: Any]])
        #expect(parts.map { $0["path"] as? String } == paths)
        let tensors = try #require(document["tensors"] as? [[String: Any]])
        #expect(Set(tensors.compactMap { $0["part"] as? Int }) == [1, 2, 3])
        let sizes = parts.compactMap { $0["bytes"] as? Int }
        #expect(document["file_bytes"] as? Int == sizes.reduce(0, +))
        #expect((document["memory"] as? [String: Any])?["weights"] as? Int == sizes.reduce(0, +))
        let text = try ProgramProcess.run(["inspect", paths[2]])
        for path in paths { #expect(text.output.contains(path)) }

        try FileManager.default.removeItem(atPath: paths[1])
        let broken = try ProgramProcess.run(["inspect", paths[0]])
        #expect(broken.status == 1)
        #expect(broken.errors.contains(paths[1]))
        #expect(broken.errors.contains("part 2 of 3"))
        #expect(broken.output.contains(paths[2]))
    }

    @Test("inspect shows what it can of a damaged file, then the error", arguments: [0, 1, 20, 200, 2000])
    func inspectDamaged(length: Int) throws {
        let whole = TinyModel(.llama).writer().bytes
        let model = try folder.write(Array(whole.prefix(length)), as: "damaged.gguf")
        let result = try ProgramProcess.run(["inspect", model])
        #expect(result.status == 1)
        #expect(result.output.contains("damaged.gguf"))
        #expect(result.errors.hasPrefix("diptych: "))
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.contains("damaged.gguf"))
    }

    @Test("a file that can't be loaded fails on one line", arguments: ["empty", "random", "unknown architecture"])
    func unusable(kind: String) throws {
        let bytes: [UInt8] =
            switch kind {
            case "empty": []
            case "random": (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ 7) }
            default:
                {
                    var model = TinyModel(.llama)
                    model.defects = [.unknownArchitecture("mamba")]
                    return model.writer().bytes
                }()
            }
        let model = try folder.write(bytes, as: "unusable.gguf")
        for arguments in [["run", model, "-p", "x"], ["compare", "--model", model, "-p", "x", "--json"]] {
            let result = try ProgramProcess.run(arguments)
            #expect(result.status == 1)
            #expect(result.output.isEmpty || arguments[0] == "compare")
            #expect(result.errors.hasPrefix("diptych: "))
            #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
            #expect(result.errors.contains("unusable.gguf"))
        }
    }

    @Test("template says what to do where a file has none")
    func noTemplate() throws {
        var tiny = TinyModel(.llama)
        tiny.chatTemplate = nil
        let model = try tiny.write(to: folder)
        let messages = #"[{"role": "user", "content": "Hi"}]"#
        let result = try ProgramProcess.run(["template", model, "--messages", "-"], input: messages)
        #expect(result.status == 1)
        #expect(result.errors.contains("--template"))

        let template = try folder.write(Array("<{{ messages[0].content }}>".utf8), as: "own.jinja")
        let own = try ProgramProcess.run(
            ["template", model, "--messages", "-", "--template", template], input: messages)
        #expect(own.status == 0, "\(own.errors)")
        #expect(own.output == "<Hi>")
    }

    @Test("template takes a built-in one by name, and an object with tools")
    func builtInTemplate() throws {
        let model = try TinyModel(.llama).write(to: folder)
        let arguments = ["template", model, "--messages", "-", "--template"]
        let gemma = try ProgramProcess.run(arguments + ["gemma"], input: #"[{"role": "user", "content": "Hi"}]"#)
        #expect(gemma.output == "<|im_start|><start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\n")
        let unknown = try ProgramProcess.run(arguments + ["nonesuch"], input: "[]")
        #expect(unknown.status == 1)
        #expect(unknown.errors.contains("nonesuch") && unknown.errors.contains("chatml"))

        let own = "{{ tools[0].name }}{{ messages | length }}{{ add_generation_prompt }}"
        let file = try folder.write(Array(own.utf8), as: "own.jinja")
        let conversation = """
            {"messages": [{"role": "user"}], "tools": [{"name": "t"}], "add_generation_prompt": false}
            """
        #expect(try ProgramProcess.run(arguments + [file], input: conversation).output == "t1False")
    }

    @Test("a template that fails says where and why, and what to do", arguments: ["file's own", "given"])
    func failingTemplate(which: String) throws {
        var tiny = TinyModel(.llama)
        let broken = "\n{{ messages[0].nothing.at_all }}"
        if which == "file's own" { tiny.chatTemplate = broken }
        let model = try tiny.write(to: folder, as: "failing.gguf")
        let file = try folder.write(Array(broken.utf8), as: "broken.jinja")
        let given = which == "given" ? ["--template", file] : []
        let messages = #"[{"role": "user", "content": "Hi"}]"#
        for arguments in [["template", model, "--messages", "-"], ["run", model, "-p", "Hi"]] {
            let result = try ProgramProcess.run(arguments + given, input: messages)
            #expect(result.status == 1)
            #expect(result.errors.contains("failing.gguf") && result.errors.contains("line 2"), "\(result.errors)")
            #expect(result.errors.contains("chatml"))
            #expect(result.errors.split(separator: "\n").count == 1)
        }
        let other = try ProgramProcess.run(["run", model, "-p", "Hi", "-n", "2", "--template", "chatml"])
        #expect(other.status == 0, "\(other.errors)")
        let unreadable = try folder.write(Array("a\n{% for %}".utf8), as: "unreadable.jinja")
        let syntax = try ProgramProcess.run(["run", model, "-p", "Hi", "--template", unreadable])
        #expect(syntax.status == 1)
        #expect(syntax.errors.contains("unreadable.jinja") && syntax.errors.contains("line 2"), "\(syntax.errors)")
    }

    @Test("template prints the prompt exactly, without a line break at the end")
    func template() throws {
        let model = try TinyModel(.llama).write(to: folder)
        let result = try ProgramProcess.run(
            ["template", model, "--messages", "-"], input: #"[{"role": "user", "content": "Hi"}]"#)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n")
    }

    @Test("messages that aren't JSON name the file")
    func brokenMessages() throws {
        let model = try TinyModel(.llama).write(to: folder)
        let messages = try folder.write(Array("[{".utf8), as: "broken.json")
        let result = try ProgramProcess.run(["template", model, "--messages", messages])
        #expect(result.status == 1)
        #expect(result.errors.contains("broken.json"))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test("run continues raw text, the same for the same seed")
    func run() throws {
        let model = try TinyModel(.llama).write(to: folder)
        let arguments = ["run", model, "--raw", "-p", "ab", "-n", "8", "--temp", "1", "--seed", "5", "--json"]
        let first = try object(try ProgramProcess.run(arguments).output)
        let second = try object(try ProgramProcess.run(arguments + ["--threads", "1"]).output)
        #expect(first["text"] as? String == second["text"] as? String)
        #expect((first["steps"] as? [Any])?.isEmpty == false)
    }

    @Test("bench times what was asked for, and nothing else")
    func bench() throws {
        let model = try TinyModel(.llama).write(to: folder)
        let arguments = ["bench", model, "-n", "3", "-r", "2", "-t", "1", "--depth", "5", "--context", "32"]
        let result = try ProgramProcess.run(arguments + ["-p", "0", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        let document = try object(result.output)
        #expect(document["schema"] as? Int == 1)
        #expect(document["prefill"] == nil)
        #expect(document["depth"] as? Int == 5)
        #expect(document["context_length"] as? Int == 32)
        let decode = try #require(document["decode"] as? [String: Any])
        #expect((decode["rounds_ms"] as? [Double])?.count == 2)
        let text = try ProgramProcess.run(arguments + ["-p", "8"]).output
        #expect(text.contains("prefill 8 ") && text.contains("decode 3 "))
    }

    @Test("bench says when the context is too short")
    func benchBeyondContext() throws {
        let model = try TinyModel(.llama).write(to: folder)
        let result = try ProgramProcess.run(["bench", model, "-p", "40", "-n", "0", "--context", "32"])
        #expect(result.status == 1)
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }

    @Test("doctor describes the machine")
    func doctor() throws {
        let document = try object(try ProgramProcess.run(["doctor", "--json"]).output)
        #expect(document["schema"] as? Int == 1)
        #expect((document["cpu"] as? [String: Any])?["variant"] is String)
        #expect((document["directories"] as? [Any])?.count == 4)
        #expect(try ProgramProcess.run(["doctor"]).output.hasPrefix("diptych \(ProgramVersion.current)\n"))
    }
}
