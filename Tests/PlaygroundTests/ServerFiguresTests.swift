import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

/// The figures of answers from servers: where the time went, by whose clock, and what it cost.
@Suite struct ServerFiguresTests {
    private static let size = Size(columns: 120, rows: 40)

    private func page(_ driver: PlaygroundDriver, columns: Int = 90) -> [String] {
        driver.state.figuresPage(columns: columns).map { $0.map(\.text).joined() }
    }

    @Test func eachStepHasARowAndAClock() throws {
        let lines = page(PlaygroundSample.servedAlone(Self.size, retries: 2))
        for step in RequestTimeline.Step.allCases {
            let row = try #require(lines.first { $0.hasPrefix("  \(step.title) ") }, "\(step.title)")
            #expect(row.contains(" here "), "\(row)")
        }
        #expect(lines.contains { $0.hasPrefix("    prefill ") && $0.contains("131 ms  server") })
        #expect(lines.contains("request  HTTP/2, new connection, turned away twice, waited 1.00 s"))
        #expect(lines.contains { $0.hasPrefix("server's clock  prefill 298 tok/s (39 tok in 131 ms)") })
        #expect(lines.contains("server's count  prompt 39 tok  of it cached 0 tok  answer 30 tok"))
        #expect(lines.contains("cost  this answer $0.000080  a thousand like it $0.080"))
        #expect(lines.contains("memory  on models.example"))
    }

    /// The server's prefill is part of the wait that it explains.
    @Test(arguments: [60, 78, 116, 196]) func theServersPrefillIsDrawnInsideTheWait(columns: Int) throws {
        let lines = page(PlaygroundSample.servedAlone(Self.size), columns: columns)
        func span(_ title: String) throws -> Range<Int> {
            let line = try #require(lines.first { $0.contains(title + " ") && $0.contains("█") })
            let blocks = line.enumerated().filter { "▏▎▍▌▋▊▉█".contains($0.element) }.map(\.offset)
            return try #require(blocks.first)..<(try #require(blocks.last) + 1)
        }
        let (wait, prefill) = (try span("sent to first byte"), try span("    prefill"))
        #expect(wait.contains(prefill.lowerBound) && prefill.upperBound <= wait.upperBound)
    }

    /// Clocks differ: a server may say more than there was.
    @Test func aServersClockThatRunsFastDoesNoHarm() {
        var driver = PlaygroundSample.servedAlone(Self.size)
        driver.enter("Again")
        driver.chat(0, .request(PlaygroundSample.timeline()))
        driver.chat(0, .server(ServerReport(prefill: .seconds(9), load: .seconds(9))))
        #expect(page(driver).allSatisfy { $0.count <= 90 })
    }

    @Test func aReusedConnectionHasNoEmptySteps() {
        let driver = PlaygroundSample.servedBarely(Self.size)
        let lines = page(driver)
        #expect(lines.contains("request  HTTP/2, reused connection: no lookup, connect or TLS"))
        #expect(!lines.contains { $0.hasPrefix("  TLS ") || $0.hasPrefix("  connect ") || $0.hasPrefix("  name") })
        #expect(lines.contains("server  says nothing of its own times and counts"))
        #expect(lines.contains { $0.hasPrefix("gaps between chunks  p50") })
        #expect(render(driver.state).text().contains("reused"))
    }

    @Test func waterfallsFillTheirColumns() {
        for retries in 0...2 {
            let waterfall = Waterfall(PlaygroundSample.timeline(retries: retries))
            for columns in 4...80 {
                let widths = waterfall.columns(of: columns)
                #expect(widths.reduce(0, +) == columns)
                #expect(widths.allSatisfy { $0 > 0 })
            }
            #expect(waterfall.total == PlaygroundSample.timeline(retries: retries).firstToken)
        }
        #expect(Waterfall(RequestTimeline()).columns(of: 20).isEmpty)
    }

    @Test(arguments: [(0, 10, 0), (5, 5, 4), (9, 1, 7), (9, 9, 7)])
    func barsStayWithinTheWhole(_ from: Int, _ length: Int, _ blanks: Int) {
        let bar = Waterfall.bar(from: .seconds(from), duration: .seconds(length), of: .seconds(10), columns: 8)
        #expect(bar.blanks == blanks)
        #expect(bar.blanks + bar.bar.count <= 8 && !bar.bar.isEmpty)
    }

    // MARK: Money

    @Test func theVerdictKnowsWhatIsCheaper() throws {
        let driver = PlaygroundSample.served(Self.size)
        let sentence = try #require(driver.state.comparison?.sentence)
        #expect(sentence.hasSuffix("x cheaper"))
        #expect(render(driver.state).text().contains(sentence))
        #expect(PlaygroundSample.servedBarely(Self.size).state.comparison?.cost == nil)
    }

    @Test(arguments: [(false, false), (true, true)]) func onlyModelsHereShareTheMachine(isThis: Bool, shares: Bool) {
        var profile = PlaygroundSample.bareProfile
        profile.location = .server(ModelServer(host: isThis ? "localhost:1" : "gpu-box", isSecure: false))
        var driver = PlaygroundSample.withServer(Self.size, profile)
        driver.press(.function(5))
        #expect(driver.state.settings.isConcurrent)
        #expect(driver.state.sharesMachine == shares)
        #expect(page(driver).contains { $0.contains("share the machine") } == shares)
    }

    /// Tokens and chunks have rows of their own, and a server keeps what it likes.
    @Test func repeatsTellChunksFromTokens() throws {
        var driver = PlaygroundSample.servedBarely(Self.size)
        driver.enter("/repeat 1")
        driver.answer(0, "a", "b", "c")
        driver.chat(1, .request(PlaygroundSample.timeline(reused: true)))
        for index in 0..<3 {
            driver.chat(1, .token(ChatToken(text: "x", isChunk: true, at: .milliseconds(206 + 20 * index))))
        }
        driver.chat(1, .finished(.stop, at: .milliseconds(250)))
        let lines = driver.state.repeatsPage(columns: 80).map { $0.map(\.text).joined() }
        func cells(_ name: String) throws -> [String] {
            let line = try #require(lines.first { $0.hasPrefix(name + " ") }, "\(name)")
            return line.split(separator: "  ").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        }
        #expect(try cells("ITL p50") == ["ITLp50", "10.0ms", "–"])
        #expect(try cells("chunk p50") == ["chunkp50", "–", "20.0ms"])
        #expect(try cells("decode tok/s")[2] == "–")
        #expect(try cells("chunks/s") == ["chunks/s", "–", "50.0"])
        #expect(try cells("first byte") == ["firstbyte", "–", "198ms"])
        #expect(try cells("TPOT")[2] == "–")
        #expect(lines.joined(separator: " ").contains("KV cache (what gpu-box:8080 keeps is not known)"))
    }
}
