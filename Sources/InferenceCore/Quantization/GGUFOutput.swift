#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes a GGUF file from its beginning to its end, tensor by tensor, beside its final place; only a whole file gets there.
struct GGUFOutput: ~Copyable {
    /// What is known of a tensor before its contents are.
    struct Tensor {
        let name: String
        let shape: [Int]
        let format: TensorFormat
        var byteCount: Int { format.rowBytes(shape[0]) * shape.dropFirst().reduce(1, *) }
    }

    let path: String
    private let staging: String
    private let descriptor: Int32
    private let alignment: Int
    private var isFinished = false

    /// Creates the file and writes everything before the tensors' contents.
    /// - Throws: ``QuantizationError/output(path:reason:)``.
    init(
        path: String, metadata: [(key: String, value: GGUFValue)], tensors: [Tensor], alignment: Int
    ) throws(QuantizationError) {
        self.path = path
        self.alignment = alignment
        staging = "\(path).writing-\(getpid())"
        descriptor = open(staging, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .output(path: path, reason: String(cString: strerror(errno))) }
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
            offset = Self.aligned(offset + tensor.byteCount, alignment)
        }
        header.pad(to: Self.aligned(header.bytes.count, alignment))
        try write(header.bytes)
    }

    /// The next tensor's contents.
    func append(_ contents: UnsafeRawBufferPointer) throws(QuantizationError) {
        try write(contents)
        let rest = Self.aligned(contents.count, alignment) - contents.count
        try write([UInt8](repeating: 0, count: rest))
    }

    /// Puts the file in its place.
    mutating func finish() throws(QuantizationError) {
        guard fsync(descriptor) == 0, rename(staging, path) == 0 else {
            throw .output(path: path, reason: String(cString: strerror(errno)))
        }
        isFinished = true
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(staging) }
    }

    private func write(_ bytes: [UInt8]) throws(QuantizationError) {
        // A closure in between would lose the error's type.
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: bytes)
        try write(UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count]))
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(QuantizationError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw .output(path: path, reason: String(cString: strerror(errno)))
            }
        }
    }

    private static func aligned(_ count: Int, _ alignment: Int) -> Int {
        (count + alignment - 1) / alignment * alignment
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

    mutating func pad(to count: Int) {
        bytes += [UInt8](repeating: 0, count: count - bytes.count)
    }
}
