/// Whether the branches of `oneOf` exclude each other: then one of them holds exactly where any of them does.
extension JSONSchemaReader {
    /// - Throws: ``ConstraintError/invalidSchema(path:message:)`` where two branches might hold at once.
    func checkDisjoint(_ branches: [JSONSchemaPlace], _ pointer: String) throws(ConstraintError) {
        var ways: [[JSONSchemaFacts]] = []
        for branch in branches { ways.append(try self.ways([branch])) }
        for later in ways.indices {
            for earlier in 0..<later {
                guard try areDisjoint(ways[earlier], ways[later], depth: 0) else {
                    throw .invalidSchema(
                        path: pointer,
                        message: "branches \(earlier) and \(later) can't be told apart, so both might hold; use anyOf")
                }
            }
        }
    }

    /// Members in members that are looked at.
    private static let deepest = 3

    private func areDisjoint(
        _ first: [JSONSchemaFacts], _ second: [JSONSchemaFacts], depth: Int
    ) throws(ConstraintError) -> Bool {
        for left in first {
            for right in second where try !areDisjoint(left, right, depth: depth) { return false }
        }
        return true
    }

    private func areDisjoint(
        _ left: JSONSchemaFacts, _ right: JSONSchemaFacts, depth: Int
    ) throws(ConstraintError) -> Bool {
        let shared = left.kinds.intersection(right.kinds)
        if let values = left.values ?? right.values {
            for value in values where try holds(value, left, right) { return false }
            return true
        }
        for kind in shared {
            switch kind {
            case .null, .boolean, .array: return false
            case .integer, .fraction:
                guard areDisjoint(left.numbers, right.numbers) else { return false }
            case .string:
                guard try areDisjoint(left.strings, right.strings) else { return false }
            case .object:
                guard depth < Self.deepest, try areDisjoint(left.objects, right.objects, depth: depth) else {
                    return false
                }
            }
        }
        return true
    }

    /// Whether a value satisfies both.
    private func holds(
        _ value: JSONValue, _ first: JSONSchemaFacts, _ second: JSONSchemaFacts
    ) throws(ConstraintError) -> Bool {
        let judge = JSONSchemaCompiler(judging: self)
        guard try judge.accepts(value, first) else { return false }
        return try judge.accepts(value, second)
    }

    private func areDisjoint(_ left: JSONSchemaFacts.Numbers, _ right: JSONSchemaFacts.Numbers) -> Bool {
        func isBelow(_ high: NumberLanguage.Bound?, _ low: NumberLanguage.Bound?) -> Bool {
            guard let high, let low else { return false }
            return high.value < low.value || high.value == low.value && (high.isExclusive || low.isExclusive)
        }
        return isBelow(left.high, right.low) || isBelow(right.high, left.low)
    }

    private func areDisjoint(
        _ left: JSONSchemaFacts.Strings, _ right: JSONSchemaFacts.Strings
    ) throws(ConstraintError) -> Bool {
        if left.most ?? .max < right.least || right.most ?? .max < left.least { return true }
        guard !left.isFree, !right.isFree else { return false }
        var judge = JSONSchemaCompiler(judging: self)
        let (first, second) = (try judge.language(left), try judge.language(right))
        return try first.intersection(second, &judge.budget).isEmpty
    }

    /// Objects exclude each other where a member that both must have does, or one demands what the other forbids.
    private func areDisjoint(
        _ left: JSONSchemaFacts.Objects, _ right: JSONSchemaFacts.Objects, depth: Int
    ) throws(ConstraintError) -> Bool {
        let judge = JSONSchemaCompiler(judging: self)
        for (one, other) in [(left, right), (right, left)] {
            for name in one.required {
                let there = try judge.places(ofMember: name, other)
                if there.contains(where: { $0.schema == .boolean(false) }) { return true }
                guard other.required.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { continue }
                let here = try judge.places(ofMember: name, one)
                if try areDisjoint(ways(here), ways(there), depth: depth + 1) { return true }
            }
        }
        return false
    }
}
