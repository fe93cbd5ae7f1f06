extension JSONSchemaReader {
    func expected(_ what: String, _ value: JSONSchemaPlace) -> ConstraintError {
        .invalidSchema(path: value.pointer, message: "expected \(what)")
    }

    func schemas(_ value: JSONSchemaPlace) throws(ConstraintError) -> [JSONSchemaPlace] {
        guard let schemas = value.schema.arrayValue, !schemas.isEmpty else {
            throw expected("an array of schemas", value)
        }
        return schemas.enumerated().map { value.child(String($0.offset), $0.element) }
    }

    func number(_ value: JSONSchemaPlace) throws(ConstraintError) -> DecimalNumber {
        guard let number = DecimalNumber(value.schema) else { throw expected("a number", value) }
        return number
    }

    func count(_ value: JSONSchemaPlace) throws(ConstraintError) -> Int {
        switch value.schema {
        case .integer(let count) where count >= 0: return count
        case .double(let count) where count >= 0 && count == count.rounded() && count < 1e15: return Int(count)
        default: throw expected("a whole number that isn't negative", value)
        }
    }

    func kinds(_ value: JSONSchemaPlace) throws(ConstraintError) -> Set<JSONSchemaKind> {
        let names = value.schema.arrayValue ?? [value.schema]
        var kinds: Set<JSONSchemaKind> = []
        for name in names {
            guard let known = name.stringValue.flatMap(JSONSchemaKind.named) else {
                throw expected(
                    "\"null\", \"boolean\", \"integer\", \"number\", \"string\", \"array\", \"object\" or a list of them",
                    value)
            }
            kinds.formUnion(known)
        }
        return kinds
    }

    /// The schema that a reference names: a JSON pointer or an anchor in this document (RFC 6901, RFC 3986).
    func resolve(_ value: JSONSchemaPlace) throws(ConstraintError) -> JSONSchemaPlace {
        guard let reference = value.schema.stringValue else { throw expected("a string", value) }
        var fragment = Substring(reference)
        if let base = document["$id"]?.stringValue, reference.hasPrefix(base) {
            fragment = reference.dropFirst(base.count)
        }
        guard fragment.isEmpty || fragment.first == "#", let decoded = Self.percentDecoded(fragment.dropFirst()) else {
            throw .invalidSchema(path: value.pointer, message: "\"\(reference)\" is not in this document")
        }
        if decoded.isEmpty { return JSONSchemaPlace(schema: document, pointer: "") }
        guard decoded.first == "/" else {
            guard let place = anchored(decoded, JSONSchemaPlace(schema: document, pointer: "")) else {
                throw .invalidSchema(path: value.pointer, message: "no schema has the $anchor \"\(decoded)\"")
            }
            return place
        }
        var place = JSONSchemaPlace(schema: document, pointer: "")
        for part in decoded.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let name = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
            let next =
                place.schema[name]
                ?? Int(name).flatMap { index in
                    place.schema.arrayValue.flatMap { $0.indices.contains(index) ? $0[index] : nil }
                }
            guard let next else {
                throw .invalidSchema(path: value.pointer, message: "\"\(reference)\" is not in this document")
            }
            place = place.child(name, next)
        }
        return place
    }

    private func anchored(_ name: String, _ place: JSONSchemaPlace) -> JSONSchemaPlace? {
        switch place.schema {
        case .object(let members):
            if place.schema["$anchor"]?.stringValue == name { return place }
            for member in members where !["enum", "const", "default", "examples"].contains(member.name) {
                if let found = anchored(name, place.child(member.name, member.value)) { return found }
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                if let found = anchored(name, place.child(String(index), element)) { return found }
            }
        default: break
        }
        return nil
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
