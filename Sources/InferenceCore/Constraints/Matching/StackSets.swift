/// Sets of stacks, each set once: what a call has still to return to, for all ways of reading the text so far.
///
/// A set is written by its stacks' uppermost frames, each with the set of what lies below it, so that ways which differ
/// in one place share all the others and their number can't explode.
struct StackSets {
    struct Frame: Hashable {
        /// Where the caller goes on; ``bottom`` for the empty stack, which has nothing below.
        var target: Int32
        var below: Int32
    }

    static let bottom: Int32 = -1
    /// The set of the empty stack alone.
    static let empty: Int32 = 0

    private struct Pair: Hashable {
        var first: Int32
        var second: Int32
    }

    /// By their targets, ascending.
    private(set) var frames: [[Frame]] = [[Frame(target: bottom, below: 0)]]
    private var depths: [Int32] = [0]
    private var known: [[Frame]: Int32] = [[Frame(target: bottom, below: 0)]: empty]
    private var unions: [Pair: Int32] = [:]

    var count: Int { frames.count }

    /// No text that has a meaning nests deeper; a stack that would is given up.
    static let deepest: Int32 = 2000

    /// The set with a frame put on top of each stack; nil where they would be too deep.
    mutating func pushing(_ target: Int32, on below: Int32) -> Int32? {
        guard depths[Int(below)] < Self.deepest else { return nil }
        return intern([Frame(target: target, below: below)])
    }

    mutating func union(_ first: Int32, _ second: Int32) -> Int32 {
        if first == second { return first }
        let pair = Pair(first: min(first, second), second: max(first, second))
        if let known = unions[pair] { return known }
        var merged: [Frame] = []
        var (left, right) = (frames[Int(first)][...], frames[Int(second)][...])
        while let one = left.first, let other = right.first {
            if one.target == other.target {
                merged.append(Frame(target: one.target, below: union(one.below, other.below)))
                (left, right) = (left.dropFirst(), right.dropFirst())
            } else if one.target < other.target {
                merged.append(one)
                left = left.dropFirst()
            } else {
                merged.append(other)
                right = right.dropFirst()
            }
        }
        let result = intern(merged + left + right)
        unions[pair] = result
        return result
    }

    mutating func intern(_ set: [Frame]) -> Int32 {
        if let known = known[set] { return known }
        let id = Int32(frames.count)
        known[set] = id
        frames.append(set)
        depths.append(set.reduce(0) { $1.target == Self.bottom ? $0 : max($0, depths[Int($1.below)] + 1) })
        return id
    }
}
