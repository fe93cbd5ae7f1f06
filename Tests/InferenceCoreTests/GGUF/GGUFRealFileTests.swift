import EngineTestSupport
import Testing

@testable import InferenceCore

/// The catalog's files, against what the `gguf` Python package (0.19) reads from them.
@Suite struct GGUFRealFileTests {
    struct Expectation: Sendable, CustomTestStringConvertible {
        let id: String
        let architecture: String
        let keyCount: Int
        let tensorCount: Int
        let parameterCount: Int
        let formats: [String: Int]
        let tokenCount: Int
        let tokens: [Int: String]
        /// Bytes of all tokens together.
        let tokenBytes: Int
        let mergeCount: Int?
        let first: GGUFSummary.Tensor
        let last: GGUFSummary.Tensor
        let epsilon: Float
        var testDescription: String { id }
    }

    private static func tensor(
        _ name: String, _ format: String, _ id: UInt32, _ shape: [Int], _ offset: Int, _ byteCount: Int
    ) -> GGUFSummary.Tensor {
        .init(name: name, format: format, formatID: id, shape: shape, part: 0, offset: offset, byteCount: byteCount)
    }

    static let expectations = [
        Expectation(
            id: "smollm2-135m-instruct", architecture: "llama", keyCount: 33, tensorCount: 272,
            parameterCount: 134_515_008, formats: ["Q4_1": 210, "F32": 61, "Q8_0": 1], tokenCount: 49_152,
            tokens: [0: "<|endoftext|>", 1000: "()", 24_576: "ĠRachel", 49_151: "ectable"], tokenBytes: 369_170,
            mergeCount: 48_900,
            first: tensor("token_embd.weight", "Q8_0", 8, [576, 49_152], 1_785_664, 30_081_024),
            last: tensor("output_norm.weight", "F32", 0, [576], 98_360_128, 2304), epsilon: 9.999999747378752e-06),
        Expectation(
            id: "gemma3-270m", architecture: "gemma3", keyCount: 33, tensorCount: 236, parameterCount: 268_098_176,
            formats: ["F32": 109, "Q5_0": 81, "Q4_K": 27, "Q8_0": 10, "Q6_K": 9], tokenCount: 262_144,
            tokens: [2: "<bos>", 107: "\n", 238: "<0x00>", 131_072: "▁Leh", 262_143: "<unused6241>"],
            tokenBytes: 2_315_366, mergeCount: nil,
            first: tensor("output_norm.weight", "F32", 0, [640], 6_525_120, 2560),
            last: tensor("blk.17.post_ffw_norm.weight", "F32", 0, [640], 253_110_464, 2560),
            epsilon: 9.999999974752427e-07),
        Expectation(
            id: "qwen2.5-coder-0.5b-instruct", architecture: "qwen2", keyCount: 26, tensorCount: 291,
            parameterCount: 630_167_424, formats: ["Q5_0": 133, "F32": 121, "Q8_0": 13, "Q6_K": 12, "Q4_K": 12],
            tokenCount: 151_936, tokens: [0: "!", 75_968: "ĠsetColor", 151_935: "[PAD151935]"],
            tokenBytes: 1_372_758, mergeCount: 151_387,
            first: tensor("output.weight", "Q8_0", 8, [896, 151_936], 5_947_776, 144_643_072),
            last: tensor("output_norm.weight", "F32", 0, [896], 491_396_480, 3584), epsilon: 9.999999974752427e-07),
        Expectation(
            id: "qwen2.5-coder-1.5b-instruct", architecture: "qwen2", keyCount: 26, tensorCount: 339,
            parameterCount: 1_777_088_000, formats: ["Q4_K": 169, "F32": 141, "Q6_K": 29],
            tokenCount: 151_936, tokens: [0: "!", 1000: "atus", 151_935: "[PAD151935]"],
            tokenBytes: 1_372_758, mergeCount: 151_387,
            first: tensor("output.weight", "Q6_K", 14, [1536, 151_936], 5_950_528, 191_439_360),
            last: tensor("output_norm.weight", "F32", 0, [1536], 1_117_314_624, 6144),
            epsilon: 9.999999974752427e-07),
    ]

    @Test(arguments: expectations)
    func fileIsReadAsPythonReadsIt(expected: Expectation) throws {
        guard let path = try RealModel.path(expected.id) else { return }
        let file = try GGUFFile(path: path)
        #expect(file.version == 3)
        #expect(file.metadata.count == expected.keyCount)
        #expect(try file.metadata.string("general.architecture") == expected.architecture)
        #expect(
            try file.metadata.float("\(expected.architecture).attention.layer_norm_rms_epsilon") == expected.epsilon)
        #expect(file.tensors.count == expected.tensorCount)

        let tokens = try file.metadata.strings("tokenizer.ggml.tokens")
        #expect(tokens.count == expected.tokenCount)
        for (id, token) in expected.tokens { #expect(tokens[id].text == token) }
        #expect(tokens.reduce(0) { $0 + $1.count } == expected.tokenBytes)
        #expect(try file.metadata.stringsIfPresent("tokenizer.ggml.merges")?.count == expected.mergeCount)
        #expect(try file.metadata.integers("tokenizer.ggml.token_type").count == expected.tokenCount)

        let summary = GGUFFile.inspect(path: path)
        #expect(summary.error == nil)
        #expect(summary.issues.isEmpty)
        #expect(summary.tensors.first == expected.first)
        #expect(summary.tensors.last == expected.last)
        #expect(summary.parameterCount == expected.parameterCount)
        let formats = Dictionary(uniqueKeysWithValues: summary.formats.map { ($0.format, $0.tensorCount) })
        #expect(formats == expected.formats)
    }

    @Test func scoresOfGemma() throws {
        guard let path = try RealModel.path("gemma3-270m") else { return }
        let scores = try GGUFFile(path: path).metadata.floats("tokenizer.ggml.scores")
        #expect(scores.count == 262_144)
        #expect([scores[0], scores[238], scores[506], scores[236_743]] == [-1000, 0, -12, -236_280])
    }
}

@Suite struct RealModelTests {
    @Test func missingModelFailsUnderContinuousIntegrationOnly() throws {
        let nowhere = ["XDG_DATA_HOME": "/absent"]
        #expect(try RealModel.path("gemma3-270m", environment: nowhere) == nil)
        #expect(throws: RealModel.Missing.self) {
            try RealModel.path("gemma3-270m", environment: nowhere.merging(["CI": "true"]) { $1 })
        }
        #expect(throws: RealModel.Missing.self) { try RealModel.path("unheard-of", environment: nowhere) }
    }
}
