extension JSONSchemaCompiler {
    private static let mostPatterns = 4

    /// Declared members in the order in which the schema names them, then those that are only required, then others.
    mutating func object(_ facts: JSONSchemaFacts.Objects) throws(ConstraintError) -> GrammarExpression {
        guard facts.least <= facts.most ?? .max else { return .nothing }
        let declared = Self.declaredNames(facts)
        var members: [MemberList.Member] = []
        for name in declared {
            let isRequired = facts.required.contains { $0.utf8.elementsEqual(name.utf8) }
            guard try acceptsName(name, facts) else {
                if isRequired { return .nothing }
                continue
            }
            let value = try expression(try places(ofMember: name, facts))
            members.append(
                .init(
                    expression: member(named: .bytes(JSONStringLanguage.canonicalBytes(name)), value),
                    isRequired: isRequired))
        }
        var list = MemberList(members: members, separator: .sequence([.text(","), blank]))
        if mayHaveOthers(facts) { list.rest = try others(facts, except: declared) }
        // Two of the other members might have the same name, and so be one.
        if facts.least > max(1, facts.required.count) {
            guard members.count >= facts.least else {
                throw .invalidSchema(
                    path: facts.shapes.first?.others?.pointer ?? "",
                    message:
                        "minProperties is \(facts.least), but only \(members.count) members are declared; declare more")
            }
            list.rest = nil
        }
        list.atMost = facts.most
        let mayBeEmpty = facts.least == 0 && !members.contains(where: \.isRequired)
        list.atLeast = max(1, facts.least)
        if list.atMost == 0 || members.isEmpty && list.rest == nil {
            return mayBeEmpty ? .text("{}") : .nothing
        }
        return bracketed("{", .members(list), "}", isOptional: mayBeEmpty)
    }

    private func member(named name: GrammarExpression, _ value: GrammarExpression) -> GrammarExpression {
        .sequence([JSONStringLanguage.quoted(name), .text(":"), space, value])
    }

    /// Names that some schema declares, and those that are required, in their order.
    static func declaredNames(_ facts: JSONSchemaFacts.Objects) -> [String] {
        var names = JSONObject()
        for shape in facts.shapes { for (name, _) in shape.declared where names[name] == nil { names[name] = .null } }
        for name in facts.required where names[name] == nil { names[name] = .null }
        return names.map(\.name)
    }

    /// The schemas of a member.
    func places(
        ofMember name: String, _ facts: JSONSchemaFacts.Objects
    ) throws(ConstraintError) -> [JSONSchemaPlace] {
        var places: [JSONSchemaPlace] = []
        for shape in facts.shapes {
            var own = shape.declared.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.place)
            for pattern in shape.patterns where try matches(name, pattern) { own.append(pattern.place) }
            places += own.isEmpty ? [shape.others].compactMap { $0 } : own
        }
        return places
    }

    private func matches(
        _ name: String, _ pattern: (source: String, place: JSONSchemaPlace)
    ) throws(ConstraintError) -> Bool {
        var budget = AutomatonBudget(.jsonSchema)
        return try Self.language(of: pattern.source, isSearch: true, pattern.place.pointer, &budget)
            .accepts(JSONStringLanguage.canonicalBytes(name))
    }

    private func acceptsName(_ name: String, _ facts: JSONSchemaFacts.Objects) throws(ConstraintError) -> Bool {
        for place in facts.names where try !accepts(.string(name), [place]) { return false }
        return true
    }

    /// Whether members that no schema declares are written: where one says so, or none declares any.
    private func mayHaveOthers(_ facts: JSONSchemaFacts.Objects) -> Bool {
        options.allowsUndeclaredMembers || facts.shapes.allSatisfy { $0.declared.isEmpty }
            || facts.shapes.contains { $0.others != nil || !$0.patterns.isEmpty }
    }

    /// Any of the members that aren't declared: by the patterns that their names match, since those decide their schemas.
    private mutating func others(
        _ facts: JSONSchemaFacts.Objects, except declared: [String]
    ) throws(ConstraintError) -> GrammarExpression? {
        var names = try ByteAutomaton(JSONStringLanguage.canonicalText, &budget)
        if !declared.isEmpty {
            let taken = ByteAutomaton(strings: declared.map(JSONStringLanguage.canonicalBytes))
            names = try names.subtracting(taken, &budget)
        }
        for place in facts.names {
            names = try names.intersection(nameLanguage(place), &budget)
        }
        let patterns = facts.shapes.flatMap(\.patterns)
        guard patterns.count <= Self.mostPatterns else {
            throw .tooLarge(.jsonSchema, what: "patterns of members' names", limit: Self.mostPatterns)
        }
        var languages: [ByteAutomaton] = []
        for (source, place) in patterns {
            languages.append(try Self.language(of: source, isSearch: true, place.pointer, &budget))
        }
        var alternatives: [GrammarExpression] = []
        for matched in 0..<1 << patterns.count {
            var group = names
            for (index, language) in languages.enumerated() {
                group =
                    matched >> index & 1 == 1
                    ? try group.intersection(language, &budget) : try group.subtracting(language, &budget)
            }
            guard !group.isEmpty else { continue }
            let places = places(ofOthers: matched, facts)
            guard !places.contains(where: { $0.schema == .boolean(false) }) else { continue }
            // Where nobody says what members without a pattern are, they aren't written unless that was asked for.
            if matched == 0, !patterns.isEmpty, !options.allowsUndeclaredMembers,
                facts.shapes.allSatisfy({ $0.others == nil })
            {
                continue
            }
            let name = shared("name", .automaton(group))
            alternatives.append(member(named: name, try expression(places)))
        }
        return alternatives.isEmpty ? nil : shared("member", .choice(alternatives))
    }

    /// - Parameter matched: the patterns that a name matches, a bit for each, lowest first.
    private func places(ofOthers matched: Int, _ facts: JSONSchemaFacts.Objects) -> [JSONSchemaPlace] {
        var places: [JSONSchemaPlace] = []
        var index = 0
        for shape in facts.shapes {
            var own: [JSONSchemaPlace] = []
            for pattern in shape.patterns {
                if matched >> index & 1 == 1 { own.append(pattern.place) }
                index += 1
            }
            places += own.isEmpty ? [shape.others].compactMap { $0 } : own
        }
        return places
    }

    /// The names that a schema of names allows.
    private mutating func nameLanguage(_ place: JSONSchemaPlace) throws(ConstraintError) -> ByteAutomaton {
        var alternatives: [GrammarExpression] = []
        for facts in try reader.ways([place]) where facts.kinds.contains(.string) {
            if let values = facts.values {
                var texts: [[UInt8]] = []
                for value in values {
                    guard let text = value.stringValue, try accepts(value, facts) else { continue }
                    texts.append(JSONStringLanguage.canonicalBytes(text))
                }
                alternatives.append(.strings(texts))
            } else {
                alternatives.append(.automaton(try language(facts.strings)))
            }
        }
        return try ByteAutomaton(.choice(alternatives), &budget)
    }
}
