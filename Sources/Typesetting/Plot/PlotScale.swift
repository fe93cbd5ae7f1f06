import Chat
import Reports
import Screen

/// Where values stand along one axis, and what is written there. It begins and ends at round values.
struct PlotScale: Equatable {
    let axis: ReportPlot.Axis
    let range: ClosedRange<Double>
    /// Ascending, within the range.
    let ticks: [Double]

    /// Values beyond have no place on any axis: their differences couldn't be computed.
    private static let largest = 1e150

    /// Whether a value has a place on an axis.
    static func hasPlace(_ value: Double, on axis: ReportPlot.Axis) -> Bool {
        guard abs(value) <= largest else { return false }
        return axis.scale == .linear || value >= 1 / largest
    }

    /// - Parameters:
    ///   - values: those without a place don't count.
    ///   - wantedTicks: about as many as there is room for, at least 2.
    init(_ axis: ReportPlot.Axis, values: [Double], wantedTicks: Int) {
        self.axis = axis
        let placed = values.filter { Self.hasPlace($0, on: axis) }
        let (low, high) = (placed.min() ?? 0, placed.max() ?? 1)
        switch axis.scale {
        case .linear: (range, ticks) = Self.linear(low, high, axis, max(2, wantedTicks))
        case .logarithmic:
            (range, ticks) = placed.isEmpty ? (1...10, [1, 10]) : Self.logarithmic(low, high, max(2, wantedTicks))
        }
    }

    /// From 0 at the beginning of the axis to 1 at its end; what lies outside is moved to the nearer end.
    func share(_ value: Double) -> Double {
        guard value == value else { return 0 }
        let bounded = min(max(value, range.lowerBound), range.upperBound)
        switch axis.scale {
        case .linear: return (bounded - range.lowerBound) / (range.upperBound - range.lowerBound)
        case .logarithmic:
            return (bounded / range.lowerBound).log10 / (range.upperBound / range.lowerBound).log10
        }
    }

    func tickText(_ value: Double) -> String { AxisText.tick(value, axis.unit) }

    /// Columns of the longest text at a tick.
    var tickColumns: Int { ticks.map { TextWidth.columns(of: tickText($0)) }.max() ?? 0 }

    /// "latency", or "latency (log)".
    var title: String { axis.scale == .linear ? axis.title : axis.title + " (log)" }

    private static func linear(
        _ low: Double, _ high: Double, _ axis: ReportPlot.Axis, _ wanted: Int
    ) -> (ClosedRange<Double>, [Double]) {
        var (low, high) = (low, high)
        let isShare = axis.unit == .percent && low >= 0 && high <= 1
        if high - low <= max(abs(high), abs(low)) * 1e-9 {
            // One value alone stands in the middle.
            let margin = high == 0 ? 0.5 : abs(high) * 0.1
            (low, high) = (low - margin, high + margin)
            if isShare { (low, high) = (max(0, low), min(1, high)) }
        }
        let step = ((high - low) / Double(wanted)).roundedUpForAxis
        let first = (low / step + 1e-9).rounded(.down)
        let last = max(first + 1, (high / step - 1e-9).rounded(.up))
        let ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
        return (first * step...last * step, ticks)
    }

    private static func logarithmic(_ low: Double, _ high: Double, _ wanted: Int) -> (ClosedRange<Double>, [Double]) {
        let firstPower = Int(low.log10.rounded(.down)) - 1
        let lastPower = Int(high.log10.rounded(.up)) + 1
        let decades = (firstPower...lastPower).map { Double("1e\($0)") ?? 1 }
        let factors: [Double] = high / low < 300 ? [1, 2, 5] : [1]
        let candidates = decades.flatMap { decade in factors.map { $0 * decade } }
        let begin = candidates.last { $0 <= low * (1 + 1e-9) } ?? low / 2
        var end = candidates.first { $0 >= high * (1 - 1e-9) } ?? high * 2
        if end <= begin { end = candidates.first { $0 > begin } ?? begin * 10 }
        let inside = candidates.filter { $0 >= begin && $0 <= end }
        // Those that are left out are left out evenly.
        let stride = max(1, (inside.count + wanted - 1) / wanted)
        let ticks = inside.enumerated().filter { $0.offset.isMultiple(of: stride) }.map(\.element)
        return (begin...end, ticks)
    }
}

extension Double {
    fileprivate var log10: Double { naturalLogarithm / 10.0.naturalLogarithm }
}
