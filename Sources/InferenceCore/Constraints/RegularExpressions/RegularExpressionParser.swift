/// A recursive descent over the scalars of a regular expression.
struct RegularExpressionParser {
    let scalars: [Unicode.Scalar]
    var position = 0
    private var depth = 0

    init(_ source: String) {
        scalars = Array(source.unicodeScalars)
    }

    mutating func whole() throws(ConstraintError) -> RegularExpression {
        let expression = try choice()
        guard position == scalars.count else { throw failure("expected the end or '|', found ')' without '('") }
        return expression
    }

    private mutating func choice() throws(ConstraintError) -> RegularExpression {
        var alternatives = [try sequence()]
        while take("|") { alternatives.append(try sequence()) }
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    private mutating func sequence() throws(ConstraintError) -> RegularExpression {
        var parts: [RegularExpression] = []
        while let scalar = current, scalar != "|", scalar != ")" {
            var part = try atom()
            while let (least, most) = try quantifier() {
                if case .start = part { throw failure("expected something to repeat, found '^'") }
                if case .end = part { throw failure("expected something to repeat, found '$'") }
                part = .repetition(part, atLeast: least, atMost: most)
            }
            parts.append(part)
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func atom() throws(ConstraintError) -> RegularExpression {
        guard let scalar = current else { throw failure("expected a character, found the end") }
        switch scalar {
        case "^":
            position += 1
            return .start
        case "$":
            position += 1
            return .end
        case ".":
            position += 1
            return .scalar(.lineTerminators.inverted)
        case "(": return try group()
        case "[": return .scalar(try characterClass())
        case "*", "+", "?": throw failure("expected something to repeat, found '\(scalar)'")
        case "\\":
            position += 1
            return .scalar(try escape(inClass: false))
        default:
            position += 1
            return .scalar(ScalarSet([scalar]))
        }
    }

    private mutating func group() throws(ConstraintError) -> RegularExpression {
        position += 1
        if take("?") { try groupKind() }
        guard depth < RegularExpression.deepest else {
            throw failure("groups nest deeper than \(RegularExpression.deepest) levels")
        }
        depth += 1
        let expression = try choice()
        depth -= 1
        guard take(")") else { throw failure("expected ')', found the end") }
        return expression
    }

    /// What stands behind `(?`.
    private mutating func groupKind() throws(ConstraintError) {
        if take(":") { return }
        let column = position - 2
        switch (current, next) {
        case ("=", _), ("!", _): throw unsupported("lookahead", column)
        case ("<", "="), ("<", "!"): throw unsupported("lookbehind", column)
        case (">", _): throw unsupported("an atomic group", column)
        case ("P", "<"), ("<", _):
            while let scalar = current, scalar != ">" {
                position += 1
                if scalar == ")" { throw failure("expected '>' behind a group's name, found ')'") }
            }
            guard take(">") else { throw failure("expected '>' behind a group's name, found the end") }
        default: throw unsupported("an inline flag", column)
        }
    }

    /// The bounds of a repetition, if one follows.
    private mutating func quantifier() throws(ConstraintError) -> (Int, Int?)? {
        let bounds: (Int, Int?)
        switch current {
        case "*": bounds = (0, nil)
        case "+": bounds = (1, nil)
        case "?": bounds = (0, 1)
        case "{":
            guard let counted = try countedQuantifier() else { return nil }
            bounds = counted
        default: return nil
        }
        position += 1
        // Which of several matches is preferred doesn't matter for what is matched.
        if take("?") { return bounds }
        if current == "+" { throw unsupported("a possessive quantifier", position) }
        return bounds
    }

    /// Stands on the closing brace afterwards. Nil for a brace that begins no quantifier: it means itself.
    private mutating func countedQuantifier() throws(ConstraintError) -> (Int, Int?)? {
        let start = position
        position += 1
        guard let least = number() else {
            position = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = number() }
        guard current == "}" else {
            position = start
            return nil
        }
        if let most, most < least {
            position = start
            throw failure("expected {least,most}, found {\(least),\(most)}")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        let start = position
        while let scalar = current, ("0"..."9").contains(scalar) { position += 1 }
        guard position > start else { return nil }
        // More than fits is more than any budget allows.
        return Int(String(String.UnicodeScalarView(scalars[start..<position]))) ?? .max / 2
    }
}

// MARK: - Position

extension RegularExpressionParser {
    var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }
    var next: Unicode.Scalar? { position + 1 < scalars.count ? scalars[position + 1] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    var found: String { current.map { "'\($0)'" } ?? "the end" }

    func failure(_ message: String) -> ConstraintError {
        let before = scalars[..<min(position, scalars.count)]
        let line = before.count { $0 == "\n" } + 1
        let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return .syntax(.regularExpression, line: line, column: before.count - lineStart + 1, message: message)
    }

    func unsupported(_ feature: String, _ position: Int) -> ConstraintError {
        .unsupportedFeature(feature, column: position + 1)
    }
}
