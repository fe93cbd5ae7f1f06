import Chat

/// The common scale of all panes' memory.
struct MemoryScale {
    /// Bytes.
    let most: Double
    /// Milliseconds.
    let end: Double

    init(_ metrics: [Metrics]) {
        let samples = metrics.flatMap(\.memorySamples)
        most = Double(samples.map(\.bytes).max() ?? 0).roundedUpForAxis
        end = max(samples.map(\.at.milliseconds).max() ?? 0, 0.001)
    }
}

extension Chart {
    /// What the model held, from sample to sample; nil where there are fewer than two.
    init?(memoryOf metrics: Metrics, scale: MemoryScale) {
        let samples = metrics.memorySamples
        guard samples.count > 1, let first = samples.first, let last = samples.last else { return nil }
        let most = samples.map(\.bytes).max() ?? last.bytes
        self.init(
            caption: "\(FigureText.bytes(first.bytes)) at first, \(FigureText.bytes(last.bytes)) at "
                + "the end, at most \(FigureText.bytes(most))")
        let points = samples.map { (x: $0.at.milliseconds / scale.end, y: Double($0.bytes) / scale.most) }
        // What a sample says holds until the next one.
        addLine(zip(points, points.dropFirst()).flatMap { [$0, ($1.x, $0.y)] } + points.suffix(1))
        vertical = Self.thirds { FigureText.bytes(Int($0 * scale.most)) }
        horizontal = [(0, "0"), (1, FigureText.milliseconds(scale.end))]
    }
}
