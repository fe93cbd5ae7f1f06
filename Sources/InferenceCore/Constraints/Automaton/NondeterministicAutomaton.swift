/// A rule's automaton as it follows from its expression, with edges that read nothing (Thompson 1968).
struct NondeterministicAutomaton {
    enum Label {
        case nothing
        case bytes(UInt8, UInt8)
        case call(Int32)
    }

    struct Edge {
        var source: Int32
        var target: Int32
        var label: Label
    }

    private(set) var nodeCount: Int32 = 2
    private(set) var edges: [Edge] = []
    let start: Int32 = 0
    let end: Int32 = 1
    private let notation: ConstraintError.Notation
    private let inlined: [GrammarExpression?]

    /// - Parameter inlined: by rule, the expressions of those that are copied in.
    /// - Throws: ``ConstraintError/tooLarge(_:what:limit:)``.
    init(
        _ expression: GrammarExpression, notation: ConstraintError.Notation, inlined: [GrammarExpression?] = []
    ) throws(ConstraintError) {
        self.notation = notation
        self.inlined = inlined
        try add(expression, from: start, to: end)
    }

    private mutating func node() throws(ConstraintError) -> Int32 {
        guard nodeCount < AutomatonBudget.nodes else {
            throw .tooLarge(notation, what: "places", limit: AutomatonBudget.nodes)
        }
        nodeCount += 1
        return nodeCount - 1
    }

    private mutating func existing(_ node: Int32?) throws(ConstraintError) -> Int32 {
        if let node { return node }
        return try self.node()
    }

    private mutating func connect(_ source: Int32, _ target: Int32, _ label: Label = .nothing) {
        edges.append(Edge(source: source, target: target, label: label))
    }

    private mutating func add(
        _ expression: GrammarExpression, from source: Int32, to target: Int32
    ) throws(ConstraintError) {
        switch expression {
        case .bytes(let bytes):
            try add(bytes.map { $0...$0 }, from: source, to: target)
        case .scalar(let set):
            try add(set, from: source, to: target)
        case .sequence(let parts):
            var place = source
            for part in parts {
                let next = try node()
                try add(part, from: place, to: next)
                place = next
            }
            connect(place, target)
        case .choice(let alternatives):
            for alternative in alternatives { try add(alternative, from: source, to: target) }
        case .repetition(let repeated, let least, let most):
            try add(repeated, from: source, to: target, least, most)
        case .rule(let rule):
            if inlined.indices.contains(rule), let body = inlined[rule] {
                try add(body, from: source, to: target)
            } else {
                connect(source, target, .call(Int32(rule)))
            }
        case .automaton(let automaton):
            try add(automaton, from: source, to: target)
        case .members(let list):
            try add(list, from: source, to: target)
        }
    }

    private mutating func add(
        _ bytes: [ClosedRange<UInt8>], from source: Int32, to target: Int32
    ) throws(ConstraintError) {
        guard let last = bytes.last else { return connect(source, target) }
        var place = source
        for range in bytes.dropLast() {
            let next = try node()
            connect(place, next, .bytes(range.lowerBound, range.upperBound))
            place = next
        }
        connect(place, target, .bytes(last.lowerBound, last.upperBound))
    }

    /// Encodings share the places of equal ends.
    private mutating func add(
        _ set: ScalarSet, from source: Int32, to target: Int32
    ) throws(ConstraintError) {
        var ends: [[ClosedRange<UInt8>]: Int32] = [:]
        for sequence in set.utf8Sequences {
            var place = target
            for index in sequence.bytes.indices.dropFirst().reversed() {
                let rest = Array(sequence.bytes[index...])
                if let known = ends[rest] {
                    place = known
                } else {
                    let previous = try node()
                    connect(previous, place, .bytes(rest[0].lowerBound, rest[0].upperBound))
                    ends[rest] = previous
                    place = previous
                }
            }
            connect(source, place, .bytes(sequence.bytes[0].lowerBound, sequence.bytes[0].upperBound))
        }
    }

    private mutating func add(
        _ repeated: GrammarExpression, from source: Int32, to target: Int32, _ least: Int, _ most: Int?
    ) throws(ConstraintError) {
        var place = source
        for _ in 0..<least {
            let next = try node()
            try add(repeated, from: place, to: next)
            place = next
        }
        guard let most else {
            let loop = try node()
            connect(place, loop)
            try add(repeated, from: loop, to: loop)
            return connect(loop, target)
        }
        for _ in least..<max(least, most) {
            connect(place, target)
            let next = try node()
            try add(repeated, from: place, to: next)
            place = next
        }
        connect(place, target)
    }

    private mutating func add(
        _ automaton: ByteAutomaton, from source: Int32, to target: Int32
    ) throws(ConstraintError) {
        let first = nodeCount
        for _ in automaton.nodes { _ = try node() }
        connect(source, first)
        for (index, node) in automaton.nodes.enumerated() {
            let place = first + Int32(index)
            for edge in node.edges { connect(place, first + edge.target, .bytes(edge.low, edge.high)) }
            if node.isFinal { connect(place, target) }
        }
    }

    /// A grid: by the members that have been passed, and by the number of those that are there as far as it matters.
    private mutating func add(
        _ list: MemberList, from source: Int32, to target: Int32
    ) throws(ConstraintError) {
        let width = max(list.atLeast, list.atMost.map { $0 + 1 } ?? 1, 1)
        func place(after count: Int) -> Int? {
            if let most = list.atMost, count > most { return nil }
            return min(count, width)
        }
        var current = [Int32?](repeating: nil, count: width + 1)
        current[0] = source
        for member in list.members {
            var next = [Int32?](repeating: nil, count: width + 1)
            for (count, here) in current.enumerated() {
                guard let here else { continue }
                if !member.isRequired {
                    let skipped = try existing(next[count])
                    next[count] = skipped
                    connect(here, skipped)
                }
                guard let after = place(after: count + 1) else { continue }
                let taken = try existing(next[after])
                next[after] = taken
                try add(member.expression, separated: count > 0 ? list.separator : nil, from: here, to: taken)
            }
            current = next
        }
        if let rest = list.rest {
            for count in 0...width {
                guard let here = current[count], let after = place(after: count + 1) else { continue }
                let taken = try existing(current[after])
                current[after] = taken
                try add(rest, separated: count > 0 ? list.separator : nil, from: here, to: taken)
            }
        }
        for (count, here) in current.enumerated() {
            if let here, count >= list.atLeast { connect(here, target) }
        }
    }

    private mutating func add(
        _ member: GrammarExpression, separated separator: GrammarExpression?, from source: Int32, to target: Int32
    ) throws(ConstraintError) {
        var place = source
        if let separator {
            place = try node()
            try add(separator, from: source, to: place)
        }
        try add(member, from: place, to: target)
    }
}
