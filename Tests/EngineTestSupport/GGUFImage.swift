/// A GGUF file in memory that knows where its fields stand, so that a test can damage one of them.
public struct GGUFImage: Sendable {
    public private(set) var bytes: [UInt8] = []
    /// The bytes of each field, under names such as `tensor count`, `key general.alignment, type` and
    /// `tensor a.weight, dimension 0`. A value's elements have no names of their own.
    public private(set) var fields: [String: Range<Int>] = [:]

    /// The field's bytes replaced by as many others.
    public func replacing(_ field: String, with replacement: [UInt8]) -> [UInt8] {
        var result = bytes
        result.replaceSubrange(range(of: field), with: replacement)
        return result
    }

    /// The field's first bytes replaced by a number.
    public func replacing(_ field: String, with number: some FixedWidthInteger) -> [UInt8] {
        var result = bytes
        let start = range(of: field).lowerBound
        let replacement = Self.littleEndian(number)
        result.replaceSubrange(start..<start + replacement.count, with: replacement)
        return result
    }

    /// Where a field stands. A name that isn't there is a mistake in the test.
    public func range(of field: String) -> Range<Int> {
        guard let range = fields[field] else { preconditionFailure("no field \(field): \(fields.keys.sorted())") }
        return range
    }

    static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    mutating func append(_ more: [UInt8], field: String) {
        fields[field] = bytes.count..<bytes.count + more.count
        bytes += more
    }

    mutating func append(_ number: some FixedWidthInteger, field: String) {
        append(Self.littleEndian(number), field: field)
    }

    mutating func append(string: [UInt8], field: String) {
        append(UInt64(string.count), field: "\(field), length")
        append(string, field: field)
    }

    mutating func append(_ value: GGUFWriter.Value, field: String) {
        let start = bytes.count
        write(value, field: field)
        fields[field] = start..<bytes.count
    }

    mutating func pad(to count: Int) {
        bytes += [UInt8](repeating: 0, count: count - bytes.count)
    }

    mutating func place(_ contents: [UInt8], at offset: Int, field: String) {
        let end = offset + contents.count
        if end > bytes.count { pad(to: end) }
        bytes.replaceSubrange(offset..<end, with: contents)
        fields[field] = offset..<end
    }

    private mutating func write(_ value: GGUFWriter.Value, field: String) {
        switch value {
        case .uint8(let number): bytes += Self.littleEndian(number)
        case .int8(let number): bytes += Self.littleEndian(number)
        case .uint16(let number): bytes += Self.littleEndian(number)
        case .int16(let number): bytes += Self.littleEndian(number)
        case .uint32(let number): bytes += Self.littleEndian(number)
        case .int32(let number): bytes += Self.littleEndian(number)
        case .uint64(let number): bytes += Self.littleEndian(number)
        case .int64(let number): bytes += Self.littleEndian(number)
        case .float32(let number): bytes += Self.littleEndian(number.bitPattern)
        case .float64(let number): bytes += Self.littleEndian(number.bitPattern)
        case .bool(let bool): bytes.append(bool ? 1 : 0)
        case .string(let text): append(string: Array(text.utf8), field: field)
        case .rawString(let raw): append(string: raw, field: field)
        case .array(let type, let elements):
            append(type.rawValue, field: "\(field), element type")
            append(UInt64(elements.count), field: "\(field), count")
            for element in elements { write(element, field: "\(field), element") }
        }
    }
}
