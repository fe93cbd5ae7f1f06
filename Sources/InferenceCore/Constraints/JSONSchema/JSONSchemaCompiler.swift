/// Writes the grammar of the JSON texts that satisfy a schema.
struct JSONSchemaCompiler {
    let reader: JSONSchemaReader
    let options: JSONSchemaOptions
    var budget = AutomatonBudget(.jsonSchema)
    private(set) var rules: [Grammar.Rule] = []
    /// Rules by the schemas that hold together in them.
    private var known: [[String]: Int] = [:]
    /// Rules by what they read: equal ones share their states, and so their masks.
    private var equal: [GrammarExpression: Int] = [:]
    private var depth = 0

    private static let mostRules = 3000
    /// Schemas that stand in each other.
    private static let deepest = 150

    private init(_ document: JSONValue, _ options: JSONSchemaOptions) {
        reader = JSONSchemaReader(document: document)
        self.options = options
    }

    /// For judging values by what a reader reads.
    init(judging reader: JSONSchemaReader) {
        self.reader = reader
        options = JSONSchemaOptions()
    }

    /// - Throws: ``ConstraintError`` that names the keyword and its place.
    static func grammar(_ document: JSONValue, _ options: JSONSchemaOptions) throws(ConstraintError) -> Grammar {
        var compiler = JSONSchemaCompiler(document, options)
        compiler.rules.append(.init(name: "schema", expression: .nothing))
        compiler.rules[0].expression = try compiler.expression([JSONSchemaPlace(schema: document, pointer: "")])
        return Grammar(notation: .jsonSchema, rules: compiler.rules)
    }

    /// What satisfies some schemas that hold together.
    mutating func expression(_ places: [JSONSchemaPlace]) throws(ConstraintError) -> GrammarExpression {
        let demands = places.filter { $0.schema != .boolean(true) && $0.schema != .object([:]) }
        let key = Set(demands.map(\.pointer)).sorted()
        if let rule = known[key] { return .rule(rule) }
        guard rules.count < Self.mostRules else {
            throw .tooLarge(.jsonSchema, what: "schemas", limit: Self.mostRules)
        }
        guard depth < Self.deepest else {
            throw .invalidSchema(
                path: demands.last?.pointer ?? "", message: "schemas nest deeper than \(Self.deepest) levels")
        }
        let rule = rules.count
        known[key] = rule
        rules.append(.init(name: key.first ?? "anything", expression: .nothing))
        depth += 1
        let expression = GrammarExpression.choice(try alternatives(demands))
        depth -= 1
        rules[rule].expression = expression
        if let same = equal[expression] {
            rules[rule].expression = .rule(same)
            rules[rule].isInlined = true
        } else {
            equal[expression] = rule
            rules[rule].isInlined = Self.isSmall(expression)
        }
        return .rule(rule)
    }

    /// Whether a rule is so small that calling it would cost more than it saves.
    private static func isSmall(_ expression: GrammarExpression) -> Bool {
        switch expression {
        case .bytes: true
        case .automaton(let automaton): automaton.nodes.count <= 40
        case .choice(let parts): parts.count <= 3 && parts.allSatisfy(isSmall)
        // One of the rules that follow below, which are called.
        case .rule: true
        default: false
        }
    }

    private mutating func alternatives(_ places: [JSONSchemaPlace]) throws(ConstraintError) -> [GrammarExpression] {
        var alternatives: [GrammarExpression] = []
        for facts in try reader.ways(places) {
            if let values = facts.values {
                var texts: [[UInt8]] = []
                for value in values where try accepts(value, facts) {
                    texts.append(Array(value.writtenCanonically.utf8))
                }
                if !texts.isEmpty { alternatives.append(.strings(texts)) }
            } else {
                alternatives += try self.alternatives(facts)
            }
        }
        // Alternatives often share a kind: it's read once.
        var unique: [GrammarExpression] = []
        var seen: Set<GrammarExpression> = []
        for alternative in alternatives where seen.insert(alternative).inserted { unique.append(alternative) }
        return unique
    }

    private mutating func alternatives(_ facts: JSONSchemaFacts) throws(ConstraintError) -> [GrammarExpression] {
        var alternatives: [GrammarExpression] = []
        if facts.kinds.contains(.object) { alternatives.append(try object(facts.objects)) }
        if facts.kinds.contains(.array) { alternatives.append(try array(facts.arrays)) }
        if facts.kinds.contains(.string) { alternatives.append(try string(facts.strings)) }
        if facts.kinds.contains(.integer) { alternatives.append(try number(facts.numbers, kinds: facts.kinds)) }
        if facts.kinds.contains(.boolean) { alternatives += [.text("true"), .text("false")] }
        if facts.kinds.contains(.null) { alternatives.append(.text("null")) }
        return alternatives
    }

    /// A rule of its own, the same one for equal expressions.
    mutating func shared(_ name: String, _ expression: GrammarExpression) -> GrammarExpression {
        if let rule = equal[expression] { return .rule(rule) }
        equal[expression] = rules.count
        rules.append(.init(name: name, expression: expression))
        return .rule(rules.count - 1)
    }

    /// Between brackets, separators and what they stand around.
    var blank: GrammarExpression {
        switch options.whitespace {
        case .none: .empty
        case .bounded:
            .optional(
                .choice([
                    .text(" "), .sequence([.text("\n"), .repetition(.text(" "), atLeast: 0, atMost: 20)]),
                ]))
        }
    }

    /// Behind a colon.
    var space: GrammarExpression {
        options.whitespace == .none ? .empty : .optional(.text(" "))
    }
}

// MARK: - Strings and numbers

extension JSONSchemaCompiler {
    private mutating func string(_ facts: JSONSchemaFacts.Strings) throws(ConstraintError) -> GrammarExpression {
        guard !facts.isFree else {
            return shared("string", JSONStringLanguage.quoted(.any(JSONStringLanguage.character)))
        }
        guard !facts.patterns.isEmpty else {
            guard facts.least <= facts.most ?? .max else { return .nothing }
            return shared(
                "string",
                JSONStringLanguage.quoted(
                    .repetition(JSONStringLanguage.character, atLeast: facts.least, atMost: facts.most)))
        }
        return shared("string", JSONStringLanguage.quoted(.automaton(try language(facts))))
    }

    /// The strings between quotation marks, each written in one way only.
    mutating func language(_ facts: JSONSchemaFacts.Strings) throws(ConstraintError) -> ByteAutomaton {
        guard facts.least <= facts.most ?? .max else { return .nothing }
        let length = GrammarExpression.repetition(
            JSONStringLanguage.canonical(.all), atLeast: facts.least, atMost: facts.most)
        var language = try ByteAutomaton(length, &budget)
        for pattern in facts.patterns {
            language = try language.intersection(
                Self.language(of: pattern.source, isSearch: pattern.isSearch, pattern.pointer, &budget), &budget)
        }
        return language
    }

    static func language(
        of source: String, isSearch: Bool, _ pointer: String, _ budget: inout AutomatonBudget
    ) throws(ConstraintError) -> ByteAutomaton {
        let expression: GrammarExpression
        do throws(ConstraintError) {
            expression = try RegularExpression(source).grammar(
                isSearch: isSearch, encode: JSONStringLanguage.canonical)
        } catch {
            throw .invalidSchema(path: pointer, message: error.description)
        }
        return try ByteAutomaton(expression, &budget)
    }

    private mutating func number(
        _ facts: JSONSchemaFacts.Numbers, kinds: Set<JSONSchemaKind>
    ) throws(ConstraintError) -> GrammarExpression {
        let isWhole = !kinds.contains(.fraction)
        if facts.isFree {
            return shared("number", isWhole ? NumberLanguage.anyInteger : NumberLanguage.anyNumber)
        }
        var numbers =
            isWhole
            ? NumberLanguage.integers(facts.low, facts.high)
            : try NumberLanguage.numbers(facts.low, facts.high, &budget)
        for (number, pointer) in facts.multiples {
            guard let multiples = NumberLanguage.multiples(of: number) else {
                throw .invalidSchema(path: pointer, message: "expected a number of at most four digits")
            }
            numbers = .automaton(try ByteAutomaton(numbers, &budget).intersection(multiples, &budget))
        }
        return shared("number", numbers)
    }
}

// MARK: - Arrays

extension JSONSchemaCompiler {
    private mutating func array(_ facts: JSONSchemaFacts.Arrays) throws(ConstraintError) -> GrammarExpression {
        let most = facts.most ?? .max
        guard facts.least <= most else { return .nothing }
        let separator = GrammarExpression.sequence([.text(","), blank])
        let count = min(facts.shapes.map(\.first.count).max() ?? 0, most)
        guard count <= 1000 else { throw .tooLarge(.jsonSchema, what: "schemas of first items", limit: 1000) }
        var rest = GrammarExpression.empty
        if most > count {
            let other = try item(at: count, facts)
            let least = max(0, facts.least - max(count, 1))
            let tail = GrammarExpression.repetition(
                .sequence([separator, other]), atLeast: least,
                atMost: facts.most.map { max(0, $0 - max(count, 1)) })
            rest = count == 0 ? .sequence([other, tail]) : tail
            if count == 0, facts.least == 0 { rest = .optional(rest) }
        }
        for index in (0..<count).reversed() {
            var item = GrammarExpression.sequence([try item(at: index, facts), rest])
            if index > 0 { item = .sequence([separator, item]) }
            rest = index < facts.least ? item : .optional(item)
        }
        if case .repetition(let content, 0, 1) = rest {
            return bracketed("[", content, "]", isOptional: true)
        }
        return rest == .empty ? .text("[]") : bracketed("[", rest, "]", isOptional: false)
    }

    private mutating func item(
        at index: Int, _ facts: JSONSchemaFacts.Arrays
    ) throws(ConstraintError) -> GrammarExpression {
        try expression(JSONSchemaReader.places(ofItem: index, facts))
    }

    /// Something between brackets, with blanks around it.
    func bracketed(
        _ open: String, _ content: GrammarExpression, _ close: String, isOptional: Bool
    ) -> GrammarExpression {
        let inner = GrammarExpression.sequence([blank, content, blank])
        return .sequence([.text(open), isOptional ? .optional(inner) : inner, .text(close)])
    }
}

extension JSONSchemaReader {
    /// The schemas of an item: of each set of them its own, or that of the others.
    static func places(ofItem index: Int, _ facts: JSONSchemaFacts.Arrays) -> [JSONSchemaPlace] {
        facts.shapes.compactMap { $0.first.indices.contains(index) ? $0.first[index] : $0.others }
    }
}
