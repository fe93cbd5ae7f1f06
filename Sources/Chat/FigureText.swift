/// Figures for people: three significant digits, in the unit that keeps the number short. One place for screens,
/// tables and exports, so that a figure reads the same everywhere.
public enum FigureText {
    /// A figure that isn't known.
    public static let missing = "–"

    /// "9.41 ms", "1.21 s".
    public static func milliseconds(_ milliseconds: Double?) -> String {
        guard let milliseconds, milliseconds.isFinite else { return missing }
        return milliseconds < 999.5 ? "\(number(milliseconds)) ms" : "\(number(milliseconds / 1000)) s"
    }

    public static func rate(_ tokensPerSecond: Double?) -> String {
        guard let tokensPerSecond, tokensPerSecond.isFinite else { return missing }
        return "\(number(tokensPerSecond)) tok/s"
    }

    /// In decimal units: "512 B", "98.4 MB".
    public static func bytes(_ bytes: Int?) -> String {
        guard let bytes else { return missing }
        let (value, unit) = scaled(bytes)
        return unit == "B" ? "\(bytes) B" : "\(number(value)) \(unit)"
    }

    /// A number of bytes in the decimal unit that keeps it short.
    public static func scaled(_ bytes: Int) -> (value: Double, unit: String) {
        var value = Double(bytes)
        for unit in ["B", "kB", "MB", "GB"] {
            if value < 999.5 { return (value, unit) }
            value /= 1000
        }
        return (value, "TB")
    }

    /// Three significant digits, as far as they stand behind the point: 9.41, 24.1, 182, 1240.
    public static func number(_ value: Double) -> String {
        fixed(value, places: abs(value) < 9.995 ? 2 : abs(value) < 99.95 ? 1 : 0)
    }

    /// A number with so many digits behind the point, rounded.
    public static func fixed(_ value: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1.0) { result, _ in result * 10 }
        guard value.isFinite, abs(value) * scale < 1e17 else { return missing }
        let scaled = Int((abs(value) * scale).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(scaled)" }
        let whole = Int(scale)
        let digits = String(scaled % whole)
        return "\(sign)\(scaled / whole).\(String(repeating: "0", count: places - digits.count))\(digits)"
    }
}

extension Duration {
    public var milliseconds: Double { Double(components.seconds) * 1000 + Double(components.attoseconds) * 1e-15 }
}
