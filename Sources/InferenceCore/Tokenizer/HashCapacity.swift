/// The sizes of open-addressing tables.
enum HashCapacity {
    /// A power of two that leaves at least two fifths of the slots vacant.
    static func slots(for count: Int) -> Int {
        var capacity = 16
        while capacity * 3 < count * 5 { capacity *= 2 }
        return capacity
    }
}
