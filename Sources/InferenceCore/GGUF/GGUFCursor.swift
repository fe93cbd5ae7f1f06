/// A place in a GGUF file from which fields are read one after the other, each checked against the end of the file.
///
/// Source: the GGUF specification, "File Structure"; all numbers are little endian.
struct GGUFCursor {
    /// Arrays of arrays go no deeper; real files have none.
    static let depthLimit = 4

    let file: MappedFile
    private(set) var offset: Int

    /// `offset` lies within the file.
    init(file: MappedFile, offset: Int = 0) {
        self.file = file
        self.offset = offset
    }

    var remaining: Int { file.byteCount - offset }

    /// Goes over `count` bytes, which have been counted against `remaining`.
    private mutating func advance(_ count: Int) -> Int {
        defer { offset += count }
        return offset
    }

    mutating func read<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type, field: @autoclosure () -> String
    ) throws(GGUFError) -> Value {
        guard remaining >= MemoryLayout<Value>.size else {
            throw truncated(field(), needed: MemoryLayout<Value>.size)
        }
        let start = advance(MemoryLayout<Value>.size)
        return Value(littleEndian: file.bytes.loadUnaligned(fromByteOffset: start, as: Value.self))
    }

    mutating func readString(field: @autoclosure () -> String) throws(GGUFError) -> GGUFString {
        let length = try read(UInt64.self, field: "\(field()), length")
        guard let count = Int(exactly: length), count <= remaining else {
            throw truncated(field(), needed: length)
        }
        return GGUFString(file: file, offset: advance(count), count: count)
    }

    mutating func readType(field: @autoclosure () -> String) throws(GGUFError) -> GGUFValueType {
        let number = try read(UInt32.self, field: "\(field()), type")
        guard let type = GGUFValueType(rawValue: number) else {
            throw malformed("\(field()), type", expected: "0 to 12", found: "\(number)")
        }
        return type
    }

    mutating func readBool(field: @autoclosure () -> String) throws(GGUFError) -> Bool {
        let byte = try read(UInt8.self, field: field())
        guard byte <= 1 else { throw malformed(field(), expected: "a bool, 0 or 1", found: "\(byte)") }
        return byte == 1
    }

    mutating func readValue(of type: GGUFValueType, field: @autoclosure () -> String) throws(GGUFError) -> GGUFValue {
        switch type {
        case .uint8: .uint8(try read(UInt8.self, field: field()))
        case .int8: .int8(try read(Int8.self, field: field()))
        case .uint16: .uint16(try read(UInt16.self, field: field()))
        case .int16: .int16(try read(Int16.self, field: field()))
        case .uint32: .uint32(try read(UInt32.self, field: field()))
        case .int32: .int32(try read(Int32.self, field: field()))
        case .float32: .float32(Float(bitPattern: try read(UInt32.self, field: field())))
        case .bool: .bool(try readBool(field: field()))
        case .string: .string(try readString(field: field()))
        case .array: .array(try readArray(field: field()))
        case .uint64: .uint64(try read(UInt64.self, field: field()))
        case .int64: .int64(try read(Int64.self, field: field()))
        case .float64: .float64(Double(bitPattern: try read(UInt64.self, field: field())))
        }
    }

    /// Goes over an array and checks all that is in it.
    ///
    /// - Complexity: O(1) for numbers, else O(count).
    mutating func readArray(
        field: @autoclosure () -> String, depth: Int = 1
    ) throws(GGUFError) -> GGUFArray {
        guard depth <= Self.depthLimit else {
            throw malformed(field(), expected: "arrays nested at most \(Self.depthLimit) deep", found: "more")
        }
        let type = try readType(field: "\(field()), element")
        let number = try read(UInt64.self, field: "\(field()), count")
        guard number <= UInt64(remaining / type.leastByteCount) else {
            throw GGUFError(
                .truncated, path: file.path, field: "\(field()), count",
                expected: "at most \(remaining / type.leastByteCount) elements (\(remaining) bytes are left)",
                found: "\(number)", remedy: "the file was cut short or is damaged; pull it again")
        }
        let count = Int(number)
        let start = offset
        if let size = type.byteCount {
            _ = advance(count * size)
            if type == .bool, let wrong = file.bytes[start..<offset].first(where: { $0 > 1 }) {
                throw malformed(field(), expected: "bools, 0 or 1", found: "\(wrong)")
            }
        } else if type == .string {
            try skipStrings(count, field: field())
        } else {
            for index in 0..<count { _ = try readArray(field: "\(field())[\(index)]", depth: depth + 1) }
        }
        guard UInt32(exactly: offset - start) != nil else {
            throw malformed(field(), expected: "an array of less than 4 GiB", found: "\(offset - start) bytes")
        }
        return GGUFArray(elementType: type, count: count, file: file, start: start, byteCount: offset - start)
    }

    /// Goes over strings without making anything of them: vocabularies have hundreds of thousands.
    private mutating func skipStrings(_ count: Int, field: @autoclosure () -> String) throws(GGUFError) {
        let bytes = file.bytes
        for index in 0..<count {
            if bytes.count - offset >= 8 {
                let length = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                if length <= UInt64(bytes.count - offset - 8) {
                    offset += 8 + Int(length)
                    continue
                }
            }
            // Says what is wrong.
            _ = try readString(field: "\(field())[\(index)]")
        }
    }

    func malformed(_ field: String, expected: String, found: String) -> GGUFError {
        GGUFError(.malformed, path: file.path, field: field, expected: expected, found: found)
    }

    private func truncated(_ field: String, needed: some BinaryInteger) -> GGUFError {
        GGUFError(
            .truncated, path: file.path, field: field, expected: "\(needed) bytes from byte \(offset) on",
            found: "the file's end after \(remaining)", remedy: "the file was cut short or is damaged; pull it again")
    }
}
