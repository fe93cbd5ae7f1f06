import EngineTestSupport
import Testing

@testable import InferenceCore

/// Files that open as GGUF but are no model the engine can compute: one clear line each.
struct BadModelTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var defect: TinyModel.Defect
        /// What the error's line must name.
        var named: [String]
        var testDescription: String { "\(defect)" }
    }

    static let cases = [
        Case(defect: .unknownArchitecture("zebra"), named: ["zebra", "llama", "qwen2", "gemma3"]),
        Case(defect: .missingKey("general.architecture"), named: ["general.architecture"]),
        Case(defect: .missingKey("llama.block_count"), named: ["llama.block_count"]),
        Case(defect: .replacedKey("llama.block_count", .uint32(0)), named: ["llama.block_count", "1 to"]),
        Case(defect: .replacedKey("llama.block_count", .string("two")), named: ["llama.block_count"]),
        Case(defect: .replacedKey("llama.block_count", .uint32(3)), named: ["blk.2."]),
        Case(defect: .replacedKey("llama.attention.head_count", .uint32(0)), named: ["head_count"]),
        Case(defect: .replacedKey("llama.attention.head_count_kv", .uint32(3)), named: ["head_count_kv", "divisor"]),
        Case(
            defect: .replacedKey("llama.attention.layer_norm_rms_epsilon", .float32(.nan)),
            named: ["layer_norm_rms_epsilon"]),
        Case(defect: .replacedKey("llama.feed_forward_length", .uint32(96)), named: ["ffn_down", "96"]),
        Case(defect: .replacedKey("llama.embedding_length", .uint32(1 << 31)), named: ["embedding_length"]),
        Case(defect: .missingTensor("output_norm.weight"), named: ["output_norm.weight", "missing"]),
        Case(defect: .missingTensor("token_embd.weight"), named: ["token_embd.weight", "missing"]),
        Case(
            defect: .wrongShape(tensor: "blk.0.attn_q.weight", [64, 32]), named: ["blk.0.attn_q.weight", "[64, 32]"]),
        Case(defect: .unknownFormat(tensor: "blk.1.ffn_up.weight", id: 16), named: ["blk.1.ffn_up.weight", "IQ2_XXS"]),
        Case(defect: .unknownFormat(tensor: "blk.1.ffn_up.weight", id: 40), named: ["blk.1.ffn_up.weight", "NVFP4"]),
        Case(defect: .unknownFormat(tensor: "blk.1.ffn_up.weight", id: 999), named: ["blk.1.ffn_up.weight", "999"]),
    ]

    @Test("is refused with what is wrong", arguments: cases)
    func refused(bad: Case) throws {
        var tiny = TinyModel(.llama)
        tiny.defects = [bad.defect]
        let folder = try TemporaryFolder()
        let path = try tiny.write(to: folder)
        let error = withExtendedLifetime(folder) {
            #expect(throws: (any Error).self) { _ = try Model(path: path, runtime: Runtime(threads: 1)) }
        }
        let line = error.map { "\($0)" } ?? ""
        for name in bad.named { #expect(line.contains(name), "\(line)") }
        #expect(line.contains(path))
        #expect(!line.contains("\n"))
    }
}
