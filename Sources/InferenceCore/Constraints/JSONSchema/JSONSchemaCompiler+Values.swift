/// Whether values that a schema lists satisfy what else it demands.
extension JSONSchemaCompiler {
    func accepts(_ value: JSONValue, _ places: [JSONSchemaPlace]) throws(ConstraintError) -> Bool {
        for facts in try reader.ways(places) where try accepts(value, facts) { return true }
        return false
    }

    func accepts(_ value: JSONValue, _ facts: JSONSchemaFacts) throws(ConstraintError) -> Bool {
        guard facts.kinds.contains(JSONSchemaKind(value)) else { return false }
        if let values = facts.values, !values.contains(where: { $0.isSameValue(as: value) }) { return false }
        switch value {
        case .null, .boolean: return true
        case .integer, .double: return accepts(value, facts.numbers)
        case .string(let text): return try accepts(text, facts.strings)
        case .array(let items):
            guard items.count >= facts.arrays.least, items.count <= facts.arrays.most ?? .max else { return false }
            for (index, item) in items.enumerated() {
                guard try accepts(item, JSONSchemaReader.places(ofItem: index, facts.arrays)) else { return false }
            }
            return true
        case .object(let members): return try accepts(members, facts.objects)
        }
    }

    private func accepts(_ value: JSONValue, _ facts: JSONSchemaFacts.Numbers) -> Bool {
        guard let number = DecimalNumber(value) else { return false }
        if let low = facts.low, number < low.value || low.isExclusive && number == low.value { return false }
        if let high = facts.high, number > high.value || high.isExclusive && number == high.value { return false }
        return facts.multiples.allSatisfy { number.magnitude.isMultiple(of: $0.number) }
    }

    private func accepts(_ text: String, _ facts: JSONSchemaFacts.Strings) throws(ConstraintError) -> Bool {
        let count = text.unicodeScalars.count
        guard count >= facts.least, count <= facts.most ?? .max else { return false }
        var budget = AutomatonBudget(.jsonSchema)
        for pattern in facts.patterns {
            let language = try Self.language(
                of: pattern.source, isSearch: pattern.isSearch, pattern.pointer, &budget)
            guard language.accepts(JSONStringLanguage.canonicalBytes(text)) else { return false }
        }
        return true
    }

    private func accepts(_ members: JSONObject, _ facts: JSONSchemaFacts.Objects) throws(ConstraintError) -> Bool {
        guard members.count >= facts.least, members.count <= facts.most ?? .max,
            facts.required.allSatisfy({ members[$0] != nil })
        else { return false }
        for member in members {
            for place in facts.names where try !accepts(.string(member.name), [place]) { return false }
            guard try accepts(member.value, try places(ofMember: member.name, facts)) else { return false }
        }
        return true
    }
}
