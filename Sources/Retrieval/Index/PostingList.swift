/// The passages that a term stands in.
struct PostingList {
    /// Valid while the index is open.
    let bytes: UnsafeRawBufferPointer
    /// How many passages it names.
    let passages: Int

    /// Calls `body` with each passage below `limit` and how often the term stands in it.
    func forEach(below limit: Int, _ body: (_ passage: Int, _ count: Int) -> Void) {
        var (position, passage) = (0, 0)
        while let step = number(&position), let count = number(&position) {
            passage += step
            guard passage < limit else { return }
            body(passage, count)
        }
    }

    @inline(__always)
    private func number(_ position: inout Int) -> Int? {
        var (value, shift) = (0, 0)
        while position < bytes.count, shift < 35 {
            let byte = Int(bytes[position])
            position += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
