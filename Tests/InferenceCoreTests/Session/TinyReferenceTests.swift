import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// The engine against llama.cpp, on tiny models of 32-bit weights: nothing but the
/// rounding of keys and values to 16 bits lies between the two (0.002 at most, as recorded).
struct TinyReferenceTests {
    @Test("tiny models have llama.cpp's distributions", arguments: TinyReference.all.map(\.architecture))
    func distributions(architecture: TinyModel.Architecture) async throws {
        let reference = try #require(TinyReference.all.first { $0.architecture == architecture })
        let folder = try TemporaryFolder()
        let model = try Model(path: TinyModel(architecture).write(to: folder), runtime: Runtime(threads: 2))
        let session = try Session(model: model, contextLength: 128)
        let ids = reference.ids.map { TokenID($0) }
        let rows = try await session.logits(of: ids, last: ids.count)
        #expect(rows.count == ids.count)
        for step in reference.steps {
            let logits = rows[step.count - 1]
            let largest = logits.max() ?? 0
            let total = Double(largest) + log(logits.reduce(0) { $0 + exp(Double($1 - largest)) })
            for (id, logprob) in step.top {
                let difference = abs(Double(logits[id]) - total - Double(logprob))
                #expect(difference < 0.004, "token \(id) after \(step.count)")
            }
        }
    }

    @Test("tiny vocabularies are tokenized as llama.cpp does", arguments: TinyReference.all.map(\.architecture))
    func tokenization(architecture: TinyModel.Architecture) throws {
        let reference = try #require(TinyReference.all.first { $0.architecture == architecture })
        let folder = try TemporaryFolder()
        let model = try Model(path: TinyModel(architecture).write(to: folder), runtime: Runtime(threads: 1))
        for expected in reference.tokenizations {
            let ids = model.tokenizer.encode(expected.text).map { Int($0) }
            #expect(ids == expected.ids, "\(expected.text)")
            let parsed = model.tokenizer.encode(expected.text, addSpecial: false, parseSpecial: true)
            #expect(parsed.map { Int($0) } == expected.idsWithSpecialTokens, "\(expected.text)")
        }
    }
}
