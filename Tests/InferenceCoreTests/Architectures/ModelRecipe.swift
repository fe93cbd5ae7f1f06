import EngineTestSupport
import Foundation
import Testing

/// A tiny model whose weights follow from a seed, and what an independent script computed from it (see
/// References/architectures/record.py).
struct ModelRecipe: Decodable, CustomTestStringConvertible {
    struct Pair: Decodable {
        let key: String
        let bool: Bool?
        let uint32: UInt32?
        let float32: Float?
        let string: String?

        var value: GGUFWriter.Value? {
            bool.map { .bool($0) } ?? uint32.map { .uint32($0) } ?? float32.map { .float32($0) }
                ?? string.map { .string($0) }
        }
    }

    struct Tensor: Decodable {
        let name: String
        /// Columns first.
        let shape: [UInt64]
        let mean: Float?
        let amplitude: Float?
        /// Instead of mean and amplitude.
        let values: [Float]?

        /// mean + amplitude * u, where u is uniform in [-1, 1): the upper 24 bits of SplitMix64, seeded with the
        /// FNV-1a hash of the name.
        func weights(seed: UInt64) -> [Float] {
            if let values { return values }
            var state =
                name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } ^ seed
            return (0..<Int(shape.reduce(1, *))).map { _ in
                state &+= 0x9E37_79B9_7F4A_7C15
                var z = state
                z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
                z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
                z ^= z >> 31
                let uniform = Float(Int(z >> 40) - 1 << 23) / Float(1 << 23)
                return (mean ?? 0) + (amplitude ?? 0) * uniform
            }
        }
    }

    /// The same model as a Hugging Face folder.
    struct Folder: Decodable {
        struct Tensor: Decodable {
            let name: String
            let from: String
            let change: String?
            let heads: Int?
            let part: Int?
            let parts: Int?
        }

        /// The contents of config.json.
        let config: String
        let tensors: [Tensor]
    }

    let name: String
    let metadata: [Pair]
    let tensors: [Tensor]
    let ids: [Int32]
    /// The last token's residual stream after the embedding, and after each layer.
    let streams: [[Double]]
    /// By the number of tokens that they follow; none of encoders.
    let logits: [String: [Double]]?

    /// None of encoders.
    let folder: Folder?

    var architecture: String? { metadata.first { $0.key == "general.architecture" }?.string }

    var testDescription: String { name }

    struct Fixture: Decodable {
        let vocabulary: [String]
        let seed: UInt64
        let models: [ModelRecipe]
        let encoders: [EncoderRecipe]
    }

    static let fixture: Fixture? = {
        let url = Bundle.module.url(
            forResource: "architectures", withExtension: "json", subdirectory: "References/architectures")
        return url.flatMap { try? JSONDecoder().decode(Fixture.self, from: Data(contentsOf: $0)) }
    }()

    static let all = fixture?.models ?? []

    /// The model's file.
    func writer() throws -> GGUFWriter {
        let fixture = try #require(Self.fixture)
        var writer = GGUFWriter()
        for pair in metadata { writer[pair.key] = pair.value }
        writer["tokenizer.ggml.model"] = .string("gpt2")
        writer["tokenizer.ggml.pre"] = .string("gpt-2")
        writer["tokenizer.ggml.tokens"] = .strings(fixture.vocabulary)
        writer["tokenizer.ggml.token_type"] = .int32s(fixture.vocabulary.indices.map { $0 < 257 ? 1 : 3 })
        writer["tokenizer.ggml.merges"] = .strings(["t h"])
        writer["tokenizer.ggml.bos_token_id"] = .uint32(257)
        writer["tokenizer.ggml.eos_token_id"] = .uint32(258)
        for tensor in tensors {
            writer.append(tensor: tensor.name, shape: tensor.shape, floats: tensor.weights(seed: fixture.seed))
        }
        return writer
    }
}
