/// An open safetensors file: its tensors in place. Opening checks every offset and size.
///
/// Eight bytes of header length, a JSON header, the tensors' contents. Source: the safetensors format,
/// https://github.com/huggingface/safetensors
public struct SafetensorsFile: Sendable {
    /// One tensor; `shape` is slowest first, as the file has it.
    public struct Tensor: Sendable, Equatable {
        public let name: String
        /// As written: "F32", "BF16".
        public let type: String
        public let shape: [Int]
        /// Bytes from the start of the file.
        public let range: Range<Int>
    }

    /// In the header's order.
    public let tensors: [Tensor]
    public let mapping: MappedFile

    /// Sizes of the element types, in bits.
    private static let bits = [
        "F64": 64, "I64": 64, "U64": 64, "F32": 32, "I32": 32, "U32": 32, "F16": 16, "BF16": 16, "I16": 16, "U16": 16,
        "I8": 8, "U8": 8, "BOOL": 8, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F4": 4,
    ]

    /// Maps a file and reads its header.
    /// - Throws: ``SafetensorsError``.
    public init(path: String) throws(SafetensorsError) {
        do throws(MappedFileError) {
            mapping = try MappedFile(path: path)
        } catch {
            throw SafetensorsError(error)
        }
        tensors = try Self.tensors(of: mapping)
    }

    /// Reads a file that is mapped already, or bytes in memory.
    public init(mapping: MappedFile) throws(SafetensorsError) {
        self.mapping = mapping
        tensors = try Self.tensors(of: mapping)
    }

    /// The contents of one of this file's tensors; valid while `mapping` lives.
    public func bytes(of tensor: Tensor) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: mapping.bytes[tensor.range.clamped(to: 0..<mapping.byteCount)])
    }

    private static func tensors(of file: MappedFile) throws(SafetensorsError) -> [Tensor] {
        guard file.byteCount >= 8 else {
            throw SafetensorsError(
                path: file.path, field: "file", expected: "at least 8 bytes", found: "\(file.byteCount)")
        }
        let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
        guard length >= 2, length <= UInt64(file.byteCount - 8) else {
            throw SafetensorsError(
                path: file.path, field: "header length", expected: "2 to \(file.byteCount - 8) bytes",
                found: "\(length)")
        }
        let start = 8 + Int(length)
        let header: JSONValue
        do throws(JSONError) {
            header = try JSONValue(parsing: UnsafeRawBufferPointer(rebasing: file.bytes[8..<start]), maximumDepth: 8)
        } catch {
            throw SafetensorsError(path: file.path, field: "header", expected: "JSON", found: "\(error)")
        }
        guard let members = header.objectValue else {
            throw SafetensorsError(path: file.path, field: "header", expected: "an object", found: "something else")
        }
        var tensors: [Tensor] = []
        for member in members.members where member.name != "__metadata__" {
            tensors.append(try tensor(member.name, member.value, start: start, file: file))
        }
        try checkOverlaps(tensors, path: file.path)
        return tensors
    }

    private static func tensor(
        _ name: String, _ value: JSONValue, start: Int, file: MappedFile
    ) throws(SafetensorsError) -> Tensor {
        func error(_ expected: String, _ found: String) -> SafetensorsError {
            SafetensorsError(path: file.path, field: "tensor \(name)", expected: expected, found: found)
        }
        guard let type = value["dtype"]?.stringValue, let bits = bits[type] else {
            throw error("a known dtype", value["dtype"]?.stringValue ?? "none")
        }
        guard let shape = integers(value["shape"]), shape.count <= 8, shape.allSatisfy({ $0 >= 0 }) else {
            throw error("a shape of at most 8 sizes", "something else")
        }
        guard let offsets = integers(value["data_offsets"]), offsets.count == 2, 0 <= offsets[0],
            offsets[0] <= offsets[1], offsets[1] <= file.byteCount - start
        else {
            throw error("data_offsets within the file's \(file.byteCount - start) bytes", "others")
        }
        var size = bits
        for extent in shape {
            let (product, overflow) = size.multipliedReportingOverflow(by: extent)
            guard !overflow else { throw error("a size that fits the file", "shape \(shape)") }
            size = product
        }
        guard size.isMultiple(of: 8), size / 8 == offsets[1] - offsets[0] else {
            throw error("\(size / 8) bytes of \(type) for shape \(shape)", "\(offsets[1] - offsets[0])")
        }
        return Tensor(name: name, type: type, shape: shape, range: start + offsets[0]..<start + offsets[1])
    }

    private static func integers(_ value: JSONValue?) -> [Int]? {
        guard let elements = value?.arrayValue else { return nil }
        var result: [Int] = []
        for case .integer(let integer) in elements { result.append(integer) }
        return result.count == elements.count ? result : nil
    }

    private static func checkOverlaps(_ tensors: [Tensor], path: String) throws(SafetensorsError) {
        let sorted = tensors.filter { !$0.range.isEmpty }.sorted { $0.range.lowerBound < $1.range.lowerBound }
        for (first, second) in zip(sorted, sorted.dropFirst()) where second.range.lowerBound < first.range.upperBound {
            throw SafetensorsError(
                path: path, field: "tensor \(second.name)", expected: "bytes of its own",
                found: "bytes of \(first.name) too")
        }
    }
}
