/// Many short byte strings in one allocation.
///
/// Tokens and merges are copied out of the file rather than referred to: they are a few megabytes, lie closer
/// together here than between a file's length fields, and stay readable if the file is cut short meanwhile.
struct PackedStrings: Sendable {
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(reservingCount count: Int = 0) {
        ends.reserveCapacity(count)
        bytes.reserveCapacity(count &* 8)
    }

    var count: Int { ends.count }

    /// Where string `index` lies in `bytes`.
    func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    func string(_ index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    func withString<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let range = range(index)
        return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    mutating func append(_ string: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: string)
        ends.append(bytes.count)
    }

    mutating func append(_ string: [UInt8]) {
        string.withUnsafeBytes { append($0) }
    }
}
