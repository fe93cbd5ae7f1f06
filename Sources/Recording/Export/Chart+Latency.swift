import Chat

/// The common scale of all panes' gaps between tokens.
struct LatencyScale {
    static let bins = 24
    /// Milliseconds at the top of the axis over time.
    let longest: Double
    /// Milliseconds at the right end of the histogram; the last bin has all that took longer.
    let common: Double
    /// Tokens at the right end of the axis over time.
    let gaps: Int
    /// The most gaps in a bin.
    let fullest: Int

    init(_ metrics: [Metrics]) {
        longest = (metrics.flatMap(\.gaps).max()?.milliseconds ?? 0).roundedUpForAxis
        // Half as much again as the 95th percentile: the usual gaps have most of the width.
        let usual = metrics.compactMap { $0.interTokenLatency?.p95.milliseconds }.max() ?? 0
        common = (usual * 1.5).roundedUpForAxis
        gaps = metrics.map(\.gaps.count).max() ?? 0
        let common = common
        fullest = metrics.flatMap { Self.counts(of: $0.gaps, upTo: common) }.max() ?? 0
    }

    func counts(of gaps: [Duration]) -> [Int] { Self.counts(of: gaps, upTo: common) }

    private static func counts(of gaps: [Duration], upTo end: Double) -> [Int] {
        var counts = [Int](repeating: 0, count: bins)
        for gap in gaps {
            counts[Int(min(max(gap.milliseconds / end, 0) * Double(bins), Double(bins - 1)))] += 1
        }
        return counts
    }
}

extension Chart {
    /// Points that a chart has at most: more can't be told apart.
    private static let resolution = 400

    /// The gaps in order, with stalls marked; nil where there are none.
    init?(latencyOf metrics: Metrics, scale: LatencyScale) {
        guard let latency = metrics.interTokenLatency else { return nil }
        let gaps = metrics.gaps
        // Each point is the longest gap of its stretch, so that no stall disappears.
        let stretch = (scale.gaps + Self.resolution - 1) / Self.resolution
        var caption = metrics.gapsAreBetweenChunks ? "between chunks: " : ""
        caption += "median \(FigureText.milliseconds(latency.p50.milliseconds)), longest "
        caption += FigureText.milliseconds(gaps.max()?.milliseconds ?? 0)
        caption += latency.stalls == 1 ? ", 1 stall" : ", \(latency.stalls) stalls"
        if stretch > 1 { caption += "; each point is the longest of \(stretch) gaps" }
        self.init(caption: caption)
        let points = stride(from: 0, to: gaps.count, by: stretch).map { start in
            let longest = gaps[start..<min(start + stretch, gaps.count)].max() ?? .zero
            return (gap: longest, x: (Double(start) + 0.5) / Double(scale.gaps))
        }
        addLevel(latency.p50.milliseconds / scale.longest)
        addLine(points.map { ($0.x, $0.gap.milliseconds / scale.longest) })
        for point in points where latency.isStall(point.gap) {
            addDot(x: point.x, y: point.gap.milliseconds / scale.longest)
        }
        vertical = Self.thirds { FigureText.milliseconds($0 * scale.longest) }
        let unit = metrics.gapsAreBetweenChunks ? "chunk" : "token"
        horizontal = [(0, "\(unit) 2"), (1, "\(unit) \(scale.gaps + 1)")]
    }

    /// How many gaps took how long; nil where there are none.
    init?(histogramOf metrics: Metrics, scale: LatencyScale) {
        guard let latency = metrics.interTokenLatency, scale.fullest > 0 else { return nil }
        let (p50, p99) = (latency.p50.milliseconds, latency.p99.milliseconds)
        self.init(
            caption: "half of the gaps up to \(FigureText.milliseconds(p50)), 99 of 100 up to "
                + FigureText.milliseconds(p99))
        let top = Double(scale.fullest).roundedUpForAxis
        for (bin, count) in scale.counts(of: metrics.gaps).enumerated() where count > 0 {
            addBar(
                from: Double(bin) / Double(LatencyScale.bins), to: Double(bin + 1) / Double(LatencyScale.bins),
                height: Double(count) / top)
        }
        vertical = [(0, "0"), (1, FigureText.fixed(top, places: 0))]
        horizontal = [
            (0, "0"), (0.5, FigureText.milliseconds(scale.common / 2)),
            (1, FigureText.milliseconds(scale.common) + " and more"),
        ]
    }

    /// Labels at the bottom, which is zero, in the middle and at the top.
    static func thirds(_ text: (Double) -> String) -> [(at: Double, text: String)] {
        [(0, "0"), (0.5, text(0.5)), (1, text(1))]
    }
}
