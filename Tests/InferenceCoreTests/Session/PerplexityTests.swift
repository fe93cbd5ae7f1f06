import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// Perplexity against what llama.cpp's own logits give (see References/perplexity/record.py).
struct PerplexityTests {
    private struct Reference: Decodable {
        struct Figures: Decodable {
            let tokens: Int
            let scored: Int
            let perplexity: Double
        }

        let chunk: Int
        let models: [String: Figures]
    }

    private static func resource(_ name: String, _ type: String) throws -> Data {
        try Data(
            contentsOf: #require(
                Bundle.module.url(forResource: name, withExtension: type, subdirectory: "References/perplexity")))
    }

    @Test(
        "is llama.cpp's, within half a percent",
        arguments: [
            "smollm2-135m-instruct", "gemma3-270m", "qwen2.5-coder-0.5b-instruct", "qwen2.5-coder-1.5b-instruct",
        ])
    func reference(id: String) async throws {
        guard let path = try RealModel.path(id) else { return }
        let reference = try JSONDecoder().decode(Reference.self, from: Self.resource("perplexity", "json"))
        let expected = try #require(reference.models[URL(filePath: path).lastPathComponent])
        let model = try Model(path: path, runtime: Runtime())
        let text = try Self.resource("text", "txt")
        let tokens = model.tokenizer.encode(bytes: Array(text), addSpecial: true, parseSpecial: false)
        #expect(tokens.count == expected.tokens)
        let session = try Session(model: model, contextLength: reference.chunk)
        let result = try await session.perplexity(of: tokens, chunkLength: reference.chunk)
        print("\(id): perplexity \(result.value), llama.cpp's \(expected.perplexity)")
        #expect(result.scoredTokens == expected.scored)
        #expect(abs(result.value / expected.perplexity - 1) < 0.005)
    }

    @Test("is the exponential of the mean loss, by the definition")
    func definition() async throws {
        let folder = try TemporaryFolder()
        let model = try Model(path: TinyModel(.llama).write(to: folder), runtime: Runtime(threads: 2))
        let tokens = (0..<100).map { TokenID(($0 * $0 * 7 + 3) % 250) }
        let session = try Session(model: model, contextLength: 64)
        let result = try await session.perplexity(of: tokens, chunkLength: 40)
        var losses: [Double] = []
        for start in [0, 40] {
            let rows = try await session.logits(of: Array(tokens[start..<start + 40]), last: 40)
            for position in 20..<39 {
                let logits = rows[position].map(Double.init)
                let sum = logits.reduce(0) { $0 + exp($1) }
                losses.append(log(sum) - logits[Int(tokens[start + position + 1])])
            }
        }
        let mean = losses.reduce(0, +) / Double(losses.count)
        let deviation = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(losses.count)
        #expect(result.scoredTokens == losses.count)
        #expect(abs(result.value / exp(mean) - 1) < 1e-5)
        let error = exp(mean) * (deviation / Double(losses.count - 1)).squareRoot()
        #expect(abs(result.standardError / error - 1) < 1e-3)
    }

    @Test("a text shorter than a chunk is refused")
    func shortText() async throws {
        let folder = try TemporaryFolder()
        let model = try Model(path: TinyModel(.llama).write(to: folder), runtime: Runtime(threads: 1))
        let session = try Session(model: model, contextLength: 64)
        await #expect(throws: ModelError.textTooShort(tokens: 3, needed: 64)) {
            _ = try await session.perplexity(of: [1, 2, 3], chunkLength: 64)
        }
    }
}
