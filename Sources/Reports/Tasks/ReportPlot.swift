/// Points and lines between two axes.
public struct ReportPlot: Sendable, Equatable, Codable {
    public struct Axis: Sendable, Equatable, Codable {
        public enum Scale: String, Sendable, Codable {
            case linear, logarithmic
        }

        /// How figures along the axis are written.
        public enum Unit: String, Sendable, Codable {
            case number, percent, milliseconds, bytes
        }

        public var title: String
        public var scale: Scale
        public var unit: Unit

        public init(_ title: String, scale: Scale = .linear, unit: Unit = .number) {
            self.title = title
            self.scale = scale
            self.unit = unit
        }
    }

    public struct Point: Sendable, Equatable, Codable {
        public var x: Double
        public var y: Double
        /// From the lower to the upper end of an interval of ``y``; nil where there is none.
        public var interval: ClosedRange<Double>?
        /// What stands beside the point.
        public var label: String?

        public init(x: Double, y: Double, interval: ClosedRange<Double>? = nil, label: String? = nil) {
            self.x = x
            self.y = y
            self.interval = interval
            self.label = label
        }
    }

    public struct Series: Sendable, Equatable, Codable {
        public enum Style: String, Sendable, Codable {
            case points, line, steps
        }

        public var name: String
        public var style: Style
        public var points: [Point]

        public init(_ name: String, style: Style, points: [Point]) {
            self.name = name
            self.style = style
            self.points = points
        }
    }

    /// One line that says in words what the plot shows.
    public var caption: String
    public var horizontal: Axis
    public var vertical: Axis
    public var series: [Series]

    public init(caption: String, horizontal: Axis, vertical: Axis, series: [Series]) {
        self.caption = caption
        self.horizontal = horizontal
        self.vertical = vertical
        self.series = series
    }
}
