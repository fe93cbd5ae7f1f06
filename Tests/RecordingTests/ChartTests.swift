import Chat
import ChatTestSupport
import Testing
import Typesetting

@testable import Recording

@Suite struct ChartTests {
    private func metrics(gaps: [Duration]) -> Metrics {
        var metrics = Metrics(loadDuration: .zero, contextAvailable: 1)
        metrics.gaps = gaps
        return metrics
    }

    @Test func manyGapsBecomeFewPointsAndNoStallIsLost() throws {
        var gaps = [Duration](repeating: .milliseconds(10), count: 10_000)
        gaps[7_777] = .milliseconds(90)
        let metrics = metrics(gaps: gaps)
        let chart = try #require(Chart(latencyOf: metrics, scale: LatencyScale([metrics])))
        let svg = chart.svg(label: "a")
        let points = try #require(svg.firstMatch(of: /points="([^"]*)"/)).output.1.split(separator: " ")
        #expect(points.count == 400)
        #expect(svg.matches(of: /class="stall"/).count == 1)
        #expect(chart.caption == "median 10.0 ms, longest 90.0 ms, 1 stall; each point is the longest of 25 gaps")
        #expect(chart.vertical.map(\.text) == ["0", "50.0 ms", "100 ms"])
        #expect(chart.horizontal.map(\.text) == ["token 2", "token 10001"])
    }

    @Test func panesShareTheirScale() throws {
        let (slow, fast) = (metrics(gaps: [.milliseconds(40), .milliseconds(40)]), metrics(gaps: [.milliseconds(4)]))
        let scale = LatencyScale([slow, fast])
        #expect(scale.longest == 50 && scale.gaps == 2 && scale.common == 100)
        #expect(scale.counts(of: slow.gaps)[9] == 2)
        #expect(scale.counts(of: fast.gaps)[0] == 1)
        let charts = [slow, fast].compactMap { Chart(histogramOf: $0, scale: scale) }
        #expect(charts.count == 2)
        #expect(charts[0].horizontal.map(\.text) == charts[1].horizontal.map(\.text))
    }

    @Test func whatIsUnusuallyLongIsInTheLastBin() {
        let metrics = metrics(gaps: [Duration](repeating: .milliseconds(10), count: 300) + [.seconds(9)])
        #expect(LatencyScale([metrics]).counts(of: metrics.gaps).last == 1)
    }

    @Test func memoryHoldsUntilItsNextSample() throws {
        var metrics = metrics(gaps: [])
        metrics.memorySamples = [
            MemorySample(bytes: 1_000_000, at: .zero), MemorySample(bytes: 2_000_000, at: .seconds(1)),
        ]
        let chart = try #require(Chart(memoryOf: metrics, scale: MemoryScale([metrics])))
        #expect(chart.caption == "1.00 MB at first, 2.00 MB at the end, at most 2.00 MB")
        #expect(chart.svg(label: "a").contains("points=\"58.0,77.0 472.0,77.0 472.0,8.0\""))
        metrics.memorySamples.removeLast()
        #expect(Chart(memoryOf: metrics, scale: MemoryScale([metrics])) == nil)
    }

    @Test(arguments: [[], [.zero], [.zero, .microseconds(Microseconds.limit)]] as [[Duration]])
    func extremesStayWithinThePlot(_ gaps: [Duration]) {
        let metrics = metrics(gaps: gaps)
        let scale = LatencyScale([metrics])
        let charts = [Chart(latencyOf: metrics, scale: scale), Chart(histogramOf: metrics, scale: scale)]
        for chart in charts.compactMap({ $0 }) {
            let svg = chart.svg(label: "a")
            #expect(!svg.contains(/[">,](nan|inf|–)/))
        }
        #expect(charts.compactMap { $0 }.count == (gaps.isEmpty ? 0 : 2))
    }

    @Test(arguments: [(0.3, 0.5), (1, 1), (1.01, 2), (2.2, 2.5), (26, 50), (99, 100), (0, 1), (-5, 1), (7e11, 1e12)])
    func axesEndAtRoundNumbers(_ value: Double, _ end: Double) {
        #expect(abs(value.roundedUpForAxis - end) < end * 1e-9)
    }
}
