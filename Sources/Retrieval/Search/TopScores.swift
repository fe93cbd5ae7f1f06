/// The best of many scores, kept in a heap of `limit` whose root is the worst of them.
struct TopScores {
    struct Entry: Equatable, Sendable {
        var index: Int
        var score: Float

        /// Higher scores are better, then lower indices, so that an order is always the same.
        func isBetter(than other: Entry) -> Bool {
            score != other.score ? score > other.score : index < other.index
        }
    }

    private let limit: Int
    private var heap: [Entry] = []

    init(limit: Int) {
        self.limit = limit
        heap.reserveCapacity(limit)
    }

    /// O(log limit) at worst; O(1) for a score that isn't among the best. A score that isn't a number never is.
    @inline(__always)
    mutating func offer(_ index: Int, _ score: Float) {
        if heap.count == limit {
            guard let worst = heap.first, score > worst.score || (score == worst.score && index < worst.index) else {
                return
            }
            heap[0] = Entry(index: index, score: score)
            sink()
        } else if score == score {
            heap.append(Entry(index: index, score: score))
            rise()
        }
    }

    /// The best first.
    var sorted: [Entry] { heap.sorted { $0.isBetter(than: $1) } }

    private mutating func rise() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[parent].isBetter(than: heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var worst = parent
            let children = min(2 * parent + 1, heap.count)..<min(2 * parent + 3, heap.count)
            for child in children where heap[worst].isBetter(than: heap[child]) { worst = child }
            guard worst != parent else { return }
            heap.swapAt(worst, parent)
            parent = worst
        }
    }
}
