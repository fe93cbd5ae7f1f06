/// What follows a primary: attributes, subscripts, calls, filters and tests.
extension TemplateParser {
    mutating func postfix(_ value: TemplateExpression) throws(ChatTemplateError) -> TemplateExpression {
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
        // As in jinja2, there may be no key, which is the empty tuple, but no comma at the end.
        while !isSymbol(.rightBracket) {
            if !keys.isEmpty { try expect(.comma) }
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
        }
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
            guard arguments.keyword.count < Self.maximumArguments else {
                throw ChatTemplateError(
                    .limit, line: current.line, "a call has more than \(Self.maximumArguments) named arguments")
            }
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

    mutating func filtersAndTests(of value: TemplateExpression) throws(ChatTemplateError) -> TemplateExpression {
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
