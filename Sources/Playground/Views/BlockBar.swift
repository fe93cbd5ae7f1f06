/// Bars of block elements, which have eighths of a cell.
enum BlockBar {
    /// One to eight eighths of a cell, from below.
    static let upwards: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    private static let rightwards = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

    /// A bar to the right, so many eighths of a column long.
    static func text(eighths: Int) -> String {
        let eighths = max(0, eighths)
        return String(repeating: "█", count: eighths / 8) + rightwards[eighths % 8]
    }
}
