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
