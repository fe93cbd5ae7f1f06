import EngineTestSupport
import Foundation
import Testing

@testable import diptych

@Suite("quantize, with the built program")
struct QuantizeTests {
    private let folder: TemporaryFolder
    private let source: String
    private let target: String

    init() throws {
        folder = try TemporaryFolder()
        source = try TinyModel(.llama).write(to: folder, as: "source.gguf")
        target = "\(folder.path)/target.gguf"
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    @Test("writes a file that runs, and says what each tensor lost")
    func document() throws {
        let result = try ProgramProcess.run(["quantize", source, target, "q8_0", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect(document["schema"] as? Int == 1)
        #expect(document["format"] as? String == "Q8_0")
        #expect(document["file_bytes_after"] as? Int == (try Data(contentsOf: URL(filePath: target)).count))
        #expect(document["file_bytes_before"] as? Int == (try Data(contentsOf: URL(filePath: source)).count))
        let tensors = try #require(document["tensors"] as? [[String: Any]])
        let query = try #require(tensors.first { $0["name"] as? String == "blk.0.attn_q.weight" })
        #expect(query["source"] as? String == "F32" && query["format"] as? String == "Q8_0")
        let error = try #require(query["relative_error"] as? Double)
        #expect(error > 0 && error < 0.01)
        let norm = try #require(tensors.first { $0["name"] as? String == "blk.0.attn_norm.weight" })
        #expect(norm["format"] as? String == "F32" && norm["relative_error"] == nil)
        #expect(try ProgramProcess.run(["run", target, "--raw", "-p", "ab", "-n", "2"]).status == 0)
        #expect(try names == ["source.gguf", "target.gguf"])
    }

    @Test("says which tensors took another format, and both files' sizes")
    func text() throws {
        let result = try ProgramProcess.run(["quantize", source, target, "Q4_K_M"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("Q5_0 *") && result.output.contains("Q4_K_M asks for"))
        #expect(result.output.contains(" -> "))
    }

    @Test("replaces nothing without --force, and never what isn't a file")
    func replacing() throws {
        let kept = try folder.write([1, 2, 3], as: "kept.gguf")
        let refused = try ProgramProcess.run(["quantize", source, kept, "Q8_0"])
        #expect(refused.status == 1 && refused.errors.contains("--force"), "\(refused.errors)")
        #expect(try Data(contentsOf: URL(filePath: kept)) == Data([1, 2, 3]))
        #expect(try ProgramProcess.run(["quantize", source, kept, "Q8_0", "--force"]).status == 0)
        #expect(try ProgramProcess.run(["inspect", kept]).status == 0)
        for place in ["/dev/null", folder.path, source] {
            let result = try ProgramProcess.run(["quantize", source, place, "Q8_0", "--force"])
            #expect(result.status == 1 && result.errors.contains(place), "\(result.errors)")
            #expect(result.errors.split(separator: "\n").count == 1)
        }
        #expect(try names == ["kept.gguf", "source.gguf"])
    }

    @Test("a format that it doesn't write is wrong usage")
    func unknownFormat() throws {
        let result = try ProgramProcess.run(["quantize", source, target, "Q2_K"])
        #expect(result.status == 2)
        #expect(try names == ["source.gguf"])
    }

    @Test("takes quantized files only where that is allowed")
    func quantized() throws {
        #expect(try ProgramProcess.run(["quantize", source, target, "Q8_0"]).status == 0)
        let again = "\(folder.path)/again.gguf"
        let refused = try ProgramProcess.run(["quantize", target, again, "Q4_0"])
        #expect(refused.status == 1 && refused.errors.contains("--allow-requantize"), "\(refused.errors)")
        #expect(try ProgramProcess.run(["quantize", target, again, "Q4_0", "--allow-requantize"]).status == 0)
    }

    @Test("Ctrl+C ends it with 130 and leaves nothing behind")
    func interrupt() throws {
        // Large enough for a signal to come in its midst: 64 million values take seconds.
        var writer = TinyModel(.llama).writer()
        writer.append(
            tensor: "large.weight", formatID: 1, shape: [1024, 65_536],
            contents: [UInt8](repeating: 0x2c, count: 2 * 1024 * 65_536))
        let large = try folder.write(writer.bytes, as: "large.gguf")
        let process = Process()
        process.executableURL = URL(filePath: ProgramProcess.path)
        process.arguments = ["quantize", large, target, "IQ4_NL", "--threads", "1"]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        while process.isRunning, try !names.contains(where: { $0.contains(".writing-") }) { usleep(1000) }
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        #expect(try names == ["large.gguf", "source.gguf"])
    }
}
