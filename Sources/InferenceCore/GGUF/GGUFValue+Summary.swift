extension GGUFValue {
    public var type: GGUFValueType {
        switch self {
        case .uint8: .uint8
        case .int8: .int8
        case .uint16: .uint16
        case .int16: .int16
        case .uint32: .uint32
        case .int32: .int32
        case .float32: .float32
        case .bool: .bool
        case .string: .string
        case .uint64: .uint64
        case .int64: .int64
        case .float64: .float64
        case .array: .array
        }
    }

    /// The type's name, for arrays with that of their elements: `array of string`.
    public var typeName: String {
        array.map { "array of \($0.elementType)" } ?? type.description
    }

    /// The value of any integer type, nil for other types and where it doesn't fit.
    public var integer: Int? {
        switch self {
        case .uint8(let value): Int(value)
        case .int8(let value): Int(value)
        case .uint16(let value): Int(value)
        case .int16(let value): Int(value)
        case .uint32(let value): Int(value)
        case .int32(let value): Int(value)
        case .uint64(let value): Int(exactly: value)
        case .int64(let value): Int(value)
        case .float32, .float64, .bool, .string, .array: nil
        }
    }

    public var array: GGUFArray? {
        guard case .array(let array) = self else { return nil }
        return array
    }

    /// The type and the value on one line; long strings and arrays are cut short.
    public func summary(limit: Int = 80) -> String {
        "\(typeName) \(text(limit: limit))"
    }

    /// The value on one line, safe to show on a terminal; long strings and arrays are cut short.
    public func text(limit: Int = 80) -> String {
        switch self {
        case .uint8(let value): "\(value)"
        case .int8(let value): "\(value)"
        case .uint16(let value): "\(value)"
        case .int16(let value): "\(value)"
        case .uint32(let value): "\(value)"
        case .int32(let value): "\(value)"
        case .float32(let value): "\(value)"
        case .bool(let value): "\(value)"
        case .string(let value): value.quoted(limit: limit)
        case .uint64(let value): "\(value)"
        case .int64(let value): "\(value)"
        case .float64(let value): "\(value)"
        case .array(let array): array.text
        }
    }
}

extension GGUFString {
    /// The beginning of the text in quotes, safe to show on a terminal.
    func quoted(limit: Int) -> String {
        // Four bytes a character at most: no more than that of a long string needs decoding.
        let head = String(decoding: utf8.prefix(limit * 4), as: UTF8.self)
        let shown = head.unicodeScalars.prefix(limit)
        let isWhole = shown.count == head.unicodeScalars.count && head.utf8.count >= count
        return "\"\(String(shown).visible(limit: limit))\"" + (isWhole ? "" : "… (\(count) bytes)")
    }
}

extension GGUFArray {
    /// The first elements and the count.
    var text: String {
        let shown = 4
        let head = head(shown)
        let first: [String] =
            switch elementType {
            case .string: head.strings?.map { $0.quoted(limit: 24) } ?? []
            case .float32, .float64: head.floats?.map { "\($0)" } ?? []
            case .bool: head.bools?.map { "\($0)" } ?? []
            case .array: head.arrays.map { "\($0.count) × \($0.elementType)" }
            default: head.integers?.map { "\($0)" } ?? ["…"]
            }
        return "[\(first.joined(separator: ", "))\(count > shown ? ", …" : "")] (\(count))"
    }
}
