import Chat

/// Figures for people: three significant digits, in the unit that keeps the number short.
enum FigureText {
    /// A figure that isn't known.
    static let missing = "–"

    static func milliseconds(_ milliseconds: Double?) -> String {
        guard let milliseconds, milliseconds.isFinite else { return missing }
        return milliseconds < 999.5 ? "\(number(milliseconds)) ms" : "\(number(milliseconds / 1000)) s"
    }

    static func rate(_ tokensPerSecond: Double?) -> String {
        guard let tokensPerSecond, tokensPerSecond.isFinite else { return missing }
        return "\(number(tokensPerSecond)) tok/s"
    }

    /// 9.41, 24.1, 182, 1240.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return missing }
        let places = abs(value) < 9.995 ? 2 : abs(value) < 99.95 ? 1 : 0
        let scale = places == 2 ? 100 : places == 1 ? 10 : 1
        let scaled = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return "\(sign)\(scaled)" }
        let digits = String(scaled % scale)
        return "\(sign)\(scaled / scale).\(String(repeating: "0", count: places - digits.count))\(digits)"
    }
}
