import EngineTestSupport
import Foundation
import Synchronization
import Testing

@testable import InferenceCore

/// Teacher forcing, against the logits of decoding in double precision.
struct ScoringTests {
    private func model(_ tiny: TinyModel) throws -> Model {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try Model(path: tiny.write(to: folder), runtime: Runtime(threads: 2))
        }
    }

    private func tokens(_ count: Int, seed: UInt64) -> [TokenID] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in TokenID.random(in: 3..<300, using: &generator) }
    }

    private func scores(
        _ session: Session, _ answer: [TokenID], after prompt: [TokenID], against leader: Session.Leader? = nil
    ) async throws -> [TokenScore] {
        let scores = Mutex<[TokenScore]>([])
        try await session.score(answer, after: prompt, against: leader) { score in
            scores.withLock { $0.append(score) }
        }
        return scores.withLock { $0 }
    }

    private func greedyAnswer(_ session: Session, to prompt: [TokenID], count: Int) async throws -> [TokenID] {
        var options = GenerationOptions(maximumTokens: count)
        options.ignoresEndOfGeneration = true
        var answer: [TokenID] = []
        for try await case .token(let token) in session.generate(prompt, options: options) { answer.append(token.id) }
        return answer
    }

    private func logProbabilities(_ logits: [Float]) -> [Double] {
        let total = log(logits.reduce(0) { $0 + exp(Double($1)) })
        return logits.map { Double($0) - total }
    }

    @Test(
        "log-probability, rank, entropy and favourite are those of decoding", arguments: TinyModel.Architecture.allCases
    )
    func definition(architecture: TinyModel.Architecture) async throws {
        let model = try model(TinyModel(architecture))
        let (prompt, answer) = (tokens(20, seed: 1), tokens(75, seed: 2))
        let scores = try await scores(Session(model: model, contextLength: 128), answer, after: prompt)
        let rows = try await Session(model: model, contextLength: 128).logits(
            of: prompt + answer.dropLast(), last: answer.count)
        #expect(scores.map(\.id) == answer)
        for (score, row) in zip(scores, rows) {
            let probabilities = logProbabilities(row)
            let own = Int(score.id)
            #expect(abs(score.logprob - probabilities[own]) < 1e-5)
            let order = row.indices.sorted { (row[$0], -$0) > (row[$1], -$1) }
            #expect(score.rank == (order.firstIndex(of: own) ?? -1) + 1)
            #expect(Int(score.favourite.id) == order[0])
            #expect(abs(score.favourite.logprob - probabilities[order[0]]) < 1e-5)
            #expect(abs(score.entropy + probabilities.reduce(0) { $0 + exp($1) * $1 }) < 1e-5)
            #expect(score.divergence == nil)
        }
    }

    @Test("has the same bits for any chunk size, whatever the session said before")
    func sameBits() async throws {
        let model = try model(TinyModel(.gemma3))
        let (prompt, answer) = (tokens(40, seed: 3), tokens(70, seed: 4))
        let leader = Session.Leader(
            session: try Session(model: model, contextLength: 128, chunk: 9), prompt: tokens(30, seed: 5))
        var expected: [TokenScore]?
        for chunk in [128, 1, 7, 33] {
            let session = try Session(model: model, contextLength: 128, chunk: chunk)
            _ = try await greedyAnswer(session, to: Array(prompt.prefix(25)), count: 5)
            let scores = try await scores(session, answer, after: prompt, against: leader)
            if let expected { #expect(scores == expected, "chunks of \(chunk)") }
            expected = scores
        }
    }

    @Test("a model agrees with its own greedy answer and doesn't diverge", arguments: [false, true])
    func itself(isSameSession: Bool) async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 128)
        let prompt = tokens(20, seed: 6)
        let answer = try await greedyAnswer(session, to: prompt, count: 50)
        let other = try isSameSession ? session : Session(model: model, contextLength: 128)
        let scores = try await scores(other, answer, after: prompt, against: .init(session: session, prompt: prompt))
        #expect(scores.map(\.rank) == answer.map { _ in 1 })
        #expect(scores.map(\.favourite.id) == answer)
        #expect(scores.map(\.divergence) == answer.map { _ in 0 })
        #expect(try await greedyAnswer(session, to: prompt, count: 50) == answer)
    }

    @Test("divergence is that of the two distributions, each behind its own prompt")
    func divergence() async throws {
        let (small, large) = (try model(TinyModel(.llama, seed: 1)), try model(TinyModel(.llama, seed: 2)))
        let (prompt, leaderPrompt, answer) = (tokens(12, seed: 7), tokens(31, seed: 8), tokens(25, seed: 9))
        let leader = try Session(model: large, contextLength: 64)
        let scores = try await scores(
            Session(model: small, contextLength: 64), answer, after: prompt,
            against: .init(session: leader, prompt: leaderPrompt))
        let own = try await Session(model: small, contextLength: 64).logits(
            of: prompt + answer.dropLast(), last: answer.count)
        let theirs = try await leader.logits(of: leaderPrompt + answer.dropLast(), last: answer.count)
        #expect(scores.count == answer.count)
        for (index, score) in scores.enumerated() {
            let (p, q) = (logProbabilities(theirs[index]), logProbabilities(own[index]))
            let wanted = zip(p, q).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }
            #expect(wanted > 0.01, "two models should differ, or nothing is tested")
            #expect(abs((score.divergence ?? -1) - wanted) < 1e-5 * (1 + wanted))
        }
    }

    @Test("a real model agrees with itself, and diverges from a larger one as their logits do")
    func realModels() async throws {
        guard let path = try RealModel.path("qwen2.5-coder-0.5b-instruct"),
            let largePath = try RealModel.path("qwen2.5-coder-1.5b-instruct")
        else { return }
        let runtime = Runtime()
        let small = try Session(model: Model(path: path, runtime: runtime), contextLength: 128)
        let large = try Session(model: Model(path: largePath, runtime: runtime), contextLength: 128)
        let prompt = small.model.tokenizer.encode("The capital of France is")
        let answer = try await greedyAnswer(large, to: prompt, count: 24)
        let leader = Session.Leader(session: large, prompt: prompt)
        let own = try await scores(large, answer, after: prompt, against: leader)
        #expect(own.allSatisfy { $0.rank == 1 && $0.divergence == 0 })

        let scores = try await scores(small, answer, after: prompt, against: leader)
        let rows = try await small.logits(of: prompt + answer.dropLast(), last: answer.count)
        let largeRows = try await large.logits(of: prompt + answer.dropLast(), last: answer.count)
        for (index, score) in scores.enumerated() {
            let (p, q) = (logProbabilities(largeRows[index]), logProbabilities(rows[index]))
            let wanted = zip(p, q).reduce(0) { $0 + exp($1.0) * ($1.0 - $1.1) }
            #expect(abs((score.divergence ?? -1) - wanted) < 1e-5 * (1 + wanted))
            #expect(abs(score.entropy + q.reduce(0) { $0 + exp($1) * $1 }) < 1e-5)
            #expect(abs(score.logprob - q[Int(score.id)]) < 1e-5)
            #expect(score.rank == q.count { $0 > q[Int(score.id)] } + 1)
        }
    }

    @Test("what can't be scored is refused")
    func refusals() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 32)
        let size = model.shape.vocabularySize
        await #expect(throws: ModelError.answerTooLong(tokens: 33, contextLength: 32)) {
            _ = try await scores(session, tokens(13, seed: 1), after: tokens(20, seed: 1))
        }
        await #expect(throws: ModelError.emptyPrompt) { _ = try await scores(session, [5], after: []) }
        await #expect(throws: ModelError.unknownToken(.max, vocabularySize: size)) {
            _ = try await scores(session, [5, .max], after: [5])
        }
        let stranger = try Session(model: self.model(TinyModel(.qwen2)), contextLength: 32)
        await #expect(throws: ModelError.self) {
            _ = try await scores(session, [5], after: [5], against: .init(session: stranger, prompt: [5]))
        }
        #expect(try await scores(session, [], after: [5]).isEmpty)
        #expect(try await scores(session, tokens(12, seed: 1), after: tokens(20, seed: 1)).count == 12)
    }

    @Test("cancelling ends it, and the session goes on")
    func cancellation() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 256)
        let prompt = tokens(20, seed: 1)
        let answer = tokens(200, seed: 2)
        let seen = Mutex(0)
        let (first, firstSeen) = AsyncStream<Void>.makeStream()
        let cancelled = DispatchSemaphore(value: 0)
        let task = Task {
            try await session.score(answer, after: prompt) { _ in
                seen.withLock { $0 += 1 }
                firstSeen.finish()
                cancelled.wait()
                cancelled.signal()
            }
        }
        for await _ in first {}
        task.cancel()
        cancelled.signal()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(seen.withLock { $0 } == 1)
        #expect(try await scores(session, answer, after: prompt).count == answer.count)
    }

    @Test("room for many tokens' logits is given back")
    func memory() async throws {
        let model = try model(TinyModel(.llama))
        let session = try Session(model: model, contextLength: 128)
        // The workers have their own space from their first work on.
        _ = try await greedyAnswer(session, to: tokens(61, seed: 1), count: 2)
        let before = session.memory().scratch
        _ = try await scores(session, tokens(60, seed: 1), after: [5])
        _ = try await session.logits(of: [5])
        #expect(session.memory().scratch == before)
    }
}
