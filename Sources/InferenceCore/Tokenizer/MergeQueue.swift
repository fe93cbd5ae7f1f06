/// The merges that wait in a long word, first things first: a binary heap.
struct MergeQueue {
    struct Candidate {
        var merge: Merge
        /// The index of the left symbol, and the bytes that both symbols had when they were queued.
        var left: Int32
        var length: Int32

        @inline(__always)
        func precedes(_ other: Candidate) -> Bool {
            merge.order < other.merge.order || (merge.order == other.merge.order && left < other.left)
        }
    }

    private var heap: [Candidate] = []

    mutating func removeAll() {
        heap.removeAll(keepingCapacity: true)
    }

    mutating func insert(_ candidate: Candidate) {
        heap.append(candidate)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard candidate.precedes(heap[parent]) else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = candidate
    }

    mutating func popFirst() -> Candidate? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(last) else { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = last
        return first
    }
}
