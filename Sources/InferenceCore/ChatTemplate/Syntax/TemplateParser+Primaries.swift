/// Names, literals and what stands in brackets.
extension TemplateParser {
    mutating func primary() throws(ChatTemplateError) -> TemplateExpression {
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
