/// Many short byte strings in one allocation.
///
/// Tokens and merges are copied out of the file rather than referred to: they are a few megabytes, lie closer
/// together here than between a file's length fields, and stay readable if the file is cut short meanwhile.
struct PackedStrings: Sendable, Equatable {
    private(set) var bytes: [UInt8] = []
    /// Files hold less than 4 GiB of strings.
    private var ends: [UInt32] = []

    init(reservingCount count: Int = 0) {
        ends.reserveCapacity(count)
        bytes.reserveCapacity(count &* 12)
    }

    /// - Parameters:
    ///   - byteCount: of all strings together, at least.
    ///   - string: each of them; asked for once, in order.
    init(count: Int, byteCount: Int, string: (Int) -> UnsafeRawBufferPointer) {
        var ends: [UInt32] = []
        ends.reserveCapacity(count)
        bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initialized in
            let output = UnsafeMutableRawBufferPointer(buffer)
            for index in 0..<count {
                let string = string(index)
                UnsafeMutableRawBufferPointer(rebasing: output[initialized...]).copyMemory(from: string)
                initialized += string.count
                ends.append(UInt32(initialized))
            }
        }
        self.ends = ends
    }

    var count: Int { ends.count }

    /// Where string `index` lies in `bytes`.
    func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    func string(_ index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    func withString<Result>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let range = range(index)
        return bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    mutating func append(_ string: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: string)
        ends.append(UInt32(bytes.count))
    }

    /// Other strings in the place of those of `model`, none of them longer: `write` is given the index, the string and
    /// room for the new one, and returns the new one's length.
    init(
        mapping model: PackedStrings, write: (Int, UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Int
    ) {
        var ends: [UInt32] = []
        ends.reserveCapacity(model.count)
        let written = [UInt8](unsafeUninitializedCapacity: model.bytes.count) { buffer, initialized in
            let output = UnsafeMutableRawBufferPointer(buffer)
            model.bytes.withUnsafeBytes { input in
                for index in 0..<model.count {
                    let source = UnsafeRawBufferPointer(rebasing: input[model.range(index)])
                    initialized += write(index, source, UnsafeMutableRawBufferPointer(rebasing: output[initialized...]))
                    ends.append(UInt32(initialized))
                }
            }
        }
        bytes = written
        self.ends = ends
    }
}
