#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes a GGUF file from its beginning to its end, beside its final place; only a whole file gets there.
final class GGUFOutput {
    /// What is known of a tensor before its contents are.
    struct Tensor {
        let name: String
        let shape: [Int]
        let format: TensorFormat
        var elementCount: Int { shape.reduce(1, *) }
        var byteCount: Int { format.rowBytes(elementCount) }
    }

    private let path: String
    private let staging: String
    private let descriptor: Int32
    private let alignment: Int
    /// Bytes written.
    private var position = 0
    private var isStaged = true

    /// Creates an empty file; tensors begin at multiples of `alignment`.
    /// - Throws: ``QuantizationError/output(path:reason:)``.
    init(path: String, alignment: Int) throws(QuantizationError) {
        self.path = path
        self.alignment = alignment
        staging = "\(path).writing-\(getpid())"
        descriptor = open(staging, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            isStaged = false
            throw .output(path: staging, reason: String(cString: strerror(errno)))
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        if isStaged { unlink(staging) }
    }

    /// Writes everything before the tensors' contents.
    func begin(metadata: [(key: String, value: GGUFValue)], tensors: [Tensor]) throws(QuantizationError) {
        var header = GGUFBytes()
        header.append(Array("GGUF".utf8))
        header.append(UInt32(3))
        header.append(UInt64(tensors.count))
        header.append(UInt64(metadata.count))
        for (key, value) in metadata {
            header.append(string: key)
            header.append(value)
        }
        var offset = 0
        for tensor in tensors {
            header.append(string: tensor.name)
            header.append(UInt32(tensor.shape.count))
            for size in tensor.shape { header.append(UInt64(size)) }
            header.append(tensor.format.id)
            header.append(UInt64(offset))
            offset += tensor.byteCount + padding(after: tensor.byteCount)
        }
        try append(header.bytes)
        try endTensor()
    }

    /// The next part of a tensor's contents.
    func append(_ contents: UnsafeRawBufferPointer) throws(QuantizationError) {
        var rest = contents[...]
        while !rest.isEmpty {
            let count = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count > 0 {
                rest = rest.dropFirst(count)
                position += count
            } else if errno != EINTR {
                throw .output(path: path, reason: String(cString: strerror(errno)))
            }
        }
    }

    /// Fills up to where the next tensor begins.
    func endTensor() throws(QuantizationError) {
        try append([UInt8](repeating: 0, count: padding(after: position)))
    }

    /// Puts the file in its place. Unless it replaces what is there, nothing may have come there in the meantime.
    func finish(replacing: Bool) throws(QuantizationError) {
        guard fsync(descriptor) == 0 else { throw .output(path: path, reason: String(cString: strerror(errno))) }
        // A hard link is refused where a name is taken; some file systems have none.
        if !replacing, link(staging, path) == 0 { return }
        if !replacing, errno == EEXIST { throw .exists(path: path) }
        guard rename(staging, path) == 0 else { throw .output(path: path, reason: String(cString: strerror(errno))) }
        isStaged = false
    }

    private func append(_ bytes: [UInt8]) throws(QuantizationError) {
        // A closure in between would lose the error's type.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: bytes)
        try append(UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count]))
    }

    private func padding(after count: Int) -> Int {
        (alignment - count % alignment) % alignment
    }
}

/// The beginning of a file in memory.
private struct GGUFBytes {
    var bytes: [UInt8] = []

    mutating func append(_ added: [UInt8]) { bytes += added }

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(string: String) {
        append(UInt64(string.utf8.count))
        bytes.append(contentsOf: string.utf8)
    }

    mutating func append(_ value: GGUFValue) {
        append(value.type.rawValue)
        switch value {
        case .uint8(let number): append(number)
        case .int8(let number): append(number)
        case .uint16(let number): append(number)
        case .int16(let number): append(number)
        case .uint32(let number): append(number)
        case .int32(let number): append(number)
        case .uint64(let number): append(number)
        case .int64(let number): append(number)
        case .float32(let number): append(number.bitPattern)
        case .float64(let number): append(number.bitPattern)
        case .bool(let bool): append(UInt8(bool ? 1 : 0))
        case .string(let string):
            append(UInt64(string.count))
            bytes.append(contentsOf: string.utf8)
        case .array(let array):
            append(array.elementType.rawValue)
            append(UInt64(array.count))
            bytes.append(contentsOf: array.contents)
        }
    }
}
