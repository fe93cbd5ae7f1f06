import Chat
import Reports

/// How figures along an axis are written: at its ticks as short as can be, in tables with three digits.
enum AxisText {
    /// "12 ms", "85 %", "1.5 GB", "20 k".
    static func tick(_ value: Double, _ unit: ReportPlot.Axis.Unit) -> String {
        switch unit {
        case .number: number(value)
        case .percent: plain(value * 100) + " %"
        case .milliseconds: abs(value) < 1000 ? plain(value) + " ms" : plain(value / 1000) + " s"
        case .bytes: bytes(value)
        }
    }

    /// The same, as exact as figures are everywhere.
    static func figure(_ value: Double, _ unit: ReportPlot.Axis.Unit) -> String {
        guard value.isFinite else { return FigureText.missing }
        switch unit {
        case .number: return abs(value) >= 0.01 || value == 0 ? FigureText.number(value) : plain(value)
        case .percent: return FigureText.fixed(value * 100, places: 1) + " %"
        case .milliseconds: return FigureText.milliseconds(value)
        case .bytes: return Int(exactly: value.rounded()).map { FigureText.bytes($0) } ?? bytes(value)
        }
    }

    private static func number(_ value: Double) -> String {
        for (factor, suffix) in [(1e9, " G"), (1e6, " M"), (1e4, " k")] where abs(value) >= factor && abs(value) < 1e12
        {
            return plain(value / (suffix == " k" ? 1e3 : factor)) + suffix
        }
        return plain(value)
    }

    private static func bytes(_ value: Double) -> String {
        for (factor, suffix) in [(1e12, " TB"), (1e9, " GB"), (1e6, " MB"), (1e3, " kB")] where abs(value) >= factor {
            return plain(value / factor) + suffix
        }
        return plain(value) + " B"
    }

    /// As many digits as the value has, up to four behind the point; a power of ten where that isn't enough.
    private static func plain(_ value: Double) -> String {
        guard value != 0 else { return "0" }
        guard abs(value) >= 0.001, abs(value) < 1e7 else { return "\(rounded(value))".replacing("e+", with: "e") }
        var text = FigureText.fixed(value, places: 4)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    /// Three significant digits, so that no rounding error of the scale is written out.
    private static func rounded(_ value: Double) -> Double {
        var power = 1.0
        while abs(value) / power >= 1000, power < 1e300 { power *= 10 }
        if power > 1 { return (value / power).rounded() * power }
        while abs(value) * power < 100, power < 1e300 { power *= 10 }
        return (value * power).rounded() / power
    }
}
