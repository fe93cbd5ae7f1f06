/// Reads a grammar in llama.cpp's notation (GBNF): `name ::= alternatives`, with strings, character classes, groups,
/// repetitions, and `#` for comments; the rule `root` is the whole.
struct GrammarParser {
    let scalars: [Unicode.Scalar]
    var position = 0
    private var depth = 0
    private var rules: [Grammar.Rule] = []
    private var indices: [String: Int] = [:]
    private var isDefined: [Bool] = []
    /// Where each rule was first used.
    private var uses: [Int] = []

    /// Groups that are nested deeper are refused.
    private static let deepest = 200
    private static let mostRules = 2000

    init(_ source: String) {
        scalars = Array(source.unicodeScalars)
    }

    /// - Throws: ``ConstraintError`` with the place of what is wrong.
    static func grammar(_ source: String) throws(ConstraintError) -> Grammar {
        var parser = GrammarParser(source)
        return try parser.grammar()
    }

    private mutating func grammar() throws(ConstraintError) -> Grammar {
        let root = index(of: "root", at: 0)
        skipBlank(acrossLines: true)
        while position < scalars.count {
            try rule()
            skipBlank(acrossLines: true)
        }
        guard isDefined[root] else {
            throw failure("expected a rule named root, found none")
        }
        for (rule, isDefined) in isDefined.enumerated() where !isDefined {
            let (line, column) = place(of: uses[rule])
            throw .undefinedRule(name: rules[rule].name, line: line, column: column)
        }
        var grammar = Grammar(notation: .grammar, rules: rules)
        grammar.inlineSmallRules()
        return grammar
    }

    private mutating func rule() throws(ConstraintError) {
        let start = position
        guard let name = name() else { throw failure("expected a rule's name, found \(found)") }
        skipBlank(acrossLines: false)
        guard take("::=") else { throw failure("expected '::=' behind \(name), found \(found)") }
        skipBlank(acrossLines: true)
        let rule = index(of: name, at: start)
        guard rules.count <= Self.mostRules else { throw .tooLarge(.grammar, what: "rules", limit: Self.mostRules) }
        guard !isDefined[rule] else {
            position = start
            throw failure("rule \"\(name)\" is defined twice; write its alternatives with '|'")
        }
        isDefined[rule] = true
        rules[rule].expression = try choice(isGroup: false)
        guard current == nil || current == "\n" || current == "\r" else {
            throw failure("expected the end of the line, found \(found)")
        }
    }

    private mutating func index(of name: String, at use: Int) -> Int {
        if let index = indices[name] { return index }
        indices[name] = rules.count
        rules.append(Grammar.Rule(name: name, expression: .nothing))
        isDefined.append(false)
        uses.append(use)
        return rules.count - 1
    }

    private mutating func choice(isGroup: Bool) throws(ConstraintError) -> GrammarExpression {
        var alternatives = [try sequence(isGroup: isGroup)]
        while current == "|" {
            position += 1
            skipBlank(acrossLines: true)
            alternatives.append(try sequence(isGroup: isGroup))
        }
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    private mutating func sequence(isGroup: Bool) throws(ConstraintError) -> GrammarExpression {
        var parts: [GrammarExpression] = []
        while let scalar = current, scalar != "|", scalar != ")", scalar != "\n", scalar != "\r" {
            var part = try item()
            while let (least, most) = try repetition() { part = .repetition(part, atLeast: least, atMost: most) }
            parts.append(part)
            skipBlank(acrossLines: isGroup)
            // An alternative may go on in the next line.
            if !isGroup, continuesWithAlternative { skipBlank(acrossLines: true) }
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    /// Whether what follows line ends and comments is another alternative.
    private var continuesWithAlternative: Bool {
        var ahead = self
        ahead.skipBlank(acrossLines: true)
        return ahead.current == "|"
    }

    private mutating func item() throws(ConstraintError) -> GrammarExpression {
        switch current {
        case "\"": return .text(String(String.UnicodeScalarView(try string())))
        case "[": return .scalar(try characterClass())
        case ".":
            position += 1
            return .scalar(.all)
        case "(":
            let start = position
            guard depth < Self.deepest else { throw failure("groups nest deeper than \(Self.deepest) levels") }
            depth += 1
            position += 1
            skipBlank(acrossLines: true)
            let expression = try choice(isGroup: true)
            depth -= 1
            guard take(")") else {
                let isAtEnd = current == nil
                if isAtEnd { position = start }
                throw failure("expected ')', found \(isAtEnd ? "the end" : found)")
            }
            return expression
        default:
            let start = position
            guard let name = name() else { throw failure("expected an item, found \(found)") }
            return .rule(index(of: name, at: start))
        }
    }

    private mutating func repetition() throws(ConstraintError) -> (Int, Int?)? {
        switch current {
        case "*":
            position += 1
            return (0, nil)
        case "+":
            position += 1
            return (1, nil)
        case "?":
            position += 1
            return (0, 1)
        case "{":
            let start = position
            position += 1
            let least = number()
            var most = least
            if take(",") { most = number() }
            guard take("}"), least != nil || most != nil, most.map({ $0 >= least ?? 0 }) ?? true else {
                position = start
                throw failure("expected a repetition such as {2}, {2,} or {2,5}")
            }
            return (least ?? 0, most)
        default: return nil
        }
    }

    private mutating func number() -> Int? {
        let start = position
        while let scalar = current, ("0"..."9").contains(scalar) { position += 1 }
        guard position > start else { return nil }
        return Int(String(String.UnicodeScalarView(scalars[start..<position]))) ?? .max / 2
    }
}

// MARK: - Position

extension GrammarParser {
    var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    mutating func take(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard scalars.count - position >= wanted.count,
            scalars[position..<position + wanted.count].elementsEqual(wanted)
        else { return false }
        position += wanted.count
        return true
    }

    /// Skips spaces and comments.
    private mutating func skipBlank(acrossLines: Bool) {
        while let scalar = current {
            if scalar == "#" {
                while let next = current, next != "\n", next != "\r" { position += 1 }
            } else if scalar == " " || scalar == "\t" || acrossLines && (scalar == "\n" || scalar == "\r") {
                position += 1
            } else {
                return
            }
        }
    }

    var found: String {
        switch current {
        case nil: "the end"
        case "\n", "\r": "the end of the line"
        case let scalar?: "'\(scalar)'"
        }
    }

    private func place(of position: Int) -> (line: Int, column: Int) {
        let before = scalars[..<min(position, scalars.count)]
        let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return (before.count { $0 == "\n" } + 1, before.count - lineStart + 1)
    }

    func failure(_ message: String) -> ConstraintError {
        let (line, column) = place(of: position)
        return .syntax(.grammar, line: line, column: column, message: message)
    }
}
