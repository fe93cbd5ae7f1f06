/// An array of a GGUF file, in place: its elements are decoded when asked for.
public struct GGUFArray: Sendable, Equatable {
    public let elementType: GGUFValueType
    public let count: Int
    private let file: MappedFile
    private let start: Int
    private let byteCount: Int
    private let stringTable: GGUFStringTable?

    /// The elements lie in `byteCount` bytes from `start` on; the parser has checked all of them.
    init(elementType: GGUFValueType, count: Int, file: MappedFile, start: Int, byteCount: Int) {
        self.elementType = elementType
        self.count = count
        self.file = file
        self.start = start
        self.byteCount = byteCount
        stringTable =
            elementType == .string
            ? GGUFStringTable(file: file, start: start, byteCount: byteCount, count: count) : nil
    }

    /// The elements of a string array, else nil.
    ///
    /// - Complexity: O(count) the first time, O(1) then.
    public var strings: GGUFStrings? { stringTable?.strings }

    /// The elements of an array of float32 or float64, else nil.
    public var floats: [Float]? {
        switch elementType {
        case .float32: elements { Float(bitPattern: $0) }
        case .float64: elements { (bits: UInt64) in Float(Double(bitPattern: bits)) }
        default: nil
        }
    }

    /// The elements of an array of any integer type; nil for other types, and if one of them doesn't fit.
    public var integers: [Int]? {
        switch elementType {
        case .uint8: elements { (value: UInt8) in Int(value) }
        case .int8: elements { (value: Int8) in Int(value) }
        case .uint16: elements { (value: UInt16) in Int(value) }
        case .int16: elements { (value: Int16) in Int(value) }
        case .uint32: elements { (value: UInt32) in Int(value) }
        case .int32: elements { (value: Int32) in Int(value) }
        case .int64: elements { (value: Int64) in Int(value) }
        case .uint64:
            elements { (value: UInt64) in value }.contains { $0 > UInt64(Int.max) }
                ? nil : elements { (value: UInt64) in Int(truncatingIfNeeded: value) }
        default: nil
        }
    }

    /// The elements of an array of bool, else nil.
    public var bools: [Bool]? {
        elementType == .bool ? elements { (value: UInt8) in value != 0 } : nil
    }

    /// The elements of an array of arrays, one at a time; nothing for other types.
    public var arrays: some Sequence<GGUFArray> {
        let nested = elementType == .array ? count : 0
        var cursor = GGUFCursor(file: file, offset: start)
        return sequence(state: 0) { (position: inout Int) -> GGUFArray? in
            guard position < nested else { return nil }
            position += 1
            return try? cursor.readArray(field: "nested array")
        }
    }

    /// The elements as they lie in the file; valid while this value lives.
    var contents: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + byteCount]) }

    /// The first elements, in place; only for decoding, not for comparing.
    func head(_ length: Int) -> GGUFArray {
        GGUFArray(
            elementType: elementType, count: min(length, count), file: file, start: start, byteCount: byteCount)
    }

    private func elements<Raw: FixedWidthInteger & BitwiseCopyable, Element>(_ decode: (Raw) -> Element) -> [Element] {
        let bytes = file.bytes
        return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                let raw = bytes.loadUnaligned(
                    fromByteOffset: start + index * MemoryLayout<Raw>.size, as: Raw.self)
                buffer.initializeElement(at: index, to: decode(Raw(littleEndian: raw)))
            }
            initialized = count
        }
    }

    /// Whether both have the same elements of the same type, to the bit.
    public static func == (left: GGUFArray, right: GGUFArray) -> Bool {
        left.elementType == right.elementType && left.count == right.count
            && left.file.bytes[left.start..<left.start + left.byteCount]
                .elementsEqual(right.file.bytes[right.start..<right.start + right.byteCount])
    }
}
