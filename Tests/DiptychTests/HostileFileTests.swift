import EngineTestSupport
import Foundation
import Testing

@testable import diptych

/// Files that promise more than they hold, in a process that may not take much memory: one that tried to would be ended
/// by the system, without a message.
@Suite("Hostile files, with little memory")
struct HostileFileTests {
    /// In KiB: what the program itself maps, the largest file here, and the bounds of the loaders.
    private static let memory = 1_500_000
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func expectRefusal(_ arguments: [String], input: String = "", naming words: [String]) throws {
        let result = try ProgramProcess.run(arguments, input: input, memoryLimit: Self.memory)
        #expect(result.status == 1, "\(result.status) \(result.errors)")
        #expect(result.errors.hasPrefix("diptych: "), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1)
        #expect(result.errors.utf8.count < 2000)
        for word in words { #expect(result.errors.contains(word), "\(result.errors)") }
    }

    private static var sample: GGUFWriter {
        var writer = TinyModel(.llama).writer()
        writer.tensors = []
        return writer
    }

    @Test(
        "Counts and lengths beyond the file are refused before anything is made of them",
        arguments: [
            ("tensor count", UInt64(1) << 40), ("metadata count", 1 << 40),
            ("key general.name, value, length", 1 << 40), ("key tokenizer.ggml.tokens, value, count", 1 << 40),
            ("key tokenizer.ggml.token_type, value, count", 1 << 34), ("key general.name, value, length", .max),
        ])
    func promises(field: String, number: UInt64) throws {
        let bytes = Self.sample.image().replacing(field, with: number)
        let path = try folder.write(bytes, as: "promises.gguf")
        for command in [["inspect", path], ["tokenize", path, "a"], ["run", path, "-p", "a"]] {
            try expectRefusal(command, naming: ["promises.gguf"])
        }
    }

    @Test(
        "A file of nothing but short tensors, or keys, costs what it weighs",
        arguments: ["tensor count", "metadata count"])
    func many(field: String) throws {
        let count: UInt32 = 60_000
        var bytes = GGUFWriter().image().replacing(field, with: UInt64(count))
        bytes.removeLast(bytes.count - 24)
        for number in 0..<count {
            bytes += [4, 0, 0, 0, 0, 0, 0, 0] + withUnsafeBytes(of: number | 0x0101_0101 << 7) { $0.map { $0 & 0x7F } }
            // One dimension of 1, F32, at offset 0; or a value of type uint8.
            let tensor: [UInt8] = [1, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 19)
            bytes += field == "tensor count" ? tensor : [0, 0, 0, 0, 9]
        }
        let path = try folder.write(bytes, as: "many.gguf")
        try expectRefusal(["inspect", path], naming: ["many.gguf"])
    }

    @Test("A vocabulary of a million empty tokens is read or refused")
    func hugeVocabulary() throws {
        var writer = Self.sample
        writer["tokenizer.ggml.tokens"] = .strings([String](repeating: "", count: 1_000_000))
        writer["tokenizer.ggml.token_type"] = nil
        let path = try folder.write(writer.bytes, as: "vocabulary.gguf")
        let result = try ProgramProcess.run(["tokenize", path, "a"], memoryLimit: Self.memory)
        #expect(result.status <= 1, "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count <= 1)
    }

    @Test("A giant name is cut short where it is shown")
    func giantName() throws {
        var writer = Self.sample
        writer["general.architecture"] = .string(String(repeating: "zebra", count: 2_000_000))
        let path = try folder.write(writer.bytes, as: "giant.gguf")
        try expectRefusal(["run", path, "-p", "a"], naming: ["giant.gguf"])
    }

    @Test(
        "Templates that ask for all memory get an error",
        arguments: [
            "{{ ('a ' * 8000000).split() }}", "{{ ('a' * 16000000)|list }}", "{{ ('a,' * 8000000).split(',') }}",
            "{{ ('a\\n' * 8000000)|indent }}", "{{ 'x' * 10 ** 9 }}", "{{ '%999999999s' % 1 }}",
            "{{ '%.999999999f' % 1 }}",
            "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x * 2 %}{% endfor %}",
            "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
            "{% for i in range(99999) %}{{ 'a' * 9999999 }}{% endfor %}", "{{ ('ab' * 8000000)|map('upper')|list }}",
            "{{ ('é' * 8000000).encode }}{{ ('\u{1}' * 16000000)|tojson|tojson|tojson }}",
        ])
    func templates(source: String) throws {
        let model = try folder.write(Self.sample.bytes, as: "model.gguf")
        let template = try folder.write(Array(source.utf8), as: "hostile.jinja")
        try expectRefusal(
            ["template", model, "--messages", "-", "--template", template], input: "[]",
            naming: ["model.gguf", "line 1"])
    }

    @Test("Messages that nest without end are refused")
    func nestedMessages() throws {
        let model = try folder.write(Self.sample.bytes, as: "model.gguf")
        for text in [String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 100_000)] {
            let messages = try folder.write(Array(text.utf8), as: "messages.json")
            try expectRefusal(["template", model, "--messages", messages], naming: ["messages.json", "nest"])
        }
    }
}
