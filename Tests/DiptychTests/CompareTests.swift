import Chat
import ChatTestSupport
import Foundation
import Synchronization
import Testing

@testable import diptych

@Suite("compare")
struct CompareTests {
    private func document(of run: ComparisonRun) async throws -> CompareDocument {
        let output = MemoryOutput()
        try await ComparisonWriter(isJSON: true, output: output.output, notes: MemoryOutput().output).write(run)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(CompareDocument.self, from: Data(output.text.utf8))
    }

    @Test("writes one document with both answers and every figure", arguments: [false, true])
    func json(isConcurrent: Bool) async throws {
        let document = try await document(of: Sample.comparison(isConcurrent: isConcurrent))
        #expect(document.schema == 1)
        #expect(document.prompt == "Name a river.")
        #expect(document.mode == (isConcurrent ? .concurrent : .sequential))
        #expect(document.panes.map(\.role) == [.small, .large])
        #expect(document.panes.map(\.model) == ["tiny", "huge"])
        #expect(document.panes.map(\.answer) == ["The Rhine", "The Rhône."])
        #expect(document.panes.map(\.finish) == [.stop, .length])

        let large = try #require(document.panes.last?.metrics)
        #expect(large.ttftMs == 100)
        #expect(large.itlMs.list == [20, 20])
        #expect([large.itlMs.p50, large.itlMs.p95, large.itlMs.p99] == [20, 20, 20])
        #expect(large.tpotMs == 20)
        #expect(large.decodeTokensPerSecond == 50)
        #expect(large.prefillTokensPerSecond == 100)
        #expect(large.loadMs == 5)
        #expect(large.promptTokens == 10)
        #expect(large.cachedTokens == 0)
        #expect(large.generatedTokens == 3)
        #expect(large.memory?.total == 1000)
        #expect(large.context.used == 13)
        #expect(large.context.available == 2048)

        let verdict = try #require(document.comparison)
        #expect(verdict.ttftAdvantage == 2)
        #expect(verdict.decodeAdvantage == 2)
        #expect(verdict.memoryAdvantage == 1)
        #expect(verdict.sentence == "small: 2.0x faster to first token, 2.0x tokens/s, same memory")
    }

    @Test("names its fields in snake case, with the schema")
    func fieldNames() async throws {
        let output = MemoryOutput()
        try await ComparisonWriter(isJSON: true, output: output.output, notes: MemoryOutput().output)
            .write(Sample.comparison())
        let object = try #require(JSONSerialization.jsonObject(with: Data(output.text.utf8)) as? [String: Any])
        #expect(object["schema"] as? Int == 1)
        let panes = try #require(object["panes"] as? [[String: Any]])
        let metrics = try #require(panes.first?["metrics"] as? [String: Any])
        let expected: Set = [
            "ttft_ms", "itl_ms", "tpot_ms", "prefill_tokens_per_second", "decode_tokens_per_second", "load_ms",
            "total_ms", "ttfo_ms", "prompt_tokens", "cached_tokens", "generated_tokens", "generated_unit", "memory",
            "context",
        ]
        #expect(Set(metrics.keys) == expected)
        let memory = try #require(metrics["memory"] as? [String: Any])
        #expect(
            Set(memory.keys)
                == ["weights_mapped", "weights_resident", "repacked", "kv_cache", "scratch", "total"])
    }

    @Test("runs one model after the other, each whole, in the order given")
    func sequential() async throws {
        let order = Mutex<[Int]>([])
        _ = try await Sample.comparison().perform { progress in
            if case .event(let pane, _) = progress { order.withLock { $0.append(pane) } }
        }
        let panes = order.withLock { $0 }
        #expect(panes == panes.sorted())
        #expect(Set(panes) == [0, 1])
    }

    @Test("opens every model before the first one answers, and anew for every repeat")
    func opening() async throws {
        let log = Mutex<[String]>([])
        _ = try await Sample.comparison(repeats: 2).perform { progress in
            switch progress {
            case .repeating(let number): log.withLock { $0.append("repeat \(number)") }
            case .opened(let pane, _): log.withLock { $0.append("open \(pane)") }
            case .event(let pane, .finished): log.withLock { $0.append("finish \(pane)") }
            case .event, .failed: break
            }
        }
        let once = ["open 0", "open 1", "finish 0", "finish 1"]
        #expect(log.withLock { $0 } == ["repeat 1"] + once + ["repeat 2"] + once)
    }

    @Test("reports medians and spread of several repeats")
    func repeats() async throws {
        let opened = Mutex(0)
        var run = Sample.comparison(repeats: 3)
        run.contenders[0].open = {
            let number = opened.withLock { count in
                count += 1
                return count
            }
            // 30, 10 and 20 ms to the first token; gaps of 3, 1 and 2 ms.
            let factor = [3, 1, 2][number - 1]
            return ScriptedBackend.answering(
                ["a", "b"], firstToken: .milliseconds(10 * factor), gap: .milliseconds(factor))
        }
        let pane = try #require(await document(of: run).panes.first)
        #expect(pane.repeats.map(\.ttftMs) == [30, 10, 20])
        #expect(pane.metrics.ttftMs == 20)
        #expect(pane.metrics.decodeTokensPerSecond == 500)
        #expect(pane.metrics.itlMs.list == [3, 1, 2])
        #expect(pane.spread?.ttftMs == CompareDocument.Spread.Range(minimum: 10, median: 20, maximum: 30))
    }

    @Test("takes the medians of what repeats took of the machine; energy only where each was measured")
    func resources() throws {
        func metrics(_ milliseconds: Int, _ energy: ResourceUse.Energy) -> Metrics {
            var metrics = Metrics(loadDuration: .zero, contextAvailable: 10)
            metrics.resources = ResourceUse(
                processorTime: .milliseconds(2 * milliseconds), elapsed: .milliseconds(milliseconds), energy: energy)
            return metrics
        }
        func joules(_ joules: Double) -> ResourceUse.Energy { .measured(joules: joules, domain: "package-0") }
        let median = Metrics(medianOf: [metrics(30, joules(9)), metrics(10, joules(2)), metrics(20, joules(5))])
        let document = try MetricsDocument.Resources(#require(median?.resources))
        #expect(document.cpuMs == 40 && document.elapsedMs == 20 && document.busyProcessors == 2)
        #expect(document.energyJoules == 5 && document.energyNote == "package-0")

        let none = ResourceUse.Energy.unavailable("needs root")
        let partly = Metrics(medianOf: [metrics(1, none), metrics(2, joules(2)), metrics(3, none)])
        let partial = try MetricsDocument.Resources(#require(partly?.resources))
        #expect(partial.energyJoules == nil && partial.energyNote == "needs root")
        #expect(Metrics(medianOf: [metrics(1, joules(1)), metrics(2, none)])?.resources?.energy == none)
    }

    @Test("the request's way is that of the repeat nearest to the median, and no repeat gives a time before it")
    func medianRequest() throws {
        func metrics(_ first: Int, output: Int) -> Metrics {
            var metrics = Metrics(loadDuration: .zero, contextAvailable: nil)
            (metrics.timeToFirstToken, metrics.timeToFirstOutput) = (.milliseconds(first), .milliseconds(output))
            var timeline = RequestTimeline()
            timeline.firstToken = .milliseconds(first)
            metrics.request = timeline
            metrics.server = ServerReport(promptTokens: first)
            return metrics
        }
        let median = try #require(
            Metrics(medianOf: [metrics(50, output: 60), metrics(10, output: 90), metrics(30, output: 35)]))
        #expect(median.timeToFirstToken == .milliseconds(30) && median.timeToFirstOutput == .milliseconds(60))
        #expect(median.request?.firstToken == .milliseconds(30) && median.server?.promptTokens == 30)
    }

    @Test("has no repeats to report of a single run")
    func single() async throws {
        let pane = try #require(await document(of: Sample.comparison()).panes.first)
        #expect(pane.repeats.isEmpty)
        #expect(pane.spread == nil)
    }

    @Test("prints both answers labelled, the figures side by side and the verdict", arguments: [false, true])
    func text(isConcurrent: Bool) async throws {
        let output = MemoryOutput()
        try await ComparisonWriter(isJSON: false, output: output.output, notes: MemoryOutput().output)
            .write(Sample.comparison(isConcurrent: isConcurrent))
        #expect(
            output.text == """
                ── small: tiny ──
                The Rhine

                ── large: huge ──
                The Rhône.

                                          small       large
                first token (TTFT)      50.0 ms      100 ms
                decode                100 tok/s  50.0 tok/s
                prefill               200 tok/s   100 tok/s
                between tokens, p50     10.0 ms     20.0 ms
                between tokens, p95     10.0 ms     20.0 ms
                between tokens, p99     10.0 ms     20.0 ms
                per token (TPOT)        10.0 ms     20.0 ms
                load                    5.00 ms     5.00 ms
                memory                  1.00 kB     1.00 kB
                  weights resident        900 B       900 B
                  weights mapped        1.00 kB     1.00 kB
                  KV cache                 60 B        60 B
                  scratch                  10 B        10 B
                prompt tokens                10          10
                generated tokens              2           3
                context used         12 of 2048  13 of 2048
                ended by                   stop      length

                small: 2.0x faster to first token, 2.0x tokens/s, same memory

                """)
    }

    @Test("a failing model fails the comparison")
    func failure() async {
        var run = Sample.comparison()
        run.contenders[1].open = {
            ScriptedBackend(script: [.failure(CommandFailure(message: "huge.gguf: too large"))])
        }
        let writer = ComparisonWriter(isJSON: true, output: MemoryOutput().output, notes: MemoryOutput().output)
        await #expect(throws: CommandFailure.self) { try await writer.write(run) }
    }

    @Test(
        "roles follow the size of the files",
        arguments: [
            ([5], [nil]), ([9, 5], [.large, .small]), ([5, 5], [nil, nil]), ([4, 9, 2], [nil, .large, .small]),
        ] as [([Int], [PaneRole?])])
    func roles(sizes: [Int], roles: [PaneRole?]) {
        #expect(Lineup.roles(bySize: sizes) == roles)
    }
}
