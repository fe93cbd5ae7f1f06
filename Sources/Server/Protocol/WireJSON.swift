import Foundation

/// JSON as the protocol writes and reads it: names in snake case.
enum WireJSON {
    static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing that is written has a number without a JSON form.
        return (try? encoder.encode(value)).map(Array.init) ?? []
    }

    /// Reads a request's body.
    /// - Throws: ``APIError`` that says where the text is no JSON, or which member is wrong.
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(APIError) -> Value {
        do {
            try JSONSyntax.check(bytes)
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(type, from: Data(bytes))
        } catch let error as JSONSyntax.Fault {
            throw .invalid("The body is no JSON: \(error).", code: "malformed_json")
        } catch let error as DecodingError {
            throw APIError(error)
        } catch let error as APIError {
            throw error
        } catch {
            throw .invalid("The body can't be read: \(error)")
        }
    }
}

extension APIError {
    /// A member of the wrong kind, or none where there must be one.
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            let path = Self.path(context.codingPath + [key])
            self = .invalid("\(path) is missing.", param: path, code: "missing_required_parameter")
        case .typeMismatch(let type, let context) where !context.codingPath.isEmpty:
            let path = Self.path(context.codingPath)
            self = .invalid("\(path): expected \(Self.name(of: type)).", param: path, code: "invalid_type")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            let path = Self.path(context.codingPath)
            // The text is JSON, so what Foundation can't place is a number.
            self =
                path.isEmpty
                ? .invalid("The body: expected an object with numbers that 64 bits hold.", code: "invalid_type")
                : .invalid("\(path): \(context.debugDescription)", param: path, code: "invalid_type")
        @unknown default:
            self = .invalid("The body can't be read: \(error)")
        }
    }

    /// What JSON calls a value of this type.
    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is Double.Type, is Int.Type: "a number"
        case is [String: Any].Type: "an object"
        default: "\(type)".hasPrefix("Array") ? "a list" : "an object"
        }
    }

    /// As in `messages[0].content`.
    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += (path.isEmpty ? "" : ".") + key.stringValue.inSnakeCase
            }
        }
    }
}

extension String {
    /// "maxTokens" as "max_tokens".
    fileprivate var inSnakeCase: String {
        reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
    }
}

/// A value that is written as `null` where there is none: clients tell that from a missing member.
struct Nullable<Value: Encodable>: Encodable {
    var value: Value?

    init(_ value: Value?) {
        self.value = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}

extension Nullable: Sendable where Value: Sendable {}

extension HTTPResponse {
    init(json: some Encodable) {
        self.init(status: .ok, fields: ["Content-Type": "application/json"], body: WireJSON.encode(json))
    }
}
