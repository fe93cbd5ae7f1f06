/// Rules that call themselves before anything is read.
///
/// `sum ::= sum "+" product | product` reads what `sum ::= product ("+" product)*` reads: whatever a rule may begin with
/// besides itself, and then what follows itself in the other alternatives, any number of times. Rules that reach
/// themselves over others take the others' alternatives in first (Paull's algorithm, as in Aho et al., "Compilers").
extension Grammar {
    /// Bigger expressions aren't made to turn a recursion round.
    private static let largest = 20_000

    /// Turns left recursion into repetition where that is possible. What remains is found when the rules are joined.
    mutating func turnLeftRecursion() throws(ConstraintError) {
        for group in leftRecursiveGroups() {
            for (place, rule) in group.enumerated() {
                for earlier in group[..<place] {
                    let body = rules[earlier].expression
                    rules[rule].expression = try replacingLeading(
                        earlier, in: rules[rule].expression, with: body, rule)
                }
                try turnDirectRecursion(rule)
            }
        }
    }

    private mutating func turnDirectRecursion(_ rule: Int) throws(ConstraintError) {
        let parts = try split(rules[rule].expression, at: rule, rule)
        let tails = parts.tails.filter { $0 != .empty }
        guard !parts.tails.isEmpty else { return }
        let rest = GrammarExpression.choice(parts.rest)
        rules[rule].expression = tails.isEmpty ? rest : .sequence([rest, .any(.choice(tails))])
        if size(of: rules[rule].expression, limit: Self.largest) > Self.largest {
            throw .leftRecursion(rule: rules[rule].name)
        }
    }

    /// What follows the rule in alternatives that begin with it, and the other alternatives.
    private func split(
        _ expression: GrammarExpression, at rule: Int, _ owner: Int
    ) throws(ConstraintError) -> (tails: [GrammarExpression], rest: [GrammarExpression]) {
        guard leadingRules(of: expression).contains(rule) else { return ([], [expression]) }
        switch expression {
        case .rule: return ([.empty], [])
        case .choice(let alternatives):
            var (tails, rest): ([GrammarExpression], [GrammarExpression]) = ([], [])
            for alternative in alternatives {
                let parts = try split(alternative, at: rule, owner)
                tails += parts.tails
                rest += parts.rest
            }
            return (tails, rest)
        case .sequence(let parts):
            return try split(parts[...], at: rule, owner)
        case .repetition(let repeated, let least, let most):
            guard !isNullable(repeated), most != 0 else { throw .leftRecursion(rule: rules[owner].name) }
            // Once, and then the others; or not at all.
            let others = GrammarExpression.repetition(
                repeated, atLeast: max(0, least - 1), atMost: most.map { $0 - 1 })
            var parts = try split(.sequence([repeated, others]), at: rule, owner)
            if least == 0 { parts.rest.append(.empty) }
            return parts
        case .bytes, .scalar, .automaton, .members:
            throw .leftRecursion(rule: rules[owner].name)
        }
    }

    private func split(
        _ parts: ArraySlice<GrammarExpression>, at rule: Int, _ owner: Int
    ) throws(ConstraintError) -> (tails: [GrammarExpression], rest: [GrammarExpression]) {
        guard let first = parts.first else { return ([], [.empty]) }
        let others = Array(parts.dropFirst())
        let head = try split(first, at: rule, owner)
        func followed(_ expression: GrammarExpression) -> GrammarExpression {
            expression == .empty && !others.isEmpty
                ? (others.count == 1 ? others[0] : .sequence(others))
                : others.isEmpty
                    ? expression
                    : .sequence([expression] + others)
        }
        var rest: [GrammarExpression] = []
        var tails = head.tails.map(followed)
        for alternative in head.rest {
            guard alternative == .empty || isNullable(alternative) else {
                rest.append(followed(alternative))
                continue
            }
            guard leadingRules(of: .sequence(others)).contains(rule) else {
                rest.append(followed(alternative))
                continue
            }
            // Behind something that may be empty the rule may come first as well: only for what is certainly empty.
            guard alternative == .empty else { throw .leftRecursion(rule: rules[owner].name) }
            let later = try split(others[...], at: rule, owner)
            tails += later.tails
            rest += later.rest
        }
        return (tails, rest)
    }

    /// The expression with the rule's own written out where it may come first.
    private func replacingLeading(
        _ rule: Int, in expression: GrammarExpression, with body: GrammarExpression, _ owner: Int
    ) throws(ConstraintError) -> GrammarExpression {
        guard leadingRules(of: expression).contains(rule) else { return expression }
        let parts = try split(expression, at: rule, owner)
        let replaced = parts.tails.map { $0 == .empty ? body : GrammarExpression.sequence([body, $0]) }
        return .choice(replaced + parts.rest)
    }
}

// MARK: - What comes first

extension Grammar {
    /// Groups of rules that can reach each other, or themselves, before anything is read.
    private func leftRecursiveGroups() -> [[Int]] {
        let leading = rules.map { leadingRules(of: $0.expression) }
        var reach = leading
        var isChanged = true
        while isChanged {
            isChanged = false
            for rule in rules.indices {
                let further = reach[rule].reduce(into: reach[rule]) { $0.formUnion(reach[$1]) }
                if further.count > reach[rule].count {
                    reach[rule] = further
                    isChanged = true
                }
            }
        }
        var (groups, isTaken) = ([[Int]](), Set<Int>())
        for rule in rules.indices where reach[rule].contains(rule) && !isTaken.contains(rule) {
            let group = rules.indices.filter { $0 == rule || reach[rule].contains($0) && reach[$0].contains(rule) }
            isTaken.formUnion(group)
            groups.append(group)
        }
        return groups
    }

    /// Rules that may be called before anything is read.
    private func leadingRules(of expression: GrammarExpression) -> Set<Int> {
        switch expression {
        case .bytes, .scalar, .automaton: return []
        case .rule(let rule): return [rule]
        case .choice(let alternatives):
            return alternatives.reduce(into: []) { $0.formUnion(leadingRules(of: $1)) }
        case .repetition(let repeated, _, let most): return most == 0 ? [] : leadingRules(of: repeated)
        case .sequence(let parts):
            var found: Set<Int> = []
            for part in parts {
                found.formUnion(leadingRules(of: part))
                if !isNullable(part) { break }
            }
            return found
        case .members(let list):
            var found: Set<Int> = []
            for member in list.members {
                found.formUnion(leadingRules(of: member.expression))
                if member.isRequired { return found }
            }
            return list.rest.map { found.union(leadingRules(of: $0)) } ?? found
        }
    }

    private func isNullable(_ expression: GrammarExpression) -> Bool {
        isNullable(expression, [])
    }

    private func isNullable(_ expression: GrammarExpression, _ callers: Set<Int>) -> Bool {
        switch expression {
        case .bytes(let bytes): bytes.isEmpty
        case .scalar: false
        case .automaton(let automaton): automaton.nodes[0].isFinal
        case .rule(let rule):
            // A call of a rule within itself adds no way to read nothing.
            !callers.contains(rule) && isNullable(rules[rule].expression, callers.union([rule]))
        case .choice(let alternatives): alternatives.contains { isNullable($0, callers) }
        case .sequence(let parts): parts.allSatisfy { isNullable($0, callers) }
        case .repetition(let repeated, let least, _): least == 0 || isNullable(repeated, callers)
        case .members(let list): list.atLeast == 0 && !list.members.contains(where: \.isRequired)
        }
    }
}
