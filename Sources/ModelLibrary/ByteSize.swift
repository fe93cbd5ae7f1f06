/// Sizes for people, in decimal units as file managers and makers of models use them.
public enum ByteSize {
    /// Three figures or so: "98.4 MB", "1.12 GB".
    public static func text(_ bytes: Int) -> String {
        text(Double(bytes))
    }

    static func text(_ bytes: Double) -> String {
        let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
        var value = max(0, bytes)
        var unit = 0
        // From 999.5 on three figures would round to 1000.
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return "\(threeFigures(value, whole: unit == 0)) \(units[unit])"
    }

    private static func threeFigures(_ value: Double, whole: Bool) -> String {
        if whole || value >= 99.95 { return "\(Int(value.rounded()))" }
        let decimals = value < 9.995 ? 2 : 1
        let scale = decimals == 2 ? 100 : 10
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        return "\(scaled / scale).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
    }
}
