import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// Encoders against the published formulas in double precision.
struct EncoderTests {
    private func encoder(_ recipe: EncoderRecipe) throws -> TextEncoder {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try TextEncoder(
                path: folder.write(recipe.model.writer().bytes, as: "tiny.gguf"), runtime: Runtime(threads: 2))
        }
    }

    private func error(_ found: [Float], _ expected: [Double]) -> Double {
        let largest = expected.reduce(0) { max($0, abs($1)) }
        return zip(found, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) } / largest
    }

    @Test("the recipes cover every encoder")
    func coverage() {
        let covered = Set(EncoderRecipe.all.compactMap(\.model.architecture))
        #expect(Set(EncoderArchitectures.all.flatMap { $0.identifiers }) == covered)
    }

    @Test("states after each layer are those of the formulas", arguments: EncoderRecipe.all)
    func states(recipe: EncoderRecipe) async throws {
        let encoder = try encoder(recipe)
        let width = encoder.shape.embeddingLength
        let streams = StreamLog()
        let observer = { (stream: UnsafeBufferPointer<Float>) in streams.append(Array(stream.suffix(width))) }
        try await encoder.states(of: recipe.model.ids, types: recipe.types, observer: observer) { _ in }
        #expect(streams.all.count == recipe.model.streams.count)
        for (index, (found, expected)) in zip(streams.all, recipe.model.streams).enumerated() {
            #expect(error(found, expected) < 1e-4, "after \(index) layers")
        }
    }

    @Test("vectors, classes and spans are those of the formulas", arguments: EncoderRecipe.all)
    func heads(recipe: EncoderRecipe) async throws {
        let encoder = try encoder(recipe)
        let ids = recipe.model.ids
        #expect(error(try await encoder.vector(of: ids), recipe.vector) < 1e-4)
        let classes = try await encoder.classProbabilities(of: ids, types: recipe.types)
        #expect(error(classes.map { Float($0) }, recipe.classes) < 1e-4)
        let spans = try await encoder.spanScores(of: ids, types: recipe.types)
        #expect(error(spans.begins, recipe.begins) < 1e-4)
        #expect(error(spans.ends, recipe.ends) < 1e-4)
    }

    @Test("texts of other lengths between leave no trace")
    func reuse() async throws {
        let recipe = try #require(EncoderRecipe.all.first)
        let encoder = try encoder(recipe)
        let first = try await encoder.vector(of: recipe.model.ids)
        _ = try await encoder.vector(of: Array(repeating: 7, count: 60))
        _ = try await encoder.vector(of: [1])
        #expect(try await encoder.vector(of: recipe.model.ids).map(\.bitPattern) == first.map(\.bitPattern))
    }

    @Test("many texts at once have the bits that each has alone", arguments: EncoderRecipe.all)
    func batch(recipe: EncoderRecipe) async throws {
        let encoder = try encoder(recipe)
        let ids = recipe.model.ids
        let texts = (0..<23).map { index in (0...index % 7).map { ids[($0 + index) % ids.count] } }
        let together = try await encoder.vectors(of: texts)
        #expect(together.count == texts.count)
        for (text, vector) in zip(texts, together) {
            #expect(try await encoder.vector(of: text).map(\.bitPattern) == vector.map(\.bitPattern))
        }
        #expect(try await encoder.vectors(of: []).isEmpty)
        await #expect(throws: ModelError.emptyPrompt) { _ = try await encoder.vectors(of: [ids, [], ids]) }
        // A batch that failed leaves nothing behind that the next one would trip over.
        #expect(try await encoder.vectors(of: texts) == together)
    }

    @Test("a batch that nobody waits for ends")
    func cancelledBatch() async throws {
        let encoder = try encoder(#require(EncoderRecipe.all.first))
        let task = Task {
            try await encoder.vectors(of: Array(repeating: Array(repeating: 1, count: 60), count: 100_000))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }

    @Test("copies of the layers' weights in bytes change vectors by little")
    func narrowBlocks() async throws {
        guard let path = try RealModel.path("all-minilm-l6-v2") else { return }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let format = try #require(TensorFormat(name: "Q8_0"))
        let wide = try TextEncoder(path: folder, runtime: Runtime(threads: 1))
        let narrow = try TextEncoder(path: folder, runtime: Runtime(threads: 1), blockFormat: format)
        #expect(narrow.weights.checkpoint["blk.0.attn_q.weight"]?.formatID == format.id)
        #expect(narrow.weights.checkpoint["token_embd.weight"]?.formatID == 0)
        // 10.6 million weights at 34 bytes for 32.
        #expect(narrow.weights.decodedBytes - wide.weights.decodedBytes == 10_616_832 / 32 * 34)
        let tokens = wide.encode("The harbour is where ships rest when the sea is rough.").tokens
        let (exact, near) = (try await wide.vector(of: tokens), try await narrow.vector(of: tokens))
        let cosine = zip(exact, near).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        #expect(cosine > 0.999 && cosine < 1)
    }

    @Test("a decoder is refused with its name, and so is a text that is too long")
    func refusals() async throws {
        let folder = try TemporaryFolder()
        let path = try TinyModel(.llama).write(to: folder)
        #expect(throws: ModelError.notAnEncoder(path: path, found: "llama")) {
            _ = try TextEncoder(path: path, runtime: Runtime(threads: 1))
        }
        let encoder = try encoder(#require(EncoderRecipe.all.first))
        await #expect(throws: ModelError.contextTooLong(requested: 65, limit: 64)) {
            _ = try await encoder.vector(of: Array(repeating: 1, count: 65))
        }
        await #expect(throws: ModelError.emptyPrompt) { _ = try await encoder.vector(of: []) }
    }

    private struct Case: Decodable {
        let text: String
        let ids: [Int32]
        let vector: [Double]
    }

    @Test("MiniLM's vectors are those of an independent computation from its weights")
    func miniLM() async throws {
        guard let path = try RealModel.path("all-minilm-l6-v2") else { return }
        let encoder = try TextEncoder(
            path: URL(filePath: path).deletingLastPathComponent().path, runtime: Runtime())
        let url = try #require(
            Bundle.module.url(forResource: "minilm", withExtension: "json", subdirectory: "References/encoders"))
        for test in try JSONDecoder().decode([Case].self, from: Data(contentsOf: url)) {
            #expect(encoder.encode(test.text).tokens == test.ids)
            let vector = try await encoder.vector(of: test.ids).map(Double.init)
            let cosine = zip(vector, test.vector).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(cosine > 0.99999)
        }
    }
}

/// States in the order in which they come, from one thread at a time.
private final class StreamLog: @unchecked Sendable {
    private(set) var all: [[Float]] = []
    func append(_ stream: [Float]) { all.append(stream) }
}
