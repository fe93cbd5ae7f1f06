import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// Models held against each other over a text, against the logits of decoding in double precision.
struct TextScoringTests {
    private func model(_ tiny: TinyModel) throws -> Model {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try Model(path: tiny.write(to: folder), runtime: Runtime(threads: 2))
        }
    }

    private let text = (0..<60).map { TokenID(($0 * $0 * 7 + 3) % 250) }

    private func logProbabilities(_ logits: [Float]) -> [Double] {
        let total = log(logits.reduce(0) { $0 + exp(Double($1)) })
        return logits.map { Double($0) - total }
    }

    @Test("divergence, loss and favourites are those of decoding")
    func definition() async throws {
        let (one, other) = try (model(TinyModel(.llama, seed: 1)), model(TinyModel(.llama, seed: 2)))
        let leader = try await Session(model: one, contextLength: 64).logits(throughout: text, from: 20)
        let scores = try await Session(model: other, contextLength: 64).scores(of: text, from: 20, against: leader)
        #expect(scores.map(\.id) == Array(text[21...]))
        #expect(leader.scores.map(\.id) == Array(text[21...]))
        #expect(leader.scores.allSatisfy { $0.divergence == nil })
        let rows = try await Session(model: one, contextLength: 64).logits(of: text, last: 60)
        let otherRows = try await Session(model: other, contextLength: 64).logits(of: text, last: 60)
        for (index, (own, score)) in zip(leader.scores, scores).enumerated() {
            let p = logProbabilities(rows[20 + index])
            let q = logProbabilities(otherRows[20 + index])
            let divergence = zip(p, q).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }
            #expect(abs((score.divergence ?? .nan) - divergence) < 1e-4)
            #expect(abs(score.logprob - q[Int(text[21 + index])]) < 1e-5)
            #expect(abs(own.logprob - p[Int(text[21 + index])]) < 1e-5)
            #expect(own.favourite.id == TokenID(p.indices.max { p[$0] < p[$1] } ?? -1))
        }
    }

    @Test("a model doesn't diverge from itself, whatever went before")
    func itself() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 64)
        let leader = try await session.logits(throughout: text, from: 0)
        _ = try await session.logits(of: [5, 6, 7])
        let scores = try await session.scores(of: text, from: 0, against: leader)
        #expect(scores.allSatisfy { $0.divergence == 0 })
        #expect(scores.map(\.logprob) == leader.scores.map(\.logprob))
    }

    @Test("the losses are those that perplexity goes by")
    func perplexity() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 64)
        let chunks = model.chunks(of: text, length: 24)
        #expect(chunks.count == 2)
        var losses: [Double] = []
        for chunk in chunks {
            losses += try await session.logits(throughout: chunk, from: 12).scores.map { -$0.logprob }
        }
        let whole = try await session.perplexity(of: text, chunkLength: 24)
        #expect(whole.scoredTokens == losses.count)
        #expect(abs(whole.value / exp(losses.reduce(0, +) / Double(losses.count)) - 1) < 1e-9)
    }

    @Test("what can't be held together is refused")
    func refusals() async throws {
        let session = try Session(model: model(TinyModel(.llama)), contextLength: 32)
        await #expect(throws: ModelError.answerTooLong(tokens: 60, contextLength: 32)) {
            _ = try await session.logits(throughout: text, from: 20)
        }
        await #expect(throws: ModelError.textTooShort(tokens: 10, needed: 11)) {
            _ = try await session.logits(throughout: Array(text[..<10]), from: 9)
        }
        let leader = try await session.logits(throughout: Array(text[..<10]), from: 3)
        await #expect(throws: ModelError.self) {
            _ = try await session.scores(of: Array(text[..<11]), from: 3, against: leader)
        }
        let stranger = try Session(model: model(TinyModel(.qwen2)), contextLength: 32)
        await #expect(throws: ModelError.incomparable(path: stranger.model.path, leader: session.model.path)) {
            _ = try await stranger.scores(of: Array(text[..<10]), from: 3, against: leader)
        }
    }
}
