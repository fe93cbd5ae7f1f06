extension TemplateParser {
    /// The statement whose tag's name is the current token, up to but not over its last `%}`.
    mutating func statement(until ends: [String]) throws(ChatTemplateError) -> TemplateStatement {
        let line = current.line
        guard case .name(let tag) = current.kind else { throw unexpected("a tag's name") }
        guard openTags.count < Self.maximumStatementDepth else {
            throw ChatTemplateError(.limit, line: line, "tags nest deeper than \(Self.maximumStatementDepth) levels")
        }
        openTags.append((tag, line))
        defer { openTags.removeLast() }
        advance()
        return TemplateStatement(kind: try kind(of: tag, until: ends), line: line)
    }

    private mutating func kind(
        of tag: String, until ends: [String]
    ) throws(ChatTemplateError) -> TemplateStatement.Kind {
        switch tag {
        case "for": return try loop()
        case "if": return try branch()
        case "set": return try set()
        case "macro": return try macro()
        case "call": return try callBlock()
        case "filter": return try filterBlock()
        case "with": return try with()
        case "generation": return .generation(try definition(name: nil, end: "endgeneration", hasSignature: false))
        case "autoescape": return .autoescape(try expression(), try body(end: "endautoescape"))
        case "block": return try block()
        case "print": return try print()
        case "break", "continue":
            guard loopDepth > 0 else { throw failure("'\(tag)' outside of a loop") }
            return tag == "break" ? .leaveLoop : .continueLoop
        case "include", "extends": return try otherTemplate(tag)
        case "import": return try importTemplate()
        case "from": return try fromTemplate()
        default:
            let expected = ends.map { "'\($0)'" }.joined(separator: " or ")
            let remedy = expected.isEmpty ? "" : ": expected \(expected) or a tag that begins something"
            throw failure("unknown tag '\(tag)'\(remedy)")
        }
    }

    /// Over `%}` and through statements up to one of `ends`, whose name becomes the current token.
    private mutating func block(until ends: String...) throws(ChatTemplateError) -> [TemplateStatement] {
        // Python's colon is allowed.
        _ = skip(.colon)
        try expect(.blockEnd, "'%}'")
        return try statements(until: ends)
    }

    private mutating func body(end: String) throws(ChatTemplateError) -> TemplateBody {
        let scope = newScope()
        let statements = try block(until: end)
        advance()
        return TemplateBody(statements: statements, scope: scope)
    }

    private mutating func loop() throws(ChatTemplateError) -> TemplateStatement.Kind {
        let target = try target(until: "in")
        // The test has variables of its own, so it needs references of its own to the same names.
        let testTarget = renumbered(target)
        try expect(name: "in")
        let iterable = try tuple(conditional: false, until: "recursive")
        let test = skip(name: "if") ? try expression() : nil
        let isRecursive = skip(name: "recursive")
        if names(in: target).contains("loop") { throw assignsToLoop() }
        let loopName = newName("loop")
        let scope = newScope()
        loopDepth += 1
        let statements = try block(until: "endfor", "else")
        loopDepth -= 1
        var otherwise: [TemplateStatement] = []
        let otherwiseScope = newScope()
        if skip(name: "else") {
            // In a recursive loop the else belongs to a body of its own.
            let outerDepth = loopDepth
            if isRecursive { loopDepth = 0 }
            otherwise = try block(until: "endfor")
            loopDepth = outerDepth
        }
        advance()
        return .loop(
            TemplateLoop(
                target: target, iterable: iterable, test: test, isRecursive: isRecursive,
                body: TemplateBody(statements: statements, scope: scope),
                otherwise: TemplateBody(statements: otherwise, scope: otherwiseScope),
                testScope: newScope(), loopName: loopName, testTarget: testTarget))
    }

    private mutating func branch() throws(ChatTemplateError) -> TemplateStatement.Kind {
        var branches: [TemplateBranch] = []
        while true {
            let test = try tuple(conditional: false)
            branches.append(TemplateBranch(test: test, body: try block(until: "elif", "else", "endif")))
            if skip(name: "elif") { continue }
            let otherwise = skip(name: "else") ? try block(until: "endif") : []
            advance()
            return .branch(branches, otherwise: otherwise)
        }
    }

    private mutating func set() throws(ChatTemplateError) -> TemplateStatement.Kind {
        let target = try target(allowsAttributes: true)
        if loopDepth > 0, names(in: target).contains("loop") { throw assignsToLoop() }
        if skip(.assign) { return .assign(target, try tuple()) }
        let filter = isSymbol(.pipe) ? try filters(of: nil) : nil
        return .capture(target, filter: filter, try body(end: "endset"))
    }

    private mutating func macro() throws(ChatTemplateError) -> TemplateStatement.Kind {
        let name = newName(try assignableName())
        return .macro(name, try definition(name: name.name, end: "endmacro", hasSignature: true))
    }

    private mutating func callBlock() throws(ChatTemplateError) -> TemplateStatement.Kind {
        let hasSignature = isSymbol(.leftParenthesis)
        let (parameters, defaults) = hasSignature ? try signature() : ([], [])
        let line = current.line
        let callee = try expression()
        guard case .call = callee.kind else {
            throw ChatTemplateError(.syntax, line: line, "expected a call in the tag 'call'")
        }
        return .call(callee, try definition(name: nil, end: "endcall", parameters, defaults))
    }

    private mutating func definition(
        name: String?, end: String, hasSignature: Bool
    ) throws(ChatTemplateError) -> TemplateMacroDefinition {
        let (parameters, defaults) = hasSignature ? try signature() : ([], [])
        return try definition(name: name, end: end, parameters, defaults)
    }

    private mutating func definition(
        name: String?, end: String, _ parameters: [TemplateName], _ defaults: [TemplateExpression]
    ) throws(ChatTemplateError) -> TemplateMacroDefinition {
        let outerDepth = loopDepth
        loopDepth = 0
        defer { loopDepth = outerDepth }
        return TemplateMacroDefinition(
            name: name, parameters: parameters, defaults: defaults, body: try body(end: end),
            caller: newName("caller"), keywordArguments: newName("kwargs"), variableArguments: newName("varargs"))
    }

    private mutating func signature() throws(ChatTemplateError) -> ([TemplateName], [TemplateExpression]) {
        var parameters: [TemplateName] = []
        var defaults: [TemplateExpression] = []
        try expect(.leftParenthesis)
        while !isSymbol(.rightParenthesis) {
            if !parameters.isEmpty { try expect(.comma) }
            guard parameters.count < Self.maximumArguments else {
                throw ChatTemplateError(
                    .limit, line: current.line, "a macro has more than \(Self.maximumArguments) parameters")
            }
            let name = try assignableName()
            if parameters.contains(where: { $0.name == name }) { throw failure("two parameters are called '\(name)'") }
            parameters.append(newName(name))
            if skip(.assign) {
                defaults.append(try expression())
            } else if !defaults.isEmpty {
                throw failure("the parameter '\(name)' needs a default, as one before it has one")
            }
        }
        try expect(.rightParenthesis)
        return (parameters, defaults)
    }

    private mutating func filterBlock() throws(ChatTemplateError) -> TemplateStatement.Kind {
        .filter(try filters(of: nil, startsInline: true), try body(end: "endfilter"))
    }

    private mutating func with() throws(ChatTemplateError) -> TemplateStatement.Kind {
        var assignments: [(target: TemplateTarget, value: TemplateExpression)] = []
        while current.kind != .blockEnd {
            if !assignments.isEmpty { try expect(.comma) }
            let target = try target()
            try expect(.assign)
            assignments.append((target, try expression()))
        }
        return .with(assignments, try body(end: "endwith"))
    }

    private mutating func block() throws(ChatTemplateError) -> TemplateStatement.Kind {
        let name = try expectName("the block's name")
        let isScoped = skip(name: "scoped")
        let isRequired = skip(name: "required")
        let outerDepth = loopDepth
        loopDepth = 0
        defer { loopDepth = outerDepth }
        let body = try body(end: "endblock")
        _ = skip(name: name)
        return .block(TemplateBlock(name: name, isScoped: isScoped, isRequired: isRequired, body: body))
    }

    private mutating func print() throws(ChatTemplateError) -> TemplateStatement.Kind {
        var values: [TemplateExpression] = []
        let line = current.line
        while current.kind != .blockEnd {
            if !values.isEmpty { try expect(.comma) }
            values.append(try expression())
        }
        return .output(try limited(TemplateExpression(.concatenation(values), line: line)))
    }
}

// MARK: - Tags that name another template

extension TemplateParser {
    private mutating func otherTemplate(_ tag: String) throws(ChatTemplateError) -> TemplateStatement.Kind {
        let template = try expression()
        if isName("ignore"), next.kind == .name("missing") {
            advance()
            advance()
        }
        skipContext()
        return .otherTemplate(tag: tag, operands: [template], targets: [])
    }

    private mutating func skipContext() {
        guard isName("with") || isName("without"), next.kind == .name("context") else { return }
        advance()
        advance()
    }

    private mutating func importTemplate() throws(ChatTemplateError) -> TemplateStatement.Kind {
        let template = try expression()
        try expect(name: "as")
        let target = newName(try assignableName())
        skipContext()
        return .otherTemplate(tag: "import", operands: [template], targets: [target])
    }

    private mutating func fromTemplate() throws(ChatTemplateError) -> TemplateStatement.Kind {
        let template = try expression()
        try expect(name: "import")
        var targets: [TemplateName] = []
        repeat {
            let name = try assignableName()
            targets.append(newName(skip(name: "as") ? try assignableName() : name))
            skipContext()
        } while skip(.comma)
        return .otherTemplate(tag: "from", operands: [template], targets: targets)
    }
}

// MARK: - Targets

extension TemplateParser {
    private func assignsToLoop() -> ChatTemplateError {
        failure("the name 'loop' can't be assigned to in a loop")
    }

    mutating func assignableName() throws(ChatTemplateError) -> String {
        let name = try expectName()
        guard !Self.constants.contains(name) else { throw failure("can't assign to '\(name)'") }
        return name
    }

    mutating func target(
        allowsAttributes: Bool = false, until end: String? = nil
    ) throws(ChatTemplateError) -> TemplateTarget {
        var targets: [TemplateTarget] = []
        var isTuple = false
        while !(isTuple && isTupleEnd(end)), !(isTuple && isSymbol(.assign)) {
            targets.append(try singleTarget(allowsAttributes: allowsAttributes))
            guard skip(.comma) else { break }
            isTuple = true
        }
        return isTuple ? .tuple(targets) : targets[0]
    }

    private mutating func singleTarget(allowsAttributes: Bool) throws(ChatTemplateError) -> TemplateTarget {
        if skip(.leftParenthesis) {
            expressionDepth += 1
            defer { expressionDepth -= 1 }
            guard expressionDepth <= Self.maximumExpressionDepth else { throw tooDeep() }
            let target = try target(allowsAttributes: false)
            try expect(.rightParenthesis)
            return target
        }
        let name = try assignableName()
        if allowsAttributes, skip(.dot) { return .attribute(newName(name), try expectName("an attribute's name")) }
        return .name(newName(name))
    }

    func names(in target: TemplateTarget) -> [String] {
        switch target {
        case .name(let name): [name.name]
        case .attribute: []
        case .tuple(let targets): targets.flatMap { names(in: $0) }
        }
    }

    private mutating func renumbered(_ target: TemplateTarget) -> TemplateTarget {
        switch target {
        case .name(let name): return .name(newName(name.name))
        case .attribute(let name, let attribute): return .attribute(newName(name.name), attribute)
        case .tuple(let targets):
            var copies: [TemplateTarget] = []
            for target in targets { copies.append(renumbered(target)) }
            return .tuple(copies)
        }
    }
}
