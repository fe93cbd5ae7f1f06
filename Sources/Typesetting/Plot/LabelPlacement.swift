/// Finds places for labels beside what they name, so that none covers another one or a mark.
struct LabelPlacement {
    /// A rectangle, whose ends belong to what lies behind it.
    struct Box: Equatable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double

        func overlaps(_ other: Box) -> Bool {
            x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
        }

        func contains(_ other: Box) -> Bool {
            other.x >= x && other.y >= y && other.x + other.width <= x + width && other.y + other.height <= y + height
        }
    }

    /// Where labels may stand.
    let area: Box
    private var taken: [Box]

    /// - Parameter taken: what labels must not cover.
    init(area: Box, taken: [Box]) {
        self.area = area
        self.taken = taken
    }

    /// Takes the first of some places that is free.
    /// - Returns: nil where none is.
    mutating func place(_ candidates: [Box]) -> Box? {
        let free = candidates.first { box in area.contains(box) && !taken.contains { $0.overlaps(box) } }
        if let free { taken.append(free) }
        return free
    }
}
