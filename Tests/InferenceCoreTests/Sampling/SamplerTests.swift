import Foundation
import Testing

@testable import InferenceCore

struct SamplerTests {
    /// The candidates that some steps leave of these logits.
    private func left(_ logits: [Float], _ change: (inout SamplingParameters) -> Void) -> [TokenID] {
        var parameters = SamplingParameters()
        parameters.temperature = 1
        parameters.topK = 0
        parameters.topP = 1
        parameters.minP = 0
        change(&parameters)
        var logits = logits
        return logits.withUnsafeMutableBufferPointer { buffer in
            var candidates = Candidates()
            candidates.begin(buffer)
            for step in Sampler.chain(parameters) {
                step.apply(to: &candidates, history: TokenHistory(prompt: []))
            }
            return candidates.ranked().map(\.id)
        }
    }

    /// Logits of these probabilities.
    private func logits(_ probabilities: [Double]) -> [Float] { probabilities.map { Float(log($0)) } }

    static let probabilities = [0.05, 0.4, 0.1, 0.3, 0.15]

    @Test("top-k keeps the k likeliest, equal ones by id")
    func topK() {
        #expect(left(logits(Self.probabilities)) { $0.topK = 3 } == [1, 3, 4])
        #expect(left([1, 1, 1, 1]) { $0.topK = 2 } == [0, 1])
        #expect(left([1, 2]) { $0.topK = 10 } == [1, 0])
    }

    @Test("top-p keeps the smallest set that holds p")
    func topP() {
        #expect(left(logits(Self.probabilities)) { $0.topP = 0.5 } == [1, 3])
        #expect(left(logits(Self.probabilities)) { $0.topP = 0.84 } == [1, 3, 4])
        #expect(left(logits(Self.probabilities)) { $0.topP = 0 } == [1])
        #expect(left(logits(Self.probabilities)) { ($0.topK, $0.topP) = (3, 0.8) } == [1, 3])
    }

    @Test("top-p of a flat vocabulary needs most of it")
    func flatTopP() {
        let kept = left([Float](repeating: 0, count: 10_000)) { $0.topP = 0.9 }
        #expect(abs(kept.count - 9000) <= 1)
    }

    @Test("min-p keeps tokens at least p times as likely as the likeliest")
    func minP() {
        #expect(left(logits(Self.probabilities)) { $0.minP = 0.3 } == [1, 3, 4])
        #expect(left(logits(Self.probabilities)) { $0.minP = 1 } == [1])
    }

    @Test("candidates are ranked as a sort of the whole vocabulary ranks them")
    func ranking() {
        var random = RandomGenerator(seed: 11)
        var logits = (0..<3000).map { _ in Float(Int(random.nextUnit() * 400) - 200) / 10 }
        (logits[7], logits[8]) = (0, -0.0)
        let ranked = logits.indices.sorted { logits[$0] != logits[$1] ? logits[$0] > logits[$1] : $0 < $1 }
        #expect(left(logits) { $0.minP = .leastNonzeroMagnitude } == ranked.map(TokenID.init))
        for k in [1, 2, 23, 24, 25, 2999] {
            #expect(left(logits) { $0.topK = k } == ranked.prefix(k).map(TokenID.init))
        }
    }

    @Test("penalized tokens are found in their new place")
    func penalizedRanking() {
        var random = RandomGenerator(seed: 12)
        var logits = (0..<3000).map { _ in Float(random.nextUnit()) * 20 - 10 }
        let original = logits
        var parameters = SamplingParameters()
        (parameters.temperature, parameters.topK, parameters.topP, parameters.minP) = (1, 40, 1, 0)
        (parameters.repetitionPenalty, parameters.presencePenalty) = (1.5, -5)
        var history = TokenHistory(prompt: stride(from: 0, to: 3000, by: 7))
        for token in stride(from: 5, to: 3000, by: 11) { history.append(TokenID(token)) }
        logits.withUnsafeMutableBufferPointer { buffer in
            var candidates = Candidates()
            candidates.begin(buffer)
            for step in Sampler.chain(parameters) { step.apply(to: &candidates, history: history) }
            let ranked = buffer.indices.sorted { buffer[$0] > buffer[$1] }
            #expect(candidates.ranked().map(\.id) == ranked.prefix(40).map(TokenID.init))
            #expect(ranked.prefix(40).contains { buffer[$0] != original[$0] })
            candidates.end()
        }
        #expect(logits == original)
    }

    @Test("draws follow the distribution at the temperature", arguments: [0.5, 1, 2])
    func draws(temperature: Double) {
        var parameters = SamplingParameters()
        (parameters.temperature, parameters.topK, parameters.topP, parameters.minP) = (temperature, 0, 1, 0)
        parameters.seed = 99
        var sampler = Sampler(parameters, prompt: [])
        var counts = [Double](repeating: 0, count: 5)
        let draws = 20_000
        var logits = logits(Self.probabilities)
        logits.withUnsafeMutableBufferPointer { buffer in
            for _ in 0..<draws { counts[Int(sampler.choose(buffer).id)] += 1 }
        }
        let weights = Self.probabilities.map { pow($0, 1 / temperature) }
        let total = weights.reduce(0, +)
        // Pearson's chi-squared with 4 degrees of freedom: 18.5 is exceeded once in a thousand seeds.
        let statistic = zip(counts, weights).reduce(0) { sum, pair in
            let expected = Double(draws) * pair.1 / total
            return sum + (pair.0 - expected) * (pair.0 - expected) / expected
        }
        #expect(statistic < 18.5)
    }

    @Test("penalties weigh what occurred")
    func penalties() {
        var parameters = SamplingParameters()
        parameters.repetitionPenalty = 2
        parameters.presencePenalty = 0.5
        parameters.frequencyPenalty = 0.25
        var history = TokenHistory(prompt: [0, 1])
        history.append(2)
        history.append(2)
        var logits: [Float] = [4, -4, 4, 4]
        logits.withUnsafeMutableBufferPointer { buffer in
            var candidates = Candidates()
            candidates.begin(buffer)
            for step in Sampler.chain(parameters) { step.apply(to: &candidates, history: history) }
        }
        #expect(logits == [2, -8, 2 - 0.5 - 0.5, 4])
    }

    @Test("without a temperature the likeliest token is taken")
    func greedy() {
        var sampler = Sampler(SamplingParameters(), prompt: [])
        var logits: [Float] = [0, 3, 3, 1]
        #expect(logits.withUnsafeMutableBufferPointer { sampler.choose($0).id } == 1)
    }

    @Test("penalties choose another token, but neither the logits nor the log-probabilities change")
    func penaltiesAreUndone() {
        var parameters = SamplingParameters()
        parameters.presencePenalty = 2
        var sampler = Sampler(parameters, prompt: [])
        let original: [Float] = [1, 3, 2, 0]
        var logits = original
        let choices = logits.withUnsafeMutableBufferPointer { buffer in
            (0..<2).map { _ in sampler.choose(buffer, topLogprobs: 2) }
        }
        #expect(logits == original)
        #expect(choices.map(\.id) == [1, 2])
        let total = log(original.reduce(0) { $0 + exp(Double($1)) })
        for choice in choices {
            #expect(abs(choice.logprob - (Double(original[Int(choice.id)]) - total)) < 1e-6)
            #expect(choice.top.map(\.id) == [1, 2])
            #expect(zip(choice.top, [3, 2]).allSatisfy { abs($0.logprob - ($1 - total)) < 1e-6 })
        }
    }

    @Test("the generator is SplitMix64")
    func generator() {
        // The first outputs for seed 1234567, from the algorithm's published reference implementation.
        var random = RandomGenerator(seed: 1_234_567)
        #expect(random.next() == 6_457_827_717_110_365_317)
        #expect(random.next() == 3_203_168_211_198_807_973)
    }
}
