import Reports

/// A pull's progress as one line of text.
public struct ProgressLine: Sendable, Equatable {
    /// Columns that the line may take.
    public var width: Int
    /// Whether block characters can be shown; `#` and `-` otherwise.
    public var isUnicode: Bool

    private static let narrowestBar = 10
    private static let widestBar = 40

    public init(width: Int, isUnicode: Bool = true) {
        self.width = width
        self.isUnicode = isUnicode
    }

    /// The line, never wider than ``width``. Where it is narrow the size goes first, then the rate, then the source;
    /// the percentage stays.
    public func text(_ progress: PullProgress) -> String {
        String(line(progress).reversed().drop { $0 == " " }.reversed())
    }

    private func line(_ progress: PullProgress) -> String {
        switch progress.phase {
        case .waiting(let holder):
            return clipped("waiting\(holder.map { " for process \($0)" } ?? ""), which is pulling this model")
        case .checkingSpace: return clipped("checking free space")
        case .done: return clipped("done")
        case .downloading(let source, let part, let parts):
            let label = parts > 1 ? "\(source), part \(part) of \(parts)" : source
            return bar(label, progress, timed: true)
        case .verifying: return bar("verifying", progress, timed: false)
        }
    }

    private func bar(_ label: String, _ progress: PullProgress, timed: Bool) -> String {
        let percent = Self.padded("\(Int(progress.fraction * 100))%", to: 4)
        let size = Self.padded("\(ByteSize.text(progress.bytes)) of \(ByteSize.text(progress.totalBytes))", to: 18)
        // Blank until known, so that the bar keeps its length.
        let rate = Self.padded(progress.bytesPerSecond.map { ByteSize.text($0) + "/s" } ?? "", to: 10)
        let left = Self.padded(progress.secondsLeft.map { TimeText.short($0) + " left" } ?? "", to: 11)
        let attempts: [(label: String?, after: [String])] = [
            (label, timed ? [percent, size, rate, left] : [percent, size]),
            (label, timed ? [percent, rate, left] : [percent]),
            (label, timed ? [percent, left] : [percent]),
            (label, [percent]),
            (nil, [percent]),
        ]
        for attempt in attempts {
            let before = attempt.label.map { [$0] } ?? []
            let room = width - (before + attempt.after).map { $0.count + 2 }.reduce(0, +)
            guard room >= Self.narrowestBar else { continue }
            let fields = before + [meter(progress.fraction, min(room, Self.widestBar))] + attempt.after
            return fields.joined(separator: "  ")
        }
        return clipped(percent)
    }

    private func meter(_ fraction: Double, _ columns: Int) -> String {
        let full = min(columns, Int(fraction * Double(columns)))
        return String(repeating: isUnicode ? "█" : "#", count: full)
            + String(repeating: isUnicode ? "░" : "-", count: columns - full)
    }

    private func clipped(_ text: String) -> String {
        String(text.prefix(max(0, width)))
    }

    private static func padded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
