/// Spans of time for people who wait.
public enum TimeText {
    /// "8 s", "3:07", "1:02:45"; "days" beyond a hundred hours.
    public static func short(_ seconds: Double) -> String {
        guard seconds < 360_000 else { return "days" }
        let whole = max(0, Int(seconds.rounded(.up)))
        guard whole >= 60 else { return "\(whole) s" }
        func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0 ? "\(hours):\(twoDigits(minutes)):\(twoDigits(rest))" : "\(minutes):\(twoDigits(rest))"
    }
}
