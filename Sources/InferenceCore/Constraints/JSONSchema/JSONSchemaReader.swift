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
