import Foundation

/// A JSON value that is compared by what it means: numbers are decimal, the order of an object's fields doesn't count.
public enum RecordValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Decimal)
    case text(String)
    case list([RecordValue])
    case record([String: RecordValue])

    /// - Throws: ``TaskError`` for what isn't JSON, and for a number that has more digits than can be compared.
    public init(json: String) throws(TaskError) {
        do {
            self = try JSONDecoder().decode(RecordValue.self, from: Data(json.utf8))
        } catch let error as TaskError {
            throw error
        } catch {
            throw TaskError("expected JSON, found '\(json.beginning(60))'")
        }
    }

    /// The one text of this value: no white space, fields in the order of their names' bytes, numbers without exponents or
    /// needless zeros. Equal values have equal texts.
    public var canonicalText: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += "\(value)"
        case .text(let value): Self.write(value, to: &text)
        case .list(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .record(let fields):
            text += "{"
            for (index, name) in fields.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }).enumerated() {
                if index > 0 { text += "," }
                Self.write(name, to: &text)
                text += ":"
                fields[name]?.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{00}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// The values that aren't records, by the way to them: "vendor.city". Lists are values as a whole.
    public var leaves: [String: RecordValue] {
        guard case .record(let fields) = self else { return ["": self] }
        var leaves: [String: RecordValue] = [:]
        for (name, value) in fields {
            guard case .record(let inner) = value, !inner.isEmpty else {
                leaves[name] = value
                continue
            }
            for (path, leaf) in value.leaves { leaves["\(name).\(path)"] = leaf }
        }
        return leaves
    }

    /// Whether two texts are the same value; false where either isn't JSON.
    public static func isSame(_ one: String, _ other: String) -> Bool {
        guard let one = try? RecordValue(json: one), let other = try? RecordValue(json: other) else { return false }
        return one == other
    }
}

extension RecordValue: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Decimal.self), value.isFinite {
            self = .number(value)
        } else if let value = try? container.decode(Double.self) {
            throw TaskError("expected numbers of up to 38 digits and exponents up to 127, found \(value)")
        } else if (try? decoder.unkeyedContainer()) != nil {
            self = .list(try container.decode([RecordValue].self))
        } else {
            self = .record(try container.decode([String: RecordValue].self))
        }
    }
}

extension String {
    /// The first characters on one line, for messages.
    func beginning(_ count: Int) -> String {
        let line = split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > count ? line.prefix(count) + "…" : line
    }
}
