/// Reads schemas: turns the keywords of some that hold together into facts, one set of facts for each way to choose among
/// their alternatives.
struct JSONSchemaReader {
    let document: JSONValue

    /// Ways to choose among alternatives, and schemas that hold together, at most.
    static let mostWays = 500
    private static let mostSchemas = 2000

    /// What is being read: facts so far, schemas that are still to be read, groups of alternatives still to be chosen from.
    private struct Reading {
        var facts = JSONSchemaFacts()
        var waiting: [JSONSchemaPlace]
        var seen: Set<String> = []
        var groups: [Group] = []
    }

    private struct Group {
        var branches: [JSONSchemaPlace]
        /// Whether only one of the branches may hold.
        var isExclusive: Bool
        var pointer: String
    }

    /// The facts of schemas that hold together: any of the sets has to be met.
    /// - Throws: ``ConstraintError`` for keywords that aren't supported, and for values that they can't have.
    func ways(_ places: [JSONSchemaPlace]) throws(ConstraintError) -> [JSONSchemaFacts] {
        var found: [JSONSchemaFacts] = []
        var open = [Reading(waiting: places.reversed())]
        while var reading = open.popLast() {
            guard try read(&reading) else { continue }
            guard !reading.groups.isEmpty else {
                found.append(reading.facts)
                continue
            }
            let group = reading.groups.removeFirst()
            if group.isExclusive { try checkDisjoint(group.branches, group.pointer) }
            for branch in group.branches.reversed() {
                var choice = reading
                choice.waiting = [branch]
                open.append(choice)
            }
            guard open.count + found.count <= Self.mostWays else {
                throw .tooLarge(.jsonSchema, what: "ways to choose among alternatives", limit: Self.mostWays)
            }
        }
        return found
    }

    /// Reads all that waits.
    /// - Returns: whether anything can satisfy it.
    private func read(_ reading: inout Reading) throws(ConstraintError) -> Bool {
        while let place = reading.waiting.popLast() {
            guard reading.seen.insert(place.pointer).inserted else { continue }
            guard reading.seen.count <= Self.mostSchemas else {
                throw .tooLarge(.jsonSchema, what: "schemas that hold together", limit: Self.mostSchemas)
            }
            switch place.schema {
            case .boolean(true): continue
            case .boolean(false): return false
            case .object(let keywords):
                try checkNames(keywords, place)
                for member in keywords {
                    guard let keyword = JSONSchemaKeyword(rawValue: member.name) else { continue }
                    try read(keyword, place.child(member.name, member.value), &reading)
                }
                try readShapes(keywords, place, &reading.facts)
            default:
                throw .invalidSchema(path: place.pointer, message: "expected an object or a boolean")
            }
        }
        return true
    }

    private func checkNames(_ keywords: JSONObject, _ place: JSONSchemaPlace) throws(ConstraintError) {
        for member in keywords {
            let isElsewhere = member.name == "$id" && !place.pointer.isEmpty
            if isElsewhere || JSONSchemaKeyword.unsupported.contains(member.name) {
                throw .unsupportedKeyword(member.name, path: place.child(member.name, member.value).pointer)
            }
        }
    }

    /// One keyword but those that say what items and members are.
    /// - Parameter value: of the keyword.
    private func read(
        _ keyword: JSONSchemaKeyword, _ value: JSONSchemaPlace, _ reading: inout Reading
    ) throws(ConstraintError) {
        switch keyword {
        case .reference:
            reading.waiting.append(try resolve(value))
        case .allOf:
            reading.waiting += try schemas(value).reversed()
        case .anyOf, .oneOf:
            reading.groups.append(
                Group(branches: try schemas(value), isExclusive: keyword == .oneOf, pointer: value.pointer))
        case .type:
            reading.facts.kinds.formIntersection(try kinds(value))
        case .enum:
            guard let values = value.schema.arrayValue else { throw expected("an array", value) }
            reading.facts.restrict(to: values)
        case .const:
            reading.facts.restrict(to: [value.schema])
        case .minimum:
            reading.facts.numbers.raise(to: .init(value: try number(value), isExclusive: false))
        case .exclusiveMinimum:
            reading.facts.numbers.raise(to: .init(value: try number(value), isExclusive: true))
        case .maximum:
            reading.facts.numbers.lower(to: .init(value: try number(value), isExclusive: false))
        case .exclusiveMaximum:
            reading.facts.numbers.lower(to: .init(value: try number(value), isExclusive: true))
        case .multipleOf:
            let factor = try number(value)
            guard factor > .zero else { throw expected("a number above 0", value) }
            reading.facts.numbers.multiples.append((factor, value.pointer))
        case .minLength:
            reading.facts.strings.least = max(reading.facts.strings.least, try count(value))
        case .maxLength:
            reading.facts.strings.most = min(reading.facts.strings.most ?? .max, try count(value))
        case .pattern:
            guard let source = value.schema.stringValue else { throw expected("a string", value) }
            reading.facts.strings.patterns.append((source, true, value.pointer))
        case .format:
            guard let name = value.schema.stringValue else { throw expected("a string", value) }
            if let source = JSONSchemaFormat.expression(name) {
                reading.facts.strings.patterns.append((source, false, value.pointer))
            }
        case .minItems:
            reading.facts.arrays.least = max(reading.facts.arrays.least, try count(value))
        case .maxItems:
            reading.facts.arrays.most = min(reading.facts.arrays.most ?? .max, try count(value))
        case .uniqueItems:
            guard value.schema == .boolean(false) else {
                throw .unsupportedKeyword("uniqueItems", path: value.pointer)
            }
        case .minProperties:
            reading.facts.objects.least = max(reading.facts.objects.least, try count(value))
        case .maxProperties:
            reading.facts.objects.most = min(reading.facts.objects.most ?? .max, try count(value))
        case .required:
            guard let names = value.schema.arrayValue else { throw expected("an array of strings", value) }
            for name in names {
                guard let text = name.stringValue else { throw expected("an array of strings", value) }
                if !reading.facts.objects.required.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
                    reading.facts.objects.required.append(text)
                }
            }
        case .propertyNames:
            reading.facts.objects.names.append(value)
        case .properties, .patternProperties, .additionalProperties, .items, .prefixItems, .definitions, .anchor,
            .formerDefinitions:
            break
        }
    }

    private func readShapes(
        _ keywords: JSONObject, _ place: JSONSchemaPlace, _ facts: inout JSONSchemaFacts
    ) throws(ConstraintError) {
        func child(_ keyword: JSONSchemaKeyword) -> JSONSchemaPlace? {
            keywords[keyword.rawValue].map { place.child(keyword.rawValue, $0) }
        }
        let first = child(.prefixItems)
        let items = child(.items)
        if let items, items.schema.arrayValue != nil {
            throw .invalidSchema(path: items.pointer, message: "expected a schema; use prefixItems for several")
        }
        if first != nil || items != nil {
            var places: [JSONSchemaPlace] = []
            if let first { places = try schemas(first) }
            facts.arrays.shapes.append(.init(first: places, others: items))
        }
        var shape = JSONSchemaFacts.Objects.Shape()
        if let properties = child(.properties) {
            guard let members = properties.schema.objectValue else { throw expected("an object", properties) }
            shape.declared = members.map { ($0.name, properties.child($0.name, $0.value)) }
        }
        if let patterns = child(.patternProperties) {
            guard let members = patterns.schema.objectValue else { throw expected("an object", patterns) }
            shape.patterns = members.map { ($0.name, patterns.child($0.name, $0.value)) }
        }
        shape.others = child(.additionalProperties)
        if !shape.declared.isEmpty || !shape.patterns.isEmpty || shape.others != nil {
            facts.objects.shapes.append(shape)
        }
    }
}

// MARK: - Values of keywords

extension JSONSchemaReader {
    private func expected(_ what: String, _ value: JSONSchemaPlace) -> ConstraintError {
        .invalidSchema(path: value.pointer, message: "expected \(what)")
    }

    private func schemas(_ value: JSONSchemaPlace) throws(ConstraintError) -> [JSONSchemaPlace] {
        guard let schemas = value.schema.arrayValue, !schemas.isEmpty else {
            throw expected("an array of schemas", value)
        }
        return schemas.enumerated().map { value.child(String($0.offset), $0.element) }
    }

    private func number(_ value: JSONSchemaPlace) throws(ConstraintError) -> DecimalNumber {
        guard let number = DecimalNumber(value.schema) else { throw expected("a number", value) }
        return number
    }

    private func count(_ value: JSONSchemaPlace) throws(ConstraintError) -> Int {
        switch value.schema {
        case .integer(let count) where count >= 0: return count
        case .double(let count) where count >= 0 && count == count.rounded() && count < 1e15: return Int(count)
        default: throw expected("a whole number that isn't negative", value)
        }
    }

    private func kinds(_ value: JSONSchemaPlace) throws(ConstraintError) -> Set<JSONSchemaKind> {
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
    private func resolve(_ value: JSONSchemaPlace) throws(ConstraintError) -> JSONSchemaPlace {
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

extension JSONSchemaFacts {
    mutating func restrict(to values: [JSONValue]) {
        self.values = self.values?.filter { old in values.contains { $0.isSameValue(as: old) } } ?? values
    }
}

extension JSONValue {
    /// Equality as JSON Schema has it: 1 and 1.0 are the same number, and members have no order.
    func isSameValue(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.integer, .double), (.double, .integer):
            return DecimalNumber(self) == DecimalNumber(other)
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isSameValue(as: $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count
                && left.allSatisfy { member in right[member.name].map { member.value.isSameValue(as: $0) } ?? false }
        default: return self == other
        }
    }
}
