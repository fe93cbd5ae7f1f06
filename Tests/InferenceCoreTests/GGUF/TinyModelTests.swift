import EngineTestSupport
import InferenceCore
import Testing

@Suite struct TinyModelTests {
    /// FNV-1a, as it was computed over the files that llama.cpp read.
    private func fingerprint(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    @Test(arguments: TinyReference.all.map(\.architecture))
    func modelIsTheOneThatWasRecorded(architecture: TinyModel.Architecture) throws {
        let reference = try #require(TinyReference.all.first { $0.architecture == architecture })
        let bytes = TinyModel(architecture).writer().bytes
        #expect(fingerprint(bytes) == reference.fingerprint, "record the references of the tiny models again")
        #expect(TinyModel(architecture).writer().bytes == bytes)
        #expect(TinyModel(architecture, seed: 2).writer().bytes != bytes)
    }

    @Test(arguments: TinyModel.Architecture.allCases)
    func modelOpens(architecture: TinyModel.Architecture) throws {
        let model = TinyModel(architecture)
        let file = try model.open()
        let metadata = file.metadata
        #expect(try metadata.string("general.architecture") == architecture.rawValue)
        #expect(try metadata.integer("\(architecture.rawValue).block_count") == model.layers)
        let tokens = try metadata.strings("tokenizer.ggml.tokens")
        #expect(tokens.count == model.vocabularySize)
        #expect(Set(tokens).count == tokens.count)
        #expect(try metadata.integers("tokenizer.ggml.token_type").count == tokens.count)
        #expect(file.tensor(named: "token_embd.weight")?.shape == [64, model.vocabularySize])
        #expect(file.tensor(named: "blk.1.attn_k.weight")?.shape == [64, 32])
        #expect(file.tensor(named: "blk.1.ffn_down.weight")?.shape == [128, 64])
        #expect((file.tensor(named: "output.weight") == nil) == model.hasTiedOutput)
    }

    /// Every merge's parts and product are tokens.
    @Test(arguments: [TinyModel.Architecture.llama, .qwen2])
    func mergesAreClosed(architecture: TinyModel.Architecture) throws {
        let metadata = try TinyModel(architecture).open().metadata
        let tokens = Set(try metadata.strings("tokenizer.ggml.tokens").map(\.text))
        for merge in try metadata.strings("tokenizer.ggml.merges") {
            let parts = merge.text.split(separator: " ").map(String.init)
            #expect(parts.count == 2)
            #expect(tokens.isSuperset(of: parts + [parts.joined()]), "\(merge)")
        }
        #expect(tokens.isSuperset(of: TinyVocabulary.byteCharacters))
    }

    @Test func defectsAreMade() throws {
        var model = TinyModel()
        model.defects = [
            .unknownArchitecture("mammoth"), .missingKey("llama.block_count"),
            .replacedKey("general.name", .bool(true)), .missingTensor("output_norm.weight"),
            .wrongShape(tensor: "blk.0.attn_q.weight", [64, 63]), .unknownFormat(tensor: "blk.0.attn_k.weight", id: 99),
        ]
        let file = try model.open()
        #expect(try file.metadata.string("general.architecture") == "mammoth")
        #expect(file.metadata["llama.block_count"] == nil)
        #expect(file.metadata["general.name"] == .bool(true))
        #expect(file.tensor(named: "output_norm.weight") == nil)
        #expect(file.tensor(named: "blk.0.attn_q.weight")?.shape == [64, 63])
        #expect(file.tensor(named: "blk.0.attn_k.weight")?.formatName == "format 99")
    }

    @Test func otherFormatsAreWrittenAsEncoded() throws {
        var model = TinyModel()
        // Q8_0: a 16-bit scale and 32 codes; a scale of 0 will do here.
        model.encode = { name, values, _ in
            name.contains("ffn") ? (8, [UInt8](repeating: 0, count: values.count / 32 * 34)) : nil
        }
        let file = try model.open()
        #expect(file.tensor(named: "blk.0.ffn_up.weight")?.formatName == "Q8_0")
        #expect(file.tensor(named: "blk.0.ffn_norm.weight")?.formatName == "F32")
        #expect(file.tensor(named: "blk.0.attn_q.weight")?.formatName == "F32")
    }
}
