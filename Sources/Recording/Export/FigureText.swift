/// Figures for people: three significant digits, in the unit that keeps the number short.
enum FigureText {
    /// A figure that isn't known.
    static let missing = "–"

    static func milliseconds(_ value: Double) -> String {
        value < 999.5 ? "\(number(value)) ms" : "\(number(value / 1000)) s"
    }

    static func rate(_ tokensPerSecond: Double) -> String { "\(number(tokensPerSecond)) tok/s" }

    static func count(_ value: Double) -> String { value.isFinite ? decimals(value, 0) : missing }

    /// In powers of ten.
    static func bytes(_ bytes: Double) -> String {
        var (value, unit) = (bytes, 0)
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        while value >= 999.5, unit + 1 < units.count { (value, unit) = (value / 1000, unit + 1) }
        return unit == 0 ? "\(count(value)) B" : "\(number(value)) \(units[unit])"
    }

    /// 9.41, 24.1, 182, 1240.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return missing }
        return decimals(value, abs(value) < 9.995 ? 2 : abs(value) < 99.95 ? 1 : 0)
    }

    /// With so many decimals, which are zeros where need be.
    static func decimals(_ value: Double, _ places: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return missing }
        let scale = [1, 10, 100][places]
        let scaled = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(scaled)" }
        let digits = String(scaled % scale)
        return "\(sign)\(scaled / scale).\(String(repeating: "0", count: places - digits.count))\(digits)"
    }
}

extension Duration {
    var milliseconds: Double { Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15 }
}
