extension Grammar {
    /// Bigger rules are called, so that those who call them share their masks.
    private static let largestInlined = 40

    /// Copies small rules that don't call themselves to where they are called: a step less for every byte.
    mutating func inlineSmallRules() {
        var sizes: [Int?] = rules.map { _ in nil }
        var isOpen = rules.map { _ in false }
        func expandedSize(of rule: Int) -> Int {
            if let size = sizes[rule] { return size }
            // A rule that is reached from itself has no finite size.
            guard !isOpen[rule] else { return .max }
            isOpen[rule] = true
            let size = expandedSize(of: rules[rule].expression)
            isOpen[rule] = false
            sizes[rule] = size
            return size
        }
        func expandedSize(of expression: GrammarExpression) -> Int {
            switch expression {
            case .bytes(let bytes): return bytes.count
            case .scalar(let set): return 1 + set.ranges.count
            case .sequence(let parts), .choice(let parts):
                return parts.reduce(1) { $0.addingSaturated(expandedSize(of: $1)) }
            case .repetition(let repeated, let least, let most):
                let (size, overflow) = expandedSize(of: repeated)
                    .multipliedReportingOverflow(by: max(1, least, most ?? 1))
                return overflow ? .max : size
            case .rule(let rule):
                let size = expandedSize(of: rule)
                return size > Self.largestInlined ? .max : size
            case .automaton(let automaton): return automaton.nodes.count
            case .members: return .max
            }
        }
        for rule in rules.indices.dropFirst() {
            rules[rule].isInlined = expandedSize(of: rule) <= Self.largestInlined
        }
    }

    /// The number of an expression's parts, as far as `limit`.
    func size(of expression: GrammarExpression, limit: Int) -> Int {
        switch expression {
        case .bytes, .scalar, .automaton, .members, .rule: return 1
        case .repetition(let repeated, _, _): return 1 + size(of: repeated, limit: limit)
        case .sequence(let parts), .choice(let parts):
            var total = 1
            for part in parts where total <= limit { total += size(of: part, limit: limit) }
            return total
        }
    }
}

extension Int {
    fileprivate func addingSaturated(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
