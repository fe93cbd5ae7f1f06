/// Writes safetensors files in memory, sound ones and broken ones.
public struct SafetensorsWriter: Sendable {
    public struct Tensor: Sendable {
        public var name: String
        /// "F32", "BF16" …
        public var type: String
        /// Slowest first.
        public var shape: [Int]
        public var contents: [UInt8]

        public init(name: String, type: String = "F32", shape: [Int], contents: [UInt8]) {
            self.name = name
            self.type = type
            self.shape = shape
            self.contents = contents
        }

        /// A tensor of 32-bit floats.
        public init(name: String, shape: [Int], floats: [Float]) {
            self.init(
                name: name, shape: shape, contents: floats.flatMap { GGUFImage.littleEndian($0.bitPattern) })
        }
    }

    public var tensors: [Tensor]

    public init(tensors: [Tensor]) {
        self.tensors = tensors
    }

    /// The header's JSON.
    public var header: String {
        var offset = 0
        let entries = tensors.map { tensor in
            defer { offset += tensor.contents.count }
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            return "\"\(tensor.name)\":{\"dtype\":\"\(tensor.type)\",\"shape\":[\(shape)],"
                + "\"data_offsets\":[\(offset),\(offset + tensor.contents.count)]}"
        }
        return "{\"__metadata__\":{\"format\":\"pt\"}" + entries.map { ",\($0)" }.joined() + "}"
    }

    public var bytes: [UInt8] { bytes(header: header) }

    /// The file with another header.
    public func bytes(header: String) -> [UInt8] {
        GGUFImage.littleEndian(UInt64(header.utf8.count)) + Array(header.utf8) + tensors.flatMap(\.contents)
    }
}
