/// A regular expression in ECMAScript's notation, as JSON Schema uses it, as far as it describes a regular language:
/// without lookaround, back references and word boundaries.
indirect enum RegularExpression {
    /// One scalar of a set.
    case scalar(ScalarSet)
    case sequence([RegularExpression])
    case choice([RegularExpression])
    case repetition(RegularExpression, atLeast: Int, atMost: Int?)
    /// `^`
    case start
    /// `$`
    case end

    /// Groups that are nested deeper are refused.
    static let deepest = 200

    /// - Throws: ``ConstraintError`` that says where it isn't one, or what in it isn't supported.
    init(_ source: String) throws(ConstraintError) {
        var parser = RegularExpressionParser(source)
        self = try parser.whole()
    }
}

extension RegularExpression {
    /// A way through the expression, without the anchors at its ends.
    private struct Way {
        var beginsAtStart = false
        var expression: GrammarExpression
        var endsAtEnd = false
    }

    /// The texts in which a match can be found, or that are matched as a whole.
    /// - Parameters:
    ///   - isSearch: whether text may stand before and after a match, where no anchor forbids it.
    ///   - encode: how one scalar of a set is written.
    /// - Throws: ``ConstraintError/unsupportedFeature(_:column:)`` for anchors in the middle.
    func grammar(
        isSearch: Bool, encode: (ScalarSet) -> GrammarExpression = { .scalar($0) }
    ) throws(ConstraintError) -> GrammarExpression {
        let anything = GrammarExpression.any(encode(.all))
        let alternatives = try ways(encode).map { way in
            var parts = [way.expression]
            if isSearch, !way.beginsAtStart { parts.insert(anything, at: 0) }
            if isSearch, !way.endsAtEnd { parts.append(anything) }
            return parts.count == 1 ? parts[0] : .sequence(parts)
        }
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    private var hasAnchors: Bool {
        switch self {
        case .scalar: false
        case .start, .end: true
        case .sequence(let parts), .choice(let parts): parts.contains(where: \.hasAnchors)
        case .repetition(let part, _, _): part.hasAnchors
        }
    }

    private func ways(_ encode: (ScalarSet) -> GrammarExpression) throws(ConstraintError) -> [Way] {
        guard hasAnchors else { return [Way(expression: plain(encode))] }
        switch self {
        case .scalar: return []
        case .start: return [Way(beginsAtStart: true, expression: .empty)]
        case .end: return [Way(expression: .empty, endsAtEnd: true)]
        case .choice(let alternatives):
            var ways: [Way] = []
            for alternative in alternatives { ways += try alternative.ways(encode) }
            return ways
        case .sequence(let parts): return try Self.ways(parts, encode)
        case .repetition(let part, let least, let most):
            // What is anchored can be there once, or not at all.
            let once = least <= 1 && most != 0 ? try part.ways(encode) : []
            return least == 0 ? once + [Way(expression: .empty)] : once
        }
    }

    private static func ways(
        _ parts: [RegularExpression], _ encode: (ScalarSet) -> GrammarExpression
    ) throws(ConstraintError) -> [Way] {
        let last = parts.lastIndex(where: \.hasAnchors) ?? 0
        let first = parts.firstIndex(where: \.hasAnchors) ?? 0
        let before = parts[..<first]
        let after = parts[(last + 1)...]
        var ways = [Way(expression: .empty)]
        for part in parts[first...last] {
            var longer: [Way] = []
            for way in ways {
                for next in try part.ways(encode) {
                    // What stands between an anchor and the end that it means has to be nothing.
                    if next.beginsAtStart, way.expression != .empty { throw anchored }
                    if way.endsAtEnd, next.expression != .empty { throw anchored }
                    longer.append(
                        Way(
                            beginsAtStart: way.beginsAtStart || next.beginsAtStart,
                            expression: way.expression == .empty
                                ? next.expression : .sequence([way.expression, next.expression]),
                            endsAtEnd: way.endsAtEnd || next.endsAtEnd))
                }
                if longer.count > 1000 {
                    throw .tooLarge(.regularExpression, what: "anchored alternatives", limit: 1000)
                }
            }
            ways = longer
        }
        if before.isEmpty, after.isEmpty { return ways }
        if ways.contains(where: \.beginsAtStart), !before.isEmpty { throw anchored }
        if ways.contains(where: \.endsAtEnd), !after.isEmpty { throw anchored }
        return ways.map { way in
            var way = way
            way.expression = .sequence(
                before.map { $0.plain(encode) } + [way.expression] + after.map { $0.plain(encode) })
            return way
        }
    }

    private static var anchored: ConstraintError {
        .unsupportedFeature("an anchor in the middle of an expression", column: 1)
    }

    /// Without anchors.
    private func plain(_ encode: (ScalarSet) -> GrammarExpression) -> GrammarExpression {
        switch self {
        case .scalar(let set): encode(set)
        case .sequence(let parts): .sequence(parts.map { $0.plain(encode) })
        case .choice(let alternatives): .choice(alternatives.map { $0.plain(encode) })
        case .repetition(let part, let least, let most): .repetition(part.plain(encode), atLeast: least, atMost: most)
        case .start, .end: .empty
        }
    }
}
