import EngineTestSupport
import Foundation
import Synchronization
import Testing

@testable import InferenceCore

/// The likelihood of whole answers, against the logits of decoding in double precision.
struct ChoiceTests {
    private func model(_ tiny: TinyModel = TinyModel(.llama)) throws -> Model {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try Model(path: tiny.write(to: folder), runtime: Runtime(threads: 2))
        }
    }

    private func tokens(_ count: Int, seed: UInt64) -> [TokenID] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in TokenID.random(in: 3..<300, using: &generator) }
    }

    /// What decoding makes of an answer, and of one of the endings behind it.
    private func expected(
        _ model: Model, _ answer: [TokenID], _ endings: Set<TokenID>, after prompt: [TokenID]
    ) async throws -> Double {
        let rows = try await Session(model: model, contextLength: 256).logits(
            of: prompt + answer, last: answer.count + 1)
        let logprobs = rows.map { row in
            let total = log(row.reduce(0) { $0 + exp(Double($1)) })
            return row.map { Double($0) - total }
        }
        let own = zip(logprobs, answer).reduce(0) { $0 + $1.0[Int($1.1)] }
        guard !endings.isEmpty else { return own }
        return own + log(endings.reduce(0) { $0 + exp(logprobs[answer.count][Int($1)]) })
    }

    @Test("answers of any length are as likely as decoding holds them", arguments: TinyModel.Architecture.allCases)
    func likelihood(architecture: TinyModel.Architecture) async throws {
        let model = try model(TinyModel(architecture))
        let session = try Session(model: model, contextLength: 256)
        let prompt = tokens(20, seed: 1)
        var answers = [1, 2, 7, 40].map { tokens($0, seed: UInt64($0)) }
        // One that begins another.
        answers.append(Array(answers[3].prefix(12)))
        for endings in [Set<TokenID>(), [2, 17]] {
            let result = try await session.logprobs(of: answers, endings: endings, after: prompt)
            for (answer, logprob) in zip(answers, result.logprobs) {
                let wanted = try await expected(model, answer, endings, after: prompt)
                #expect(abs(logprob - wanted) < 1e-4 * Double(answer.count))
            }
        }
    }

    @Test("the beginning that prompts share is computed once, and changes no bit")
    func sharedBeginning() async throws {
        let model = try model()
        let session = try Session(model: model, contextLength: 256)
        let (common, answers) = (tokens(60, seed: 1), [tokens(3, seed: 2), tokens(1, seed: 3)])
        for item in 0..<4 {
            let prompt = common + [300 + TokenID(item)] + tokens(5, seed: 10 + UInt64(item))
            let result = try await session.logprobs(of: answers, after: prompt)
            let alone = try await Session(model: model, contextLength: 256).logprobs(of: answers, after: prompt)
            #expect(result.logprobs == alone.logprobs)
            #expect(result.cachedTokens == (item == 0 ? 0 : common.count))
        }
    }

    @Test("an answer that doesn't fit is refused before anything is computed")
    func tooLong() async throws {
        let session = try Session(model: try model(), contextLength: 32)
        await #expect(throws: ModelError.self) {
            try await session.logprobs(of: [tokens(1, seed: 1), tokens(20, seed: 2)], after: tokens(20, seed: 3))
        }
    }
}
