import Chat

/// Bars for a list of gaps, oldest first. Pure geometry: what is drawn where is the view's affair.
struct Sparkline: Equatable {
    /// One bar, in eighths of a row.
    struct Bar: Equatable {
        var eighths: Int
        var isStall: Bool
    }

    let bars: [Bar]

    /// One bar a gap where they fit; otherwise each bar is the longest of its neighbours, so that no stall is lost.
    ///
    /// The scale ends at two to four medians: at the longest gap if that lies between. Longer ones fill the chart.
    init(_ gaps: [Duration], columns: Int, rows: Int) {
        guard let latency = LatencyDistribution(of: gaps), columns > 0, rows > 0 else {
            bars = []
            return
        }
        let count = min(columns, gaps.count)
        let shown = (0..<count).map { column in
            gaps[column * gaps.count / count..<(column + 1) * gaps.count / count].max() ?? .zero
        }
        let longest = shown.max() ?? .zero
        let top = max(latency.p50 * 2, min(longest, latency.p50 * LatencyDistribution.stallFactor))
        let scale = Figures.milliseconds(top)
        bars = shown.map { gap in
            let share = scale > 0 ? Figures.milliseconds(gap) / scale : 0
            let eighths = Int((min(1, share) * Double(rows * 8)).rounded())
            return Bar(eighths: max(1, eighths), isStall: latency.isStall(gap))
        }
    }
}
