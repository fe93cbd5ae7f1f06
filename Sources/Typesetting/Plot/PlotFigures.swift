import Chat
import Reports

/// The figures that a plot shows, for those who want to read them.
struct PlotFigures {
    let plot: ReportPlot

    init(_ plot: ReportPlot) { self.plot = plot }

    /// "small, smollm2: accuracy 81.4 % (79.0 % to 83.6 %), p95 41.2 ms".
    func sentence(_ point: ReportPlot.Point, of series: ReportPlot.Series) -> String {
        let names = [series.name, point.label ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        let value = AxisText.figure(point.y, plot.vertical.unit) + (interval(of: point).map { " (\($0))" } ?? "")
        let place = AxisText.figure(point.x, plot.horizontal.unit)
        return "\(names.isEmpty ? "" : names + ": ")\(plot.vertical.title) \(value), \(plot.horizontal.title) \(place)"
    }

    /// A row for each point.
    var table: ReportTable {
        let points = plot.series.flatMap(\.points)
        let hasIntervals = points.contains { $0.interval != nil }
        let hasLabels = points.contains { $0.label != nil }
        var columns = [ReportTable.Column("series", holdsFigures: false)]
        if hasLabels { columns.append(.init("point", holdsFigures: false)) }
        columns += [.init(plot.horizontal.title), .init(plot.vertical.title)]
        if hasIntervals { columns.append(.init("interval")) }
        var table = ReportTable(columns: columns)
        for series in plot.series {
            for point in series.points {
                var cells = [series.name]
                if hasLabels { cells.append(point.label ?? "") }
                cells += [
                    AxisText.figure(point.x, plot.horizontal.unit), AxisText.figure(point.y, plot.vertical.unit),
                    interval(of: point) ?? "",
                ]
                table.add(cells)
            }
        }
        return table
    }

    private func interval(of point: ReportPlot.Point) -> String? {
        point.interval.map { bounds in
            AxisText.figure(bounds.lowerBound, plot.vertical.unit) + " to "
                + AxisText.figure(bounds.upperBound, plot.vertical.unit)
        }
    }
}
