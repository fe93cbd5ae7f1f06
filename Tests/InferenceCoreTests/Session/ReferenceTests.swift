import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// The engine against llama.cpp, on real models: along the reference's own tokens, our distribution is the same but
/// for the slack that quantized activations take.
@Suite(.serialized)
struct ReferenceTests {
    static let models = [
        "smollm2-135m-instruct", "gemma3-270m", "qwen2.5-coder-0.5b-instruct", "qwen2.5-coder-1.5b-instruct",
    ]

    /// How far one model's answers are from the reference's.
    struct Agreement {
        var steps = 0
        var sameChoice = 0
        var difference = 0.0
        /// For each step with another choice: how much likelier the reference held its own.
        var gaps: [Double] = []

        mutating func add(_ logits: [Float], _ step: Reference.Completion.Step) {
            let largest = logits.max() ?? 0
            let total = Double(largest) + log(logits.reduce(0) { $0 + exp(Double($1 - largest)) })
            let choice = Int32(logits.firstIndex(of: largest) ?? -1)
            steps += 1
            difference += abs(Double(logits[Int(step.id)]) - total - step.logprob)
            if choice == step.id {
                sameChoice += 1
            } else {
                let held = step.top.first { Int32($0[0]) == choice }
                gaps.append(held.map { step.logprob - $0[1] } ?? .infinity)
            }
        }
    }

    @Test("our distribution follows llama.cpp's", arguments: models)
    func distribution(name: String) async throws {
        guard let path = try RealModel.path(name) else { return }
        let model = try Model(path: path, runtime: Runtime())
        let session = try Session(model: model, contextLength: 2048)
        var agreement = Agreement()
        for completion in try Reference.named(name).complete {
            let prompt = model.tokenizer.encode(completion.prompt)
            #expect(prompt.count == completion.promptTokens)
            let followed = prompt + completion.steps.dropLast().map(\.id)
            let rows = try await session.logits(of: followed, last: completion.steps.count)
            for (logits, step) in zip(rows, completion.steps) { agreement.add(logits, step) }
        }
        let share = Double(agreement.sameChoice) / Double(agreement.steps)
        let mean = agreement.difference / Double(agreement.steps)
        print(
            "\(name): same choice at \(agreement.sameChoice) of \(agreement.steps) steps, mean difference \(mean), "
                + "largest gap \(agreement.gaps.max() ?? 0)")
        #expect(share >= 0.93)
        #expect(mean <= 0.06)
        #expect(agreement.gaps.allSatisfy { $0 <= 0.5 }, "gaps \(agreement.gaps)")
    }
}
