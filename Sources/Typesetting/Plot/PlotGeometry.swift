import Reports

/// Where a plot's points stand, as shares of its axes, whatever it is drawn with.
struct PlotGeometry: Equatable {
    struct Mark: Equatable {
        /// Index of the plot's series.
        var series: Int
        var point: ReportPlot.Point
        /// From 0 at the left to 1, and from 0 at the bottom to 1.
        var x: Double
        var y: Double
        /// Where the interval of ``y`` begins and ends.
        var interval: ClosedRange<Double>?
    }

    let horizontal: PlotScale
    let vertical: PlotScale
    /// For each series, in its order.
    let marks: [[Mark]]
    /// How many points have no place on the axes.
    let missing: Int

    init(_ plot: ReportPlot, horizontalTicks: Int, verticalTicks: Int) {
        let (across, up) = (plot.horizontal, plot.vertical)
        let placed = plot.series.map { series in
            series.points.filter { PlotScale.hasPlace($0.x, on: across) && PlotScale.hasPlace($0.y, on: up) }
        }
        let all = placed.joined()
        let horizontal = PlotScale(across, values: all.map(\.x), wantedTicks: horizontalTicks)
        let vertical = PlotScale(
            up, values: all.flatMap { [$0.y, $0.interval?.lowerBound, $0.interval?.upperBound].compactMap { $0 } },
            wantedTicks: verticalTicks)
        marks = placed.enumerated().map { series, points in
            points.map { point in
                // An interval of things that aren't numbers compares as it likes.
                let interval = point.interval.flatMap { bounds -> ClosedRange<Double>? in
                    let (low, high) = (vertical.share(bounds.lowerBound), vertical.share(bounds.upperBound))
                    return low <= high ? low...high : nil
                }
                return Mark(
                    series: series, point: point, x: horizontal.share(point.x), y: vertical.share(point.y),
                    interval: interval)
            }
        }
        missing = plot.series.reduce(0) { $0 + $1.points.count } - all.count
        self.horizontal = horizontal
        self.vertical = vertical
    }

    /// Says what isn't there; nil where all is.
    var remark: String? {
        if marks.allSatisfy(\.isEmpty) {
            return missing == 0 ? "No points." : "No point has a place on these axes (of \(missing))."
        }
        guard missing > 0 else { return nil }
        return missing == 1
            ? "1 point isn't shown: it has no place on these axes."
            : "\(missing) points aren't shown: they have no place on these axes."
    }

    /// The corners of a series' line, in the order of its points.
    func path(of series: Int, style: ReportPlot.Series.Style) -> [(x: Double, y: Double)] {
        let points = marks[series].map { (x: $0.x, y: $0.y) }
        switch style {
        case .points: return []
        case .line: return points
        // A step's value holds until the next one.
        case .steps: return zip(points, points.dropFirst()).flatMap { [$0, (x: $1.x, y: $0.y)] } + points.suffix(1)
        }
    }
}
