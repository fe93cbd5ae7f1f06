import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// Files that are written anew.
struct QuantizerTests {
    private static let runtime = Runtime(threads: 2)

    /// Rows of whole super-blocks, so that every format can have its way.
    private func wide() -> TinyModel {
        var model = TinyModel(.qwen2)
        model.embedding = 256
        model.headSize = 64
        model.feedForward = 512
        model.layers = 8
        return model
    }

    private func logits(_ path: String) async throws -> [Float] {
        let session = try Session(model: Model(path: path, runtime: Self.runtime), contextLength: 64)
        return try await session.logits(of: [5, 6, 7, 8, 9, 10, 11])[0]
    }

    @Test("the model still says nearly the same, and its metadata stays", arguments: QuantizationMix.allCases)
    func sameModel(mix: QuantizationMix) async throws {
        let folder = try TemporaryFolder()
        let source = try wide().write(to: folder, as: "wide.gguf")
        let target = "\(folder.path)/narrow.gguf"
        let file = try GGUFFile(path: source)
        var results: [Quantizer.TensorResult] = []
        try Quantizer(file, mix: mix, runtime: Self.runtime).write(
            to: target,
            progress: { result, _, count in
                results.append(result)
                #expect(count == file.tensors.count)
            })
        let written = try GGUFFile(path: target)
        #expect(written.tensors.map(\.name) == file.tensors.map(\.name))
        #expect(written.tensors.map(\.shape) == file.tensors.map(\.shape))
        for key in file.metadata.keys where key != "general.file_type" {
            #expect(written.metadata[key] == file.metadata[key], "\(key)")
        }
        #expect(try written.metadata.integer("general.file_type") == Int(mix.fileType))
        // Weights are normally distributed: 4 bits leave about 8 % of error.
        for result in results {
            guard let error = result.relativeError else { continue }
            #expect(error < 0.1, "\(result.name)")
            #expect(!result.isFallback)
        }
        let (before, after) = (try await logits(source), try await logits(target))
        let difference = zip(before, after).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
        let total = before.reduce(0.0) { $0 + Double($1 * $1) }
        #expect((difference / total).squareRoot() < (mix == .q8 ? 0.05 : 0.4))
        #expect(try Data(contentsOf: URL(filePath: target)).count < Data(contentsOf: URL(filePath: source)).count / 2)
    }

    @Test("the mixes are llama.cpp's")
    func mixes() throws {
        let folder = try TemporaryFolder()
        let file = try GGUFFile(path: wide().write(to: folder))
        func formats(_ mix: QuantizationMix, _ kind: String) throws -> [String] {
            let target = "\(folder.path)/\(mix.rawValue).gguf"
            try Quantizer(file, mix: mix, runtime: Self.runtime).write(to: target, replaces: true)
            let written = try GGUFFile(path: target)
            return (0..<8).compactMap { written.tensor(named: "blk.\($0).\(kind).weight")?.formatName }
        }
        // First and last eighth, and every third between: blocks 0, 3, 6 and 7.
        let more = ["Q6_K", "Q4_K", "Q4_K", "Q6_K", "Q4_K", "Q4_K", "Q6_K", "Q6_K"]
        #expect(try formats(.q4Medium, "attn_v") == more)
        #expect(try formats(.q4Medium, "ffn_down") == more)
        #expect(try formats(.q4Medium, "attn_q") == Array(repeating: "Q4_K", count: 8))
        #expect(
            try formats(.q4Small, "attn_v") == Array(repeating: "Q5_K", count: 4) + Array(repeating: "Q4_K", count: 4))
        #expect(try formats(.q4Small, "ffn_down") == ["Q5_K"] + Array(repeating: "Q4_K", count: 7))
        #expect(try formats(.q5Medium, "attn_v") == more.map { $0 == "Q4_K" ? "Q5_K" : $0 })
        #expect(try formats(.q4NonLinear, "ffn_down") == ["Q5_K"] + Array(repeating: "IQ4_NL", count: 7))
        #expect(try formats(.q4NonLinear, "attn_v") == Array(repeating: "IQ4_NL", count: 8))
        let written = try GGUFFile(path: "\(folder.path)/Q4_K_M.gguf")
        #expect(written.tensor(named: "output.weight")?.formatName == "Q6_K")
        #expect(written.tensor(named: "token_embd.weight")?.formatName == "Q4_K")
        #expect(written.tensor(named: "blk.0.attn_norm.weight")?.formatName == "F32")
    }

    @Test("attention that is fused, grouped or shared by eight experts gets more bits, as in llama.cpp")
    func attention() {
        func formats(_ mix: QuantizationMix, _ kind: String, _ shape: QuantizationMix.Shape = .init()) -> [String] {
            (0..<8).map { mix.format(.init(kind: kind, index: $0, count: 8, isOutput: false), of: shape) }
        }
        #expect(formats(.q4Medium, "attn_qkv") == formats(.q4Medium, "attn_v"))
        #expect(formats(.q4Medium, "ffn_down_exps") == formats(.q4Medium, "ffn_down"))
        #expect(Set(formats(.q4NonLinear, "attn_v", .init(queriesPerKey: 4))) == ["Q5_K"])
        #expect(Set(formats(.q4Medium, "attn_v", .init(blocks: 80, queriesPerKey: 8))) == ["Q5_K", "Q6_K"])
        let eight = QuantizationMix.Shape(experts: 8)
        #expect(Set(formats(.q4Plain, "attn_v", eight) + formats(.q5Small, "attn_k", eight)) == ["Q8_0"])
        #expect(Set(formats(.q4Small, "attn_output", eight) + formats(.q4NonLinear, "attn_output", eight)) == ["Q5_K"])
        #expect(Set(formats(.q6, "attn_output", eight)) == ["Q6_K"])
    }

    @Test("values that no file can hold are refused with the tensor's name", arguments: [Float.nan, .infinity, 1e38])
    func notFinite(value: Float) throws {
        let folder = try TemporaryFolder()
        var writer = TinyModel(.llama).writer()
        writer.append(tensor: "blk.0.odd.weight", shape: [64, 2], floats: [Float](repeating: 1, count: 127) + [value])
        let source = try folder.write(writer.bytes, as: "odd.gguf")
        let quantizer = try Quantizer(GGUFFile(path: source), mix: .q4Plain, runtime: Self.runtime)
        let expected: QuantizationError =
            value.isFinite
            ? .tooLarge(path: source, tensor: "blk.0.odd.weight", format: "Q4_0")
            : .notFinite(path: source, tensor: "blk.0.odd.weight")
        #expect(throws: expected) { try quantizer.write(to: "\(folder.path)/narrow.gguf") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["odd.gguf"])
    }

    @Test("a file that comes while another is written stays")
    func race() throws {
        let folder = try TemporaryFolder()
        let source = try TinyModel(.llama).write(to: folder, as: "source.gguf")
        let target = "\(folder.path)/target.gguf"
        let quantizer = try Quantizer(GGUFFile(path: source), mix: .q8, runtime: Self.runtime)
        #expect(throws: QuantizationError.exists(path: target)) {
            try quantizer.write(
                to: target,
                progress: { _, number, _ in
                    if number == 1 { _ = try? folder.write([1, 2, 3], as: "target.gguf") }
                })
        }
        #expect(try Data(contentsOf: URL(filePath: target)) == Data([1, 2, 3]))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["source.gguf", "target.gguf"])
    }

    @Test("rows that are too short for a format get another, and the result says so")
    func fallback() throws {
        let folder = try TemporaryFolder()
        let file = try GGUFFile(path: TinyModel(.qwen2).write(to: folder))
        var formats: [String: String] = [:]
        try Quantizer(file, mix: .q4Medium, runtime: Self.runtime).write(
            to: "\(folder.path)/narrow.gguf",
            progress: { result, _, _ in
                formats[result.name] = result.format
                #expect(result.isFallback == (result.relativeError != nil))
            })
        #expect(formats["blk.0.attn_q.weight"] == "Q5_0")
        #expect(formats["output.weight"] == "Q8_0")
    }

    @Test("nothing is replaced unasked, and what is cancelled leaves nothing behind")
    func safety() throws {
        let folder = try TemporaryFolder()
        let source = try TinyModel(.llama).write(to: folder, as: "source.gguf")
        let quantizer = try Quantizer(GGUFFile(path: source), mix: .q8, runtime: Self.runtime)
        let target = try folder.write([1, 2, 3], as: "kept.gguf")
        #expect(throws: QuantizationError.exists(path: target)) { try quantizer.write(to: target) }
        #expect(throws: QuantizationError.sameFile(path: source)) { try quantizer.write(to: source, replaces: true) }
        #expect(throws: CancellationError.self) {
            try quantizer.write(to: target, replaces: true, isCancelled: { true })
        }
        #expect(try Data(contentsOf: URL(filePath: target)) == Data([1, 2, 3]))
        #expect(throws: QuantizationError.self) { try quantizer.write(to: "\(folder.path)/none/x.gguf") }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["kept.gguf", "source.gguf"])
        try quantizer.write(to: target, replaces: true)
        // What is quantized isn't quantized again unasked.
        let narrow = try GGUFFile(path: target)
        #expect(throws: QuantizationError.self) { _ = try Quantizer(narrow, mix: .q4Plain, runtime: Self.runtime) }
        _ = try Quantizer(narrow, mix: .q4Plain, allowsRequantizing: true, runtime: Self.runtime)
    }

    @Test("names are taken in any case, and short ones mean the medium mixes")
    func names() {
        #expect(QuantizationMix(name: "q4_k") == .q4Medium)
        #expect(QuantizationMix(name: "Q5_K_s") == .q5Small)
        #expect(QuantizationMix(name: "iq4_nl") == .q4NonLinear)
        #expect(QuantizationMix(name: "Q9") == nil)
    }
}
