import Synchronization

/// The strings of an array in file order, in place.
///
/// - Complexity: any element in O(1).
public struct GGUFStrings: RandomAccessCollection, Sendable, Equatable {
    private let file: MappedFile
    private let start: Int
    /// Where each record begins, counted from `start`, and where the last one ends.
    private let boundaries: [UInt32]

    init(file: MappedFile, start: Int, boundaries: [UInt32]) {
        self.file = file
        self.start = start
        self.boundaries = boundaries
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { boundaries.count - 1 }

    public subscript(position: Int) -> GGUFString {
        let range = range(position)
        return GGUFString(file: file, offset: range.lowerBound, count: range.count)
    }

    /// The bytes of one string; valid while this value (or its file) lives. For loops over all of them.
    @inline(__always)
    func utf8(at position: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: file.bytes[range(position)])
    }

    /// Bytes of all strings together.
    var byteCount: Int {
        Int(boundaries.last ?? 0) - count * GGUFStringTable.lengthBytes
    }

    /// Where a string lies in the file. The length comes from the table, not from the file: somebody may have written
    /// to the file since.
    @inline(__always)
    private func range(_ position: Int) -> Range<Int> {
        start + Int(boundaries[position]) + GGUFStringTable.lengthBytes..<start + Int(boundaries[position + 1])
    }

    public static func == (left: GGUFStrings, right: GGUFStrings) -> Bool {
        left.elementsEqual(right)
    }
}

/// Finds the strings of an array when they are first asked for: a vocabulary has hundreds of thousands.
final class GGUFStringTable: Sendable {
    /// The length that each string begins with.
    static let lengthBytes = 8

    private let file: MappedFile
    private let start: Int
    private let byteCount: Int
    private let count: Int
    private let boundaries = Mutex<[UInt32]?>(nil)

    /// `count` strings in `byteCount` bytes (less than 4 GiB) from `start` on, as the parser has found them.
    init(file: MappedFile, start: Int, byteCount: Int, count: Int) {
        self.file = file
        self.start = start
        self.byteCount = byteCount
        self.count = count
    }

    /// - Complexity: O(count) the first time, O(1) then.
    var strings: GGUFStrings {
        let table = boundaries.withLock { known in
            let table = known ?? found()
            known = table
            return table
        }
        return GGUFStrings(file: file, start: start, boundaries: table)
    }

    private func found() -> [UInt32] {
        let bytes = file.bytes
        var table: [UInt32] = []
        table.reserveCapacity(count + 1)
        var position = 0
        for remaining in stride(from: count, to: 0, by: -1) {
            table.append(UInt32(position))
            let length = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start + position, as: UInt64.self))
            // The parser has seen that all fit, but the file may have changed since: leave room for those to come.
            let room = byteCount - position - remaining * Self.lengthBytes
            position += Self.lengthBytes + (Int(exactly: length).map { Swift.min($0, room) } ?? room)
        }
        table.append(UInt32(position))
        return table
    }
}
