import InferenceCore

/// Writes GGUF files in memory, sound ones and broken ones.
public struct GGUFWriter: Sendable {
    /// A metadata value to write; the elements of an array should be of its type, but need not be.
    public indirect enum Value: Sendable, Equatable {
        case uint8(UInt8)
        case int8(Int8)
        case uint16(UInt16)
        case int16(Int16)
        case uint32(UInt32)
        case int32(Int32)
        case uint64(UInt64)
        case int64(Int64)
        case float32(Float)
        case float64(Double)
        case bool(Bool)
        case string(String)
        /// A string that needn't be UTF-8.
        case rawString([UInt8])
        case array(GGUFValueType, [Value])

        public static func strings(_ values: [String]) -> Value { .array(.string, values.map { .string($0) }) }
        public static func floats(_ values: [Float]) -> Value { .array(.float32, values.map { .float32($0) }) }
        public static func int32s(_ values: [Int32]) -> Value { .array(.int32, values.map { .int32($0) }) }

        var type: GGUFValueType {
            switch self {
            case .uint8: .uint8
            case .int8: .int8
            case .uint16: .uint16
            case .int16: .int16
            case .uint32: .uint32
            case .int32: .int32
            case .uint64: .uint64
            case .int64: .int64
            case .float32: .float32
            case .float64: .float64
            case .bool: .bool
            case .string, .rawString: .string
            case .array: .array
            }
        }
    }

    public struct Pair: Sendable, Equatable {
        public var key: String
        public var value: Value
    }

    public struct Tensor: Sendable, Equatable {
        public var name: String
        public var formatID: UInt32
        /// Dimension 0 is contiguous.
        public var shape: [UInt64]
        public var contents: [UInt8]
        /// From the start of the tensor data; nil for the next free multiple of the alignment.
        public var offset: UInt64?
    }

    public var version: UInt32 = 3
    /// Where tensors are placed; written as `general.alignment` only by whoever adds that key.
    public var alignment = 32
    public var pairs: [Pair] = []
    public var tensors: [Tensor] = []

    public init() {}

    /// The value of a key; setting it replaces the pair in its place or appends one, nil removes it.
    public subscript(key: String) -> Value? {
        get { pairs.first { $0.key == key }?.value }
        set {
            let index = pairs.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): pairs[index].value = value
            case (let index?, nil): pairs.remove(at: index)
            case (nil, let value?): pairs.append(Pair(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    public mutating func append(
        tensor name: String, formatID: UInt32 = 0, shape: [UInt64], contents: [UInt8], offset: UInt64? = nil
    ) {
        tensors.append(Tensor(name: name, formatID: formatID, shape: shape, contents: contents, offset: offset))
    }

    /// A tensor of 32-bit floats.
    public mutating func append(tensor name: String, shape: [UInt64], floats: [Float]) {
        append(tensor: name, shape: shape, contents: floats.flatMap { GGUFImage.littleEndian($0.bitPattern) })
    }

    /// The file's bytes.
    public var bytes: [UInt8] { image().bytes }

    /// The file's bytes, and where each field stands.
    public func image() -> GGUFImage {
        var image = GGUFImage()
        image.append(Array("GGUF".utf8), field: "magic")
        image.append(version, field: "version")
        image.append(UInt64(tensors.count), field: "tensor count")
        image.append(UInt64(pairs.count), field: "metadata count")
        for pair in pairs {
            image.append(string: Array(pair.key.utf8), field: "key \(pair.key)")
            image.append(pair.value.type.rawValue, field: "key \(pair.key), type")
            image.append(pair.value, field: "key \(pair.key), value")
        }
        var next: UInt64 = 0
        var offsets: [UInt64] = []
        for tensor in tensors {
            let offset = tensor.offset ?? next
            offsets.append(offset)
            let field = "tensor \(tensor.name)"
            image.append(string: Array(tensor.name.utf8), field: field)
            image.append(UInt32(tensor.shape.count), field: "\(field), dimension count")
            for (index, size) in tensor.shape.enumerated() { image.append(size, field: "\(field), dimension \(index)") }
            image.append(tensor.formatID, field: "\(field), format")
            image.append(offset, field: "\(field), offset")
            next = max(next, aligned(offset + UInt64(tensor.contents.count)))
        }
        guard !tensors.isEmpty else { return image }
        image.pad(to: Int(aligned(UInt64(image.bytes.count))))
        let start = image.bytes.count
        for (tensor, offset) in zip(tensors, offsets) {
            image.place(tensor.contents, at: start + Int(offset), field: "tensor \(tensor.name), contents")
        }
        return image
    }

    private func aligned(_ offset: UInt64) -> UInt64 {
        (offset + UInt64(alignment) - 1) / UInt64(alignment) * UInt64(alignment)
    }
}
