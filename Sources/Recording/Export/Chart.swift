import Chat
import Typesetting

/// A chart as an SVG image: marks between two axes. Coordinates of marks are shares of the plot, from 0 at the left and at
/// the bottom to 1.
struct Chart {
    /// One line that says in words what the chart shows.
    var caption: String
    /// What stands along the axes: shares and texts.
    var horizontal: [(at: Double, text: String)] = []
    var vertical: [(at: Double, text: String)] = []
    private var marks = ""

    private static let (width, height) = (480.0, 170.0)
    private static let (left, right, top, bottom) = (58.0, 8.0, 8.0, 24.0)

    init(caption: String) {
        self.caption = caption
    }

    mutating func addLine(_ points: [(x: Double, y: Double)]) {
        let path = points.map { "\(Self.x($0.x)),\(Self.y($0.y))" }.joined(separator: " ")
        marks += "<polyline class=\"line\" points=\"\(path)\"/>\n"
    }

    mutating func addDot(x: Double, y: Double) {
        marks += "<circle class=\"stall\" cx=\"\(Self.x(x))\" cy=\"\(Self.y(y))\" r=\"3.5\"/>\n"
    }

    mutating func addBar(from start: Double, to end: Double, height: Double) {
        // A pixel of ground between bars keeps them apart.
        let width = Self.text(max(0.5, (end - start) * Self.plotWidth - 1))
        let bar = Self.text(height * (Self.height - Self.top - Self.bottom))
        marks += "<rect class=\"bar\" x=\"\(Self.x(start))\" y=\"\(Self.y(height))\""
        marks += " width=\"\(width)\" height=\"\(bar)\"/>\n"
    }

    /// A bar that lies in one of some rows, the first one at the top, with a label in front of its row.
    /// - Parameter isServers: outlined, since it is by another clock.
    mutating func addSpan(
        _ span: ClosedRange<Double>, row: Int, of count: Int, label: String, isServers: Bool = false
    ) {
        let height = 1 / Double(max(1, count))
        let top = 1 - Double(row) * height
        // What took hardly any time is seen all the same.
        let width = max(1, (Self.bounded(span.upperBound) - Self.bounded(span.lowerBound)) * Self.plotWidth)
        let tall = Self.text(height * 0.6 * (Self.height - Self.top - Self.bottom))
        marks += "<rect class=\"\(isServers ? "served" : "bar")\" x=\"\(Self.x(span.lowerBound))\""
        marks += " y=\"\(Self.y(top - height * 0.2))\" width=\"\(Self.text(width))\" height=\"\(tall)\"/>\n"
        vertical.append((top - height / 2, label))
    }

    /// A line across the plot.
    mutating func addLevel(_ height: Double) {
        marks += "<line class=\"level\" x1=\"\(Self.x(0))\" x2=\"\(Self.x(1))\""
        marks += " y1=\"\(Self.y(height))\" y2=\"\(Self.y(height))\"/>\n"
    }

    /// - Parameter label: whose figures they are.
    func svg(label: String) -> String {
        var text = "<svg viewBox=\"0 0 \(Int(Self.width)) \(Int(Self.height))\" role=\"img\""
        text += " aria-label=\"\(HTMLText.escape("\(label): \(caption)"))\">\n"
        for (at, label) in vertical {
            text += "<line class=\"grid\" x1=\"\(Self.x(0))\" x2=\"\(Self.x(1))\""
            text += " y1=\"\(Self.y(at))\" y2=\"\(Self.y(at))\"/>\n"
            text += "<text x=\"\(Self.text(Self.left - 6))\" y=\"\(Self.y(at))\" text-anchor=\"end\""
            text += " dominant-baseline=\"middle\">\(HTMLText.escape(label))</text>\n"
        }
        for (at, label) in horizontal {
            let anchor = at < 0.1 ? "start" : at > 0.9 ? "end" : "middle"
            text += "<text x=\"\(Self.x(at))\" y=\"\(Self.text(Self.height - 6))\" text-anchor=\"\(anchor)\">"
            text += "\(HTMLText.escape(label))</text>\n"
        }
        return text + marks + "</svg>"
    }

    private static var plotWidth: Double { width - left - right }

    private static func x(_ share: Double) -> String { text(left + bounded(share) * plotWidth) }
    private static func y(_ share: Double) -> String { text(top + (1 - bounded(share)) * (height - top - bottom)) }

    private static func bounded(_ share: Double) -> Double { share.isFinite ? min(max(share, 0), 1) : 0 }

    private static func text(_ value: Double) -> String { FigureText.fixed(value, places: 1) }
}
