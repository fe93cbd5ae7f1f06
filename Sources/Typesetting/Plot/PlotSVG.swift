import Chat
import Reports
import Screen

/// A plot as an SVG image. It has a name and a description for those who don't see it, and needs no script.
public struct PlotSVG {
    private let plot: ReportPlot
    private let geometry: PlotGeometry
    /// The room between the axes, in the image's units.
    private let area: LabelPlacement.Box
    private let height: Double

    private static let width = 640.0
    private static let plotHeight = 280.0
    /// Of a column of text at the size that the style gives it.
    private static let columnWidth = 6.4
    private static let lineHeight = 13.0
    private static let longestLabel = 36
    private static let mostCorners = 40

    public init(_ plot: ReportPlot) {
        self.plot = plot
        geometry = PlotGeometry(plot, horizontalTicks: 7, verticalTicks: 6)
        let left = Double(min(24, geometry.vertical.tickColumns)) * Self.columnWidth + 14
        area = .init(x: left, y: 24, width: Self.width - left - 16, height: Self.plotHeight)
        height = 24 + Self.plotHeight + 40 + Self.lineHeight * Double(Self.legendRows(plot))
    }

    /// The image as a part of a page, which has its style already.
    public var element: String { svg(head: "", attributes: "") }

    /// The image as a file of its own; light or dark as its reader prefers.
    public var document: String {
        let ground = "<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n"
        return svg(
            head: "<style>\n\(HTMLStyle.image)\n</style>\n\(ground)",
            attributes: " xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.text(Self.width))\""
                + " height=\"\(Self.text(height))\"")
    }

    private func svg(head: String, attributes: String) -> String {
        let axes = "\(plot.vertical.title) by \(plot.horizontal.title)"
        let name = HTMLText.escape(plot.caption.isEmpty ? axes : plot.caption)
        var text = "<svg\(attributes) viewBox=\"0 0 \(Self.text(Self.width)) \(Self.text(height))\" role=\"img\""
        text += " aria-label=\"\(name)\">\n<title>\(name)</title>\n\(head)"
        return text + self.axes + lines + marks + labels + legend + "</svg>\n"
    }

    // MARK: Axes

    private var axes: String {
        var text = ""
        for tick in geometry.vertical.ticks {
            let y = Self.text(self.y(geometry.vertical.share(tick)))
            text += "<line class=\"grid\" x1=\"\(Self.text(area.x))\" x2=\"\(Self.text(area.x + area.width))\""
            text += " y1=\"\(y)\" y2=\"\(y)\"/>\n"
            text += Self.label(
                geometry.vertical.tickText(tick), x: area.x - 6, y: self.y(geometry.vertical.share(tick)),
                anchor: "end", isMiddle: true)
        }
        let bottom = area.y + area.height
        for tick in geometry.horizontal.ticks {
            let x = self.x(geometry.horizontal.share(tick))
            text += "<line class=\"grid\" x1=\"\(Self.text(x))\" x2=\"\(Self.text(x))\""
            text += " y1=\"\(Self.text(area.y))\" y2=\"\(Self.text(bottom))\"/>\n"
            text += Self.label(geometry.horizontal.tickText(tick), x: x, y: bottom + 14, anchor: "middle")
        }
        text += Self.label(geometry.vertical.title, x: 4, y: 14, anchor: "start")
        return text
            + Self.label(geometry.horizontal.title, x: area.x + area.width, y: bottom + 30, anchor: "end")
    }

    // MARK: Series

    private var lines: String {
        plot.series.enumerated().map { index, series in
            let path = geometry.path(of: index, style: series.style)
            guard path.count > 1 else { return "" }
            let points = path.map { "\(Self.text(x($0.x))),\(Self.text(y($0.y)))" }.joined(separator: " ")
            return "<polyline class=\"line \(HTMLStyle.paneClass(index))\" points=\"\(points)\"/>\n"
        }
        .joined()
    }

    private var marks: String {
        geometry.marks.joined().filter(isDrawn).map { mark in
            let (x, y) = (x(mark.x), y(mark.y))
            var text = "<g class=\"\(HTMLStyle.paneClass(mark.series))\">"
            let sentence = PlotFigures(plot).sentence(mark.point, of: plot.series[mark.series])
            text += "<title>\(HTMLText.escape(sentence))</title>"
            if let interval = mark.interval {
                let (top, bottom) = (self.y(interval.upperBound), self.y(interval.lowerBound))
                text += Self.interval(x, top, x, bottom) + Self.interval(x - 4, top, x + 4, top)
                text += Self.interval(x - 4, bottom, x + 4, bottom)
            }
            let isCorner = plot.series[mark.series].style != .points && mark.point.label == nil
            return text + Self.shape(mark.series, x, y, radius: isCorner ? 2 : 4) + "</g>\n"
        }
        .joined()
    }

    /// The corners of a long line would only thicken it.
    private func isDrawn(_ mark: PlotGeometry.Mark) -> Bool {
        plot.series[mark.series].style == .points || mark.point.label != nil || mark.interval != nil
            || geometry.marks[mark.series].count <= Self.mostCorners
    }

    /// Series are told apart by shape, not by colour alone.
    private static func shape(_ series: Int, _ x: Double, _ y: Double, radius: Double) -> String {
        func points(_ offsets: [(Double, Double)]) -> String {
            let corners = offsets.map { "\(text(x + $0.0 * radius)),\(text(y + $0.1 * radius))" }
            return "<polygon class=\"mark\" points=\"\(corners.joined(separator: " "))\"/>"
        }
        switch series % 4 {
        case 0: return "<circle class=\"mark\" cx=\"\(text(x))\" cy=\"\(text(y))\" r=\"\(text(radius))\"/>"
        case 1: return points([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
        case 2: return points([(0, -1.2), (1.1, 0.9), (-1.1, 0.9)])
        default: return points([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)])
        }
    }

    private static func interval(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        "<line class=\"interval\" x1=\"\(text(x1))\" y1=\"\(text(y1))\" x2=\"\(text(x2))\" y2=\"\(text(y2))\"/>"
    }

    // MARK: Labels

    /// Those that find a place; the others are told by the marks' titles.
    private var labels: String {
        let marks = geometry.marks.joined()
        var placement = LabelPlacement(area: area, taken: marks.flatMap(boxes))
        return marks.compactMap { mark -> String? in
            guard let label = mark.point.label, !label.isEmpty else { return nil }
            let text = TextWidth.truncate(label.visibleOnOneLine, to: Self.longestLabel)
            let width = Double(TextWidth.columns(of: text)) * Self.columnWidth
            let (x, y, high) = (x(mark.x), y(mark.y), Self.lineHeight)
            let places = [
                (x + 8, y - high / 2), (x - 8 - width, y - high / 2), (x + 4, y - high - 4), (x + 4, y + 4),
                (x - 4 - width, y - high - 4), (x - 4 - width, y + 4), (x - width / 2, y - high - 6),
                (x - width / 2, y + 6),
            ]
            let near = places.map { LabelPlacement.Box(x: $0.0, y: $0.1, width: width, height: high) }
            // Farther away, a line leads to the mark.
            let far = (2...5).flatMap { step in
                [-1.0, 1].flatMap { side in
                    [x - 16 - width, x + 16].map { left in
                        let top = y - high / 2 + side * Double(step) * high
                        return LabelPlacement.Box(x: left, y: top, width: width, height: high)
                    }
                }
            }
            guard let box = placement.place(near + far) else { return nil }
            // What stands to the left ends there, however wide the reader's font is.
            let isLeft = box.x + box.width <= x
            let element = Self.label(
                text, x: isLeft ? box.x + box.width : box.x, y: box.y + high - 3, anchor: isLeft ? "end" : "start",
                role: "label")
            return near.contains(box) ? element : element + Self.leader(from: (x, y), to: box)
        }
        .joined()
    }

    private static func leader(from mark: (x: Double, y: Double), to box: LabelPlacement.Box) -> String {
        let end = box.x > mark.x ? box.x - 2 : box.x + box.width + 2
        return "<line class=\"level\" x1=\"\(text(mark.x))\" y1=\"\(text(mark.y))\" x2=\"\(text(end))\""
            + " y2=\"\(text(box.y + box.height / 2))\"/>\n"
    }

    private func boxes(of mark: PlotGeometry.Mark) -> [LabelPlacement.Box] {
        var boxes = [LabelPlacement.Box(x: x(mark.x) - 5, y: y(mark.y) - 5, width: 10, height: 10)]
        if let interval = mark.interval {
            let (top, bottom) = (y(interval.upperBound), y(interval.lowerBound))
            boxes.append(.init(x: x(mark.x) - 5, y: top, width: 10, height: bottom - top))
        }
        return boxes
    }

    private static let legendColumns = 3

    private static func legendRows(_ plot: ReportPlot) -> Int {
        plot.series.count > 1 ? (plot.series.count + legendColumns - 1) / legendColumns : 0
    }

    private var legend: String {
        guard plot.series.count > 1 else { return geometry.remark.map(remark) ?? "" }
        let top = area.y + area.height + 44
        let items = plot.series.enumerated().map { index, series in
            let x = area.x + Double(index % Self.legendColumns) * area.width / Double(Self.legendColumns)
            let y = top + Double(index / Self.legendColumns) * Self.lineHeight
            let name = TextWidth.truncate(series.name.visibleOnOneLine, to: 30)
            return "<g class=\"\(HTMLStyle.paneClass(index))\">\(Self.shape(index, x + 4, y, radius: 4))</g>"
                + Self.label(name, x: x + 13, y: y, anchor: "start", isMiddle: true, role: "label")
        }
        return items.joined() + (geometry.remark.map(remark) ?? "")
    }

    private func remark(_ text: String) -> String {
        Self.label(text, x: area.x, y: area.y + area.height + 30, anchor: "start")
    }

    // MARK: Coordinates

    private func x(_ share: Double) -> Double { area.x + share * area.width }
    private func y(_ share: Double) -> Double { area.y + (1 - share) * area.height }

    private static func label(
        _ text: String, x: Double, y: Double, anchor: String, isMiddle: Bool = false, role: String = ""
    ) -> String {
        var element = "<text x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" text-anchor=\"\(anchor)\""
        if isMiddle { element += " dominant-baseline=\"middle\"" }
        if !role.isEmpty { element += " class=\"\(role)\"" }
        return element + ">\(HTMLText.escape(text))</text>\n"
    }

    private static func text(_ value: Double) -> String { FigureText.fixed(value, places: 1) }
}
