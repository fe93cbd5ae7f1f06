extension JSONValue {
    /// This value as JSON text. Doubles take the shortest form that reads back as the same number.
    public func serialized(_ format: JSONFormat = .compact) -> String {
        var serializer = JSONSerializer(format: format)
        serializer.append(self)
        return String(decoding: serializer.bytes, as: UTF8.self)
    }

    /// This value as JSON text of at most so many bytes; nil where it would be longer. Stops early then.
    func serialized(_ format: JSONFormat, maximumBytes: Int) -> String? {
        var serializer = JSONSerializer(format: format, maximumBytes: maximumBytes)
        serializer.append(self)
        return serializer.isTooLong ? nil : String(decoding: serializer.bytes, as: UTF8.self)
    }
}

/// Writes a value depth first into UTF-8 bytes.
private struct JSONSerializer {
    private(set) var bytes: [UInt8] = []
    private let format: JSONFormat
    private let maximumBytes: Int
    private var depth = 0

    init(format: JSONFormat, maximumBytes: Int = .max) {
        self.format = format
        self.maximumBytes = maximumBytes
    }

    var isTooLong: Bool { bytes.count > maximumBytes }

    mutating func append(_ value: JSONValue) {
        switch value {
        case .null: bytes += "null".utf8
        case .boolean(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .double(let value): append(value)
        case .string(let text): append(text)
        case .array(let elements):
            append(elements, brackets: ("[", "]")) { (serializer, element) in serializer.append(element) }
        case .object(let object):
            let members =
                format.sortsNames
                ? object.members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : object.members
            append(members, brackets: ("{", "}")) { (serializer, member) in
                serializer.append(member.name)
                serializer.bytes += serializer.format.nameSeparator.utf8
                serializer.append(member.value)
            }
        }
    }

    private mutating func append<Item>(
        _ items: [Item], brackets: (String, String), _ appendItem: (inout JSONSerializer, Item) -> Void
    ) {
        bytes += brackets.0.utf8
        if !items.isEmpty {
            depth += 1
            for (index, item) in items.enumerated() where !isTooLong {
                if index > 0 { bytes += format.itemSeparator.utf8 }
                appendNewLine()
                appendItem(&self, item)
            }
            depth -= 1
            appendNewLine()
        }
        bytes += brackets.1.utf8
    }

    private mutating func appendNewLine() {
        guard let indentation = format.indentation else { return }
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth where !isTooLong { bytes += indentation.utf8 }
    }

    private mutating func append(_ value: Double) {
        if value.isFinite {
            bytes += value.shortestDecimal.utf8
        } else if format.nonFinite == .null {
            bytes += "null".utf8
        } else {
            bytes += (value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity").utf8
        }
    }

    private mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": bytes += "\\\"".utf8
            case "\\": bytes += "\\\\".utf8
            case "\n": bytes += "\\n".utf8
            case "\r": bytes += "\\r".utf8
            case "\t": bytes += "\\t".utf8
            case "\u{8}": bytes += "\\b".utf8
            case "\u{C}": bytes += "\\f".utf8
            case _ where scalar.value < 0x20, _ where format.escapesNonASCII && !scalar.isASCII:
                for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                    let digits = String(unit, radix: 16)
                    bytes += "\\u".utf8
                    bytes += String(repeating: "0", count: 4 - digits.count).utf8
                    bytes += digits.utf8
                }
            default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
