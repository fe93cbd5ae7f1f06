import EngineTestSupport
import Testing

@testable import InferenceCore

/// States of a decoder's first layers, against those that the whole model shows as it computes.
struct StateEncoderTests {
    private func model(_ tiny: TinyModel) throws -> Model {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try Model(path: tiny.write(to: folder), runtime: Runtime(threads: 2))
        }
    }

    @Test(
        "a vector is the mean and the last token of the stream behind the layer",
        arguments: TinyModel.Architecture.allCases)
    func definition(architecture: TinyModel.Architecture) async throws {
        let model = try model(TinyModel(architecture))
        let width = model.shape.embeddingLength
        // More than one chunk.
        let tokens = (0..<150).map { TokenID(3 + $0 * 7 % 250) }
        for depth in 1...model.shape.layerCount {
            var stream: [Float] = []
            var shown = 0
            let timeline = try Timeline(model: model, contextLength: 256, chunk: 256)
            try timeline.append(tokens[...], cancellation: CancellationFlag()) { states in
                if shown == depth { stream = Array(states) }
                shown += 1
            }
            let encoder = try StateEncoder(model: model, depth: depth, suffix: "", longestText: 256)
            let vector = try await encoder.vector(of: tokens)
            #expect(vector.count == encoder.dimensions)
            #expect(Array(vector[width...]) == Array(stream[(stream.count - width)...]))
            for component in 0..<width {
                let mean =
                    stride(from: component, to: stream.count, by: width)
                    .reduce(0.0) { $0 + Double(stream[$1]) } / Double(tokens.count)
                #expect(abs(Double(vector[component]) - mean) < 1e-4 * max(1, abs(mean)))
            }
            // What was read before leaves nothing behind.
            #expect(try await encoder.vector(of: tokens) == vector)
        }
    }

    @Test func aDepthThatTheModelLacksIsRefused() throws {
        let model = try model(TinyModel(.llama))
        #expect(throws: ModelError.unknownDepth(99, layers: model.shape.layerCount)) {
            try StateEncoder(model: model, depth: 99)
        }
    }

    @Test func aTextThatIsTooLongLosesItsEndNotItsSuffix() throws {
        let model = try model(TinyModel(.llama))
        let encoder = try StateEncoder(model: model, suffix: "x", longestText: 16)
        let (tokens, isCut) = encoder.encode(String(repeating: "hello world ", count: 30))
        #expect(isCut)
        #expect(tokens.count == 16)
        #expect(tokens.suffix(1) == model.tokenizer.encode(continuation: "x").suffix(1))
    }
}
