/// How many weights a model has, for people.
public enum ParameterCount {
    /// Three figures or so: "135 M", "1.78 B".
    public static func text(_ count: Int) -> String {
        let units = ["", " K", " M", " B", " T"]
        var value = Double(max(0, count))
        var unit = 0
        // From 999.5 on three figures would round to 1000.
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        guard unit > 0, value < 99.95 else { return "\(Int(value.rounded()))\(units[unit])" }
        let scale = value < 9.995 ? 100 : 10
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: (scale == 100 ? 2 : 1) - fraction.count)
        return "\(scaled / scale).\(zeros)\(fraction)\(units[unit])"
    }
}
