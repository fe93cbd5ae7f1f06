/// Expressions, from the loosest binding to the tightest.
extension TemplateParser {
    static let constants: Set<String> = ["true", "false", "none", "True", "False", "None"]

    mutating func expression(conditional: Bool = true) throws(ChatTemplateError) -> TemplateExpression {
        expressionDepth += 1
        defer { expressionDepth -= 1 }
        guard expressionDepth <= Self.maximumExpressionDepth else { throw tooDeep() }
        return conditional ? try self.conditional() : try or()
    }

    func tooDeep() -> ChatTemplateError {
        ChatTemplateError(
            .limit, line: current.line, "expressions nest deeper than \(Self.maximumExpressionDepth) levels")
    }

    /// The expression if it doesn't nest too deep; long chains of operators nest too.
    func limited(_ expression: TemplateExpression) throws(ChatTemplateError) -> TemplateExpression {
        guard expression.depth <= Self.maximumExpressionDepth else { throw tooDeep() }
        return expression
    }

    private mutating func conditional() throws(ChatTemplateError) -> TemplateExpression {
        var line = current.line
        var value = try or()
        while skip(name: "if") {
            let test = try or()
            let otherwise = skip(name: "else") ? try expression() : nil
            value = try limited(
                TemplateExpression(.conditional(test: test, then: value, otherwise: otherwise), line: line))
            line = current.line
        }
        return value
    }

    private mutating func or() throws(ChatTemplateError) -> TemplateExpression {
        var left = try and()
        while isName("or") {
            let line = current.line
            advance()
            left = try limited(TemplateExpression(.or(left, try and()), line: line))
        }
        return left
    }

    private mutating func and() throws(ChatTemplateError) -> TemplateExpression {
        var left = try not()
        while isName("and") {
            let line = current.line
            advance()
            left = try limited(TemplateExpression(.and(left, try not()), line: line))
        }
        return left
    }

    private mutating func not() throws(ChatTemplateError) -> TemplateExpression {
        let line = current.line
        var count = 0
        while skip(name: "not") { count += 1 }
        var value = try comparison()
        for _ in 0..<count { value = try limited(TemplateExpression(.unary(.not, value), line: line)) }
        return value
    }

    private mutating func comparison() throws(ChatTemplateError) -> TemplateExpression {
        let line = current.line
        let left = try sum()
        var steps: [TemplateComparison] = []
        while let comparison = comparisonOperator() {
            steps.append(TemplateComparison(comparison: comparison, right: try sum()))
        }
        return steps.isEmpty ? left : try limited(TemplateExpression(.comparison(left, steps), line: line))
    }

    private mutating func comparisonOperator() -> TemplateComparisonOperator? {
        switch current.kind {
        case .symbol(let symbol):
            guard let comparison = TemplateComparisonOperator(rawValue: symbol.rawValue) else { return nil }
            advance()
            return comparison
        case .name("in"):
            advance()
            return .contained
        case .name("not") where next.kind == .name("in"):
            advance()
            advance()
            return .notContained
        default:
            return nil
        }
    }

    private mutating func sum() throws(ChatTemplateError) -> TemplateExpression {
        var left = try concatenation()
        while let (operation, line) = binaryOperator([.add, .subtract]) {
            left = try limited(TemplateExpression(.binary(operation, left, try concatenation()), line: line))
        }
        return left
    }

    private mutating func concatenation() throws(ChatTemplateError) -> TemplateExpression {
        let line = current.line
        var parts = [try product()]
        while skip(.tilde) { parts.append(try product()) }
        return parts.count == 1 ? parts[0] : try limited(TemplateExpression(.concatenation(parts), line: line))
    }

    private mutating func product() throws(ChatTemplateError) -> TemplateExpression {
        var left = try power()
        while let (operation, line) = binaryOperator([.multiply, .divide, .floorDivide, .remainder]) {
            left = try limited(TemplateExpression(.binary(operation, left, try power()), line: line))
        }
        return left
    }

    private mutating func power() throws(ChatTemplateError) -> TemplateExpression {
        var left = try unary()
        while let (operation, line) = binaryOperator([.power]) {
            left = try limited(TemplateExpression(.binary(operation, left, try unary()), line: line))
        }
        return left
    }

    private mutating func binaryOperator(
        _ allowed: [TemplateBinaryOperator]
    ) -> (operation: TemplateBinaryOperator, line: Int)? {
        guard case .symbol(let symbol) = current.kind,
            let operation = TemplateBinaryOperator(rawValue: symbol.rawValue), allowed.contains(operation)
        else { return nil }
        let line = current.line
        advance()
        return (operation, line)
    }

    private mutating func unary(filtered: Bool = true) throws(ChatTemplateError) -> TemplateExpression {
        let line = current.line
        expressionDepth += 1
        defer { expressionDepth -= 1 }
        guard expressionDepth <= Self.maximumExpressionDepth else { throw tooDeep() }
        var value: TemplateExpression
        if skip(.minus) {
            value = try limited(TemplateExpression(.unary(.negative, try unary(filtered: false)), line: line))
        } else if skip(.plus) {
            value = try limited(TemplateExpression(.unary(.positive, try unary(filtered: false)), line: line))
        } else {
            value = try primary()
        }
        value = try postfix(value)
        return filtered ? try filtersAndTests(of: value) : value
    }
}

// MARK: - Primaries

extension TemplateParser {
    private mutating func primary() throws(ChatTemplateError) -> TemplateExpression {
        let token = current
        let line = token.line
        switch token.kind {
        case .name(let name):
            advance()
            switch name {
            case "true", "True": return TemplateExpression(.literal(.boolean(true)), line: line)
            case "false", "False": return TemplateExpression(.literal(.boolean(false)), line: line)
            case "none", "None": return TemplateExpression(.literal(.none), line: line)
            default: return TemplateExpression(.name(newName(name)), line: line)
            }
        case .string(var text):
            advance()
            while case .string(let more) = current.kind {
                text.append(more)
                advance()
            }
            return TemplateExpression(.literal(.text(text)), line: line)
        case .integer(let value):
            advance()
            return TemplateExpression(.literal(.integer(value)), line: line)
        case .float(let value):
            advance()
            return TemplateExpression(.literal(.float(value)), line: line)
        case .symbol(.leftParenthesis):
            advance()
            let value = try tuple(inParentheses: true)
            try expect(.rightParenthesis)
            return value
        case .symbol(.leftBracket): return try list()
        case .symbol(.leftBrace): return try dictionary()
        default: throw unexpected("an expression")
        }
    }

    /// One expression, or several with commas between them.
    mutating func tuple(
        conditional: Bool = true, until end: String? = nil, inParentheses: Bool = false
    ) throws(ChatTemplateError) -> TemplateExpression {
        let line = current.line
        var items: [TemplateExpression] = []
        var isTuple = false
        while !isTupleEnd(end) {
            items.append(try expression(conditional: conditional))
            guard skip(.comma) else { break }
            isTuple = true
        }
        if !isTuple {
            if let item = items.first { return item }
            guard inParentheses else { throw unexpected("an expression") }
        }
        return try limited(TemplateExpression(.tuple(items), line: line))
    }

    func isTupleEnd(_ end: String?) -> Bool {
        switch current.kind {
        case .variableEnd, .blockEnd, .symbol(.rightParenthesis): true
        case .name(let name): name == end
        default: false
        }
    }

    private mutating func list() throws(ChatTemplateError) -> TemplateExpression {
        let line = current.line
        advance()
        var items: [TemplateExpression] = []
        while !isSymbol(.rightBracket) {
            items.append(try expression())
            guard skip(.comma) else { break }
        }
        try expect(.rightBracket)
        return try limited(TemplateExpression(.list(items), line: line))
    }

    private mutating func dictionary() throws(ChatTemplateError) -> TemplateExpression {
        let line = current.line
        advance()
        var pairs: [(key: TemplateExpression, value: TemplateExpression)] = []
        while !isSymbol(.rightBrace) {
            let key = try expression()
            try expect(.colon)
            pairs.append((key, try expression()))
            guard skip(.comma) else { break }
        }
        try expect(.rightBrace)
        return try limited(TemplateExpression(.dictionary(pairs), line: line))
    }
}

// MARK: - What follows a primary

extension TemplateParser {
    private mutating func postfix(_ value: TemplateExpression) throws(ChatTemplateError) -> TemplateExpression {
        var value = value
        while true {
            let line = current.line
            if skip(.dot) {
                switch current.kind {
                case .name(let name):
                    value = TemplateExpression(.attribute(value, name), line: line)
                case .integer(let index):
                    let key = TemplateExpression(.literal(.integer(index)), line: line)
                    value = TemplateExpression(.item(value, key), line: line)
                default:
                    throw unexpected("a name or a number after '.'")
                }
                advance()
            } else if skip(.leftBracket) {
                value = try subscripted(value, line: line)
            } else if isSymbol(.leftParenthesis) {
                value = TemplateExpression(.call(value, try callArguments()), line: line)
            } else {
                return value
            }
            value = try limited(value)
        }
    }

    /// What follows `value[`.
    private mutating func subscripted(
        _ value: TemplateExpression, line: Int
    ) throws(ChatTemplateError) -> TemplateExpression {
        var keys: [TemplateExpression] = []
        repeat {
            if isSymbol(.rightBracket), !keys.isEmpty { break }
            let start = isSymbol(.colon) ? nil : try expression()
            guard skip(.colon) else {
                if let start { keys.append(start) }
                continue
            }
            guard keys.isEmpty else { throw failure("a slice must stand alone in its brackets") }
            var slice = TemplateSlice(start: start)
            if !isSliceEnd { slice.stop = try expression() }
            if skip(.colon), !isSliceEnd { slice.step = try expression() }
            try expect(.rightBracket)
            return TemplateExpression(.slice(value, slice), line: line)
        } while skip(.comma)
        try expect(.rightBracket)
        let key = keys.count == 1 ? keys[0] : try limited(TemplateExpression(.tuple(keys), line: line))
        return TemplateExpression(.item(value, key), line: line)
    }

    private var isSliceEnd: Bool {
        isSymbol(.colon) || isSymbol(.rightBracket) || isSymbol(.comma)
    }

    private mutating func callArguments() throws(ChatTemplateError) -> TemplateCallArguments {
        var arguments = TemplateCallArguments()
        try expect(.leftParenthesis)
        while !isSymbol(.rightParenthesis) {
            try argument(&arguments)
            guard skip(.comma) else { break }
        }
        try expect(.rightParenthesis)
        return arguments
    }

    private mutating func argument(_ arguments: inout TemplateCallArguments) throws(ChatTemplateError) {
        let hasUnpacked = arguments.unpackedPositional != nil || arguments.unpackedKeyword != nil
        if isSymbol(.asterisk), !hasUnpacked {
            advance()
            arguments.unpackedPositional = try expression()
        } else if isSymbol(.doubleAsterisk), arguments.unpackedKeyword == nil {
            advance()
            arguments.unpackedKeyword = try expression()
        } else if case .name(let name) = current.kind, next.kind == .symbol(.assign),
            arguments.unpackedKeyword == nil
        {
            guard !arguments.keyword.contains(where: { $0.name == name }) else {
                throw failure("the argument '\(name)' is given twice")
            }
            advance()
            advance()
            arguments.keyword.append((name, try expression()))
        } else {
            guard !hasUnpacked, arguments.keyword.isEmpty else {
                throw failure("expected no further positional argument after a named or unpacked one")
            }
            arguments.positional.append(try expression())
        }
    }

    private mutating func filtersAndTests(of value: TemplateExpression) throws(ChatTemplateError) -> TemplateExpression {
        var value = value
        while true {
            let line = current.line
            if isSymbol(.pipe) {
                value = try filters(of: value)
            } else if isName("is") {
                value = try test(of: value)
            } else if isSymbol(.leftParenthesis) {
                value = try limited(TemplateExpression(.call(value, try callArguments()), line: line))
            } else {
                return value
            }
        }
    }

    /// `| name(arguments) | …`; with `startsInline` the first filter has no bar before it.
    mutating func filters(
        of operand: TemplateExpression?, startsInline: Bool = false
    ) throws(ChatTemplateError) -> TemplateExpression {
        var value = operand
        if !startsInline { try expect(.pipe) }
        while true {
            let line = current.line
            let name = try dottedName("a filter's name")
            let arguments = isSymbol(.leftParenthesis) ? try callArguments() : TemplateCallArguments()
            let filtered = try limited(TemplateExpression(.filter(value, name: name, arguments), line: line))
            guard skip(.pipe) else { return filtered }
            value = filtered
        }
    }

    private mutating func test(of value: TemplateExpression) throws(ChatTemplateError) -> TemplateExpression {
        let line = current.line
        advance()
        let isNegated = skip(name: "not")
        let name = try dottedName("a test's name")
        var arguments = TemplateCallArguments()
        if isSymbol(.leftParenthesis) {
            arguments = try callArguments()
        } else if startsTestArgument {
            if isName("is") { throw failure("tests can't be chained with 'is'") }
            arguments.positional = [try postfix(try primary())]
        }
        let test = try limited(TemplateExpression(.test(value, name: name, arguments), line: line))
        return isNegated ? try limited(TemplateExpression(.unary(.not, test), line: line)) : test
    }

    private var startsTestArgument: Bool {
        switch current.kind {
        case .name(let name): !["else", "or", "and"].contains(name)
        case .string, .integer, .float, .symbol(.leftBracket), .symbol(.leftBrace): true
        default: false
        }
    }

    private mutating func dottedName(_ description: String) throws(ChatTemplateError) -> String {
        var name = try expectName(description)
        while skip(.dot) { name += "." + (try expectName(description)) }
        return name
    }
}
