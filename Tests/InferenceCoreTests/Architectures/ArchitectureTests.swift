import EngineTestSupport
import Testing

@testable import InferenceCore

/// Every architecture against the published formulas in double precision, with weights and KV cache in 32-bit floats.
struct ArchitectureTests {
    @Test("the recipes cover every architecture")
    func coverage() {
        let covered = Set(ModelRecipe.all.compactMap(\.architecture))
        #expect(Set(Architectures.all.flatMap { $0.identifiers }) == covered)
    }

    private func model(_ recipe: ModelRecipe, threads: Int = 2) throws -> Model {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try Model(path: folder.write(recipe.writer().bytes, as: "tiny.gguf"), runtime: Runtime(threads: threads))
        }
    }

    /// The largest difference, relative to the largest value.
    private func error(_ found: [Float], _ expected: [Double]) -> Double {
        let largest = expected.reduce(0) { max($0, abs($1)) }
        return zip(found, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) } / largest
    }

    @Test("logits and the residual stream after each layer are those of the formulas", arguments: ModelRecipe.all)
    func formulas(recipe: ModelRecipe) async throws {
        let session = try Session(
            model: model(recipe), contextLength: recipe.contextLength, cacheFormat: .f32, chunk: 128)
        let rows = try await session.logits(of: recipe.ids, last: recipe.ids.count)
        for (count, expected) in try #require(recipe.logits) {
            let found = rows[try #require(Int(count)) - 1]
            #expect(found.count == expected.count)
            #expect(error(found, expected) < 1e-4, "logits after \(count) tokens")
        }
        let streams = try await session.streams(of: recipe.ids)
        #expect(streams.count == recipe.streams.count)
        for (index, (found, expected)) in zip(streams, recipe.streams).enumerated() {
            #expect(error(found, expected) < 1e-4, "after \(index) layers")
        }
    }

    @Test("Hugging Face folders give the same logits", arguments: ModelRecipe.all)
    func folders(recipe: ModelRecipe) async throws {
        let folder = try TemporaryFolder()
        let source = try HuggingFaceCheckpoint(path: recipe.write(to: folder))
        let model = try Model(
            source.checkpoint(Architectures.layout(of: source)), tokenizer: model(recipe).tokenizer,
            runtime: Runtime(threads: 2))
        let session = try Session(
            model: model, contextLength: recipe.contextLength, cacheFormat: .f32, chunk: 128)
        let rows = try await session.logits(of: recipe.ids, last: recipe.ids.count)
        for (count, expected) in try #require(recipe.logits) {
            #expect(error(rows[try #require(Int(count)) - 1], expected) < 1e-4, "logits after \(count) tokens")
        }
    }

    @Test("logits have the same bits for any thread count and chunk, in prefill and decode", arguments: ModelRecipe.all)
    func sameBits(recipe: ModelRecipe) async throws {
        var known: [[UInt32]] = []
        for (threads, chunk) in [(1, 128), (2, 128), (2, 5), (3, 1)] {
            let session = try Session(
                model: model(recipe, threads: threads), contextLength: recipe.contextLength, chunk: chunk)
            let decoded = try await session.logits(of: recipe.ids, last: recipe.ids.count)
            let again = try Session(
                model: session.model, contextLength: recipe.contextLength, chunk: chunk)
            let prefilled = try await again.logits(of: recipe.ids)
            #expect(prefilled[0].map(\.bitPattern) == decoded.last?.map(\.bitPattern))
            known.append(prefilled[0].map(\.bitPattern))
        }
        #expect(known.allSatisfy { $0 == known[0] })
    }
}

extension ModelRecipe {
    /// Tokens that the model was trained with.
    var contextLength: Int { 64 }
}

extension Session {
    /// The last token's residual stream after the embedding, and after each layer.
    func streams(of tokens: [TokenID]) async throws -> [[Float]] {
        let width = model.shape.embeddingLength
        return try await perform { timeline in
            timeline.truncate(to: 0)
            var streams: [[Float]] = []
            try timeline.append(
                tokens[...], cancellation: CancellationFlag(),
                observer: { stream in
                    streams.append(Array(stream.suffix(width)))
                })
            return streams
        }
    }
}
