import Chat
import Evaluation
import Foundation
import Testing

@testable import Tasks

/// Gives figures that were thought up.
private struct ScriptedRung: LadderModel {
    var facts: LadderFacts
    var chunks: [ChunkScore]
    var rates: @Sendable (LadderPass) -> Double = { $0 == .decode ? 10 : 100 }

    func score(chunk: Int) async throws -> ChunkScore { chunks[chunk] }
    func speed(of pass: LadderPass) async throws -> Double { rates(pass) }
    func memoryUse() -> Int? { facts.bytes + 1 }
}

@Suite struct LadderTests {
    private let plan = LadderPlan(chunks: 2, rounds: 3)

    private func result(_ name: String, _ rung: ScriptedRung) async throws -> SolverResult {
        let solver = LadderSolver(rung, profile: SolverProfile(name: name, kind: .model, bytes: 1, fingerprint: name))
        let run = EvaluationRun(
            task: "ladder", title: "t", entrants: [Entrant(solver)], examples: plan.examples, judge: ==)
        return try #require(try await run.run().first)
    }

    /// Losses that go up and down by the same amount around what is added to those of the widest.
    private func rung(
        _ format: String, bytes: Int, extra: Float, noise: Float, divergence: Float, agreements: Int
    ) -> ScriptedRung {
        let chunks = (0..<2).map { chunk in
            ChunkScore(
                losses: (0..<50).map { Float(chunk) + 1 + Float($0 % 5) / 4 + extra + ($0 % 2 == 0 ? noise : -noise) },
                divergences: (0..<50).map { $0 == 49 ? divergence * 10 : divergence }, agreements: agreements)
        }
        return ScriptedRung(facts: LadderFacts(format: format, bytes: bytes, parameters: 1000), chunks: chunks)
    }

    private func ladder(_ rungs: [(String, ScriptedRung)], limit: Double = 0.01) async throws -> Ladder {
        var results: [SolverResult] = []
        for (name, rung) in rungs { results.append(try await result(name, rung)) }
        return Ladder(title: "t", results: results, plan: plan, limit: limit)
    }

    @Test func figuresFollowFromTheirDefinitions() async throws {
        let wide = rung("F16", bytes: 2000, extra: 0, noise: 0, divergence: 0, agreements: 50)
        let narrow = rung("Q4_0", bytes: 560, extra: 0.1, noise: 0.02, divergence: 0.005, agreements: 45)
        let ladder = try await ladder([("wide", wide), ("narrow", narrow)])
        let first = try #require(ladder.rungs.first)
        // The mean of 1.5 + (0…1 in quarters) is 2.
        #expect(abs((first.perplexity?.value ?? 0) - exp(2)) < 1e-5)
        #expect(first.divergence == nil && first.agreement == nil && first.perplexityRatio == nil)
        let second = ladder.rungs[1]
        #expect(abs(second.facts.bitsPerWeight - 4.48) < 1e-12)
        let ratio = try #require(second.perplexityRatio)
        #expect(abs(ratio.value - exp(0.1)) < 1e-5)
        // Differences are 0.1 ± 0.02: their standard error is 0.02 √(100/99) / √100.
        let half = 1.959963984540054 * 0.02 * (100.0 / 99).squareRoot() / 10
        #expect(abs(ratio.interval.upperBound - exp(0.1 + half)) < 1e-5)
        #expect(second.agreement == Proportion(successes: 90, trials: 100))
        let divergence = try #require(second.divergence)
        #expect(abs(divergence.mean - 0.0059) < 1e-6)
        #expect(abs(divergence.median - 0.005) < 1e-8)
        // The 99th of 100: two are ten times as large.
        #expect(abs(divergence.p99 - 0.05) < 1e-7 && abs(divergence.largest - 0.05) < 1e-7)
        #expect(second.decode == Spread([10, 10, 10]) && second.prefill == Spread([100, 100, 100]))
        #expect(second.memoryBytes == 561)
    }

    @Test func theSmallestThatIsSurelyWithinTheLimitIsChosen() async throws {
        let wide = rung("F16", bytes: 2000, extra: 0, noise: 0, divergence: 0, agreements: 50)
        let near = rung("Q8_0", bytes: 1000, extra: 0.001, noise: 0.001, divergence: 0.0001, agreements: 50)
        let good = rung("Q5_K", bytes: 700, extra: 0.005, noise: 0.001, divergence: 0.001, agreements: 49)
        let unsure = rung("Q4_K", bytes: 600, extra: 0.01, noise: 0.1, divergence: 0.01, agreements: 47)
        let bad = rung("Q4_0", bytes: 560, extra: 0.1, noise: 0.02, divergence: 0.05, agreements: 40)
        let whole = try await ladder([("w", wide), ("bad", bad), ("unsure", unsure), ("good", good), ("near", near)])
        #expect(whole.rungs.map(\.name) == ["w", "near", "good", "unsure", "bad"])
        #expect(whole.rungs.indices.map { whole.standing(of: $0) } == [nil, .within, .within, .undecided, .beyond])
        #expect(whole.verdict == .smallest(2, undecided: [3]))
        #expect(whole.verdictText.hasPrefix("good is the smallest"))
        #expect(whole.verdictText.contains("too short to tell for unsure"))
        let strict = try await ladder([("w", wide), ("bad", bad), ("unsure", unsure)])
        #expect(strict.verdict == .none(undecided: [1]))
        #expect(try await ladder([("w", wide)]).verdict == .unknown)
        #expect(try await ladder([("w", wide), ("bad", bad)], limit: 0.2).verdict == .smallest(1, undecided: []))
    }

    @Test func theReportHasARowForEachRungAndPlots() async throws {
        let wide = rung("F16", bytes: 2000, extra: 0, noise: 0, divergence: 0, agreements: 50)
        let good = rung("Q5_K", bytes: 700, extra: 0.005, noise: 0.001, divergence: 0.001, agreements: 49)
        let bad = rung("Q4_0", bytes: 560, extra: 0.1, noise: 0.02, divergence: 0.05, agreements: 40)
        let report = try await ladder([("w", wide), ("good", good), ("bad", bad)]).report
        var (tables, plots) = (0, 0)
        for block in report.blocks {
            switch block {
            case .table(let table):
                tables += 1
                #expect(table.rows.map { $0[0] } == ["w", "good", "bad"])
                #expect(table.marked == [1])
            case .plot(let plot):
                plots += 1
                #expect(plot.series.allSatisfy { $0.points.map(\.x) == $0.points.map(\.x).sorted() })
            default: break
            }
        }
        #expect(tables == 2 && plots == 2)
    }

    @Test(arguments: ["", "file 1", "chunk", "chunk 0", "chunk x", "decode", "other 1"])
    func whatIsNoStepIsRefused(id: String) {
        #expect(LadderStep(id: id) == nil)
    }

    @Test func stepsAreFoundAgainByTheirNames() {
        let ids = plan.examples.map(\.id)
        #expect(Set(ids).count == ids.count && ids.count == 1 + 2 + 6)
        #expect(ids.allSatisfy { LadderStep(id: $0)?.id == $0 })
    }

    @Test func placesWithoutADistributionAreLeftOut() async throws {
        let wide = rung("F16", bytes: 2000, extra: 0, noise: 0, divergence: 0, agreements: 50)
        var odd = rung("Q8_0", bytes: 1000, extra: 0, noise: 0.01, divergence: 0.1, agreements: 50)
        odd.chunks[0].divergences[3] = .nan
        let ladder = try await ladder([("w", wide), ("odd", odd)])
        #expect(ladder.rungs[1].divergence?.places == 99)
    }
}
