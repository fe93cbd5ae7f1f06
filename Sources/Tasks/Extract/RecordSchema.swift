import Foundation

/// What a record must be, in JSON Schema (draft 2020-12), and whether one is that. It is checked without the code that
/// makes answers follow it, so that the one can't hide the other's faults.
public struct RecordSchema: Sendable, Equatable {
    /// Without white space between its parts, in the order in which it was written: that order is the answer's.
    public let text: String
    let root: RecordValue

    /// Keywords that are checked.
    static let assertions: Set<String> = [
        "$ref", "type", "enum", "const", "properties", "required", "additionalProperties", "items", "prefixItems",
        "minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "anyOf", "oneOf", "allOf", "not", "minProperties",
        "maxProperties",
    ]
    /// Keywords that say nothing about a value.
    static let annotations: Set<String> = [
        "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples",
        "deprecated",
        "readOnly", "writeOnly",
    ]

    /// - Parameters:
    ///   - text: the schema, an object.
    ///   - name: of its file, for errors.
    /// - Throws: ``TaskError`` for what isn't a JSON object, for keywords that aren't checked, references to nothing, and
    ///   patterns that can't be read.
    public init(_ text: String, name: String = "schema") throws(TaskError) {
        do {
            root = try RecordValue(json: text)
        } catch {
            throw TaskError("\(name): \(error)")
        }
        guard case .record = root else {
            throw TaskError("\(name): expected a JSON object, found '\(text.beginning(40))'")
        }
        self.text = Self.compact(text)
        try check(root, at: "", name: name)
    }

    private func check(_ schema: RecordValue, at path: String, name: String) throws(TaskError) {
        if case .bool = schema { return }
        guard case .record(let fields) = schema else {
            throw TaskError("\(name): expected a schema at \(path.isEmpty ? "/" : path), found \(schema.canonicalText)")
        }
        for (keyword, value) in fields.sorted(by: { $0.key < $1.key }) {
            let here = "\(path)/\(keyword)"
            switch (keyword, value) {
            case ("properties", .record(let inner)), ("$defs", .record(let inner)), ("definitions", .record(let inner)):
                for (key, schema) in inner.sorted(by: { $0.key < $1.key }) {
                    try check(schema, at: "\(here)/\(key)", name: name)
                }
            case ("anyOf", .list(let inner)), ("oneOf", .list(let inner)), ("allOf", .list(let inner)),
                ("prefixItems", .list(let inner)):
                for (index, schema) in inner.enumerated() { try check(schema, at: "\(here)/\(index)", name: name) }
            case ("items", _), ("additionalProperties", _), ("not", _): try check(value, at: here, name: name)
            case ("$ref", .text(let reference)):
                guard resolve(reference) != nil else {
                    throw TaskError("\(name): \(here): expected a part of this schema, found '\(reference)'")
                }
            case ("pattern", .text(let pattern)):
                guard Self.expression(pattern) != nil else {
                    throw TaskError("\(name): \(here): expected a regular expression, found '\(pattern)'")
                }
            default:
                guard Self.assertions.contains(keyword) || Self.annotations.contains(keyword) else {
                    throw TaskError("\(name): '\(keyword)' at \(here) can't be checked; leave it out")
                }
            }
        }
    }

    /// The part of the schema that a reference such as "#/$defs/line" points to.
    func resolve(_ reference: String) -> RecordValue? {
        guard reference.hasPrefix("#") else { return nil }
        var value = root
        for part in reference.dropFirst().split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let key = (String(part).removingPercentEncoding ?? String(part)).replacing("~1", with: "/")
                .replacing("~0", with: "~")
            switch value {
            case .record(let fields):
                guard let next = fields[key] else { return nil }
                value = next
            case .list(let values):
                guard let index = Int(key), values.indices.contains(index) else { return nil }
                value = values[index]
            default: return nil
            }
        }
        return value
    }

    /// As ECMA 262 reads it: classes are ASCII, characters are code points.
    static func expression(_ pattern: String) -> Regex<AnyRegexOutput>? {
        (try? Regex(pattern))?.asciiOnlyDigits().asciiOnlyWordCharacters().matchingSemantics(.unicodeScalar)
    }

    /// JSON without the white space between its parts.
    private static func compact(_ json: String) -> String {
        var bytes: [UInt8] = []
        var (isInText, isEscaped) = (false, false)
        for byte in json.utf8 {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
            } else if byte == UInt8(ascii: "\"") {
                isInText = true
            } else if byte <= 0x20 {
                continue
            }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
