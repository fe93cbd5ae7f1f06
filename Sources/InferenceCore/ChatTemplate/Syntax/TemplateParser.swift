/// Builds the tree of a template from its tokens, by jinja2's grammar.
struct TemplateParser {
    /// How deep statements may nest.
    static let maximumStatementDepth = 100
    /// How deep expressions may nest; a level of parentheses counts twice.
    static let maximumExpressionDepth = 200

    /// How many named arguments a call may have, and how many parameters a macro.
    static let maximumArguments = 1000

    private let tokens: [TemplateToken]
    private var index = 0
    /// How many names and scopes there are so far.
    private(set) var referenceCount = 0
    private(set) var scopeCount = 0
    /// The tags that are open, innermost last.
    var openTags: [(name: String, line: Int)] = []
    /// How many loops surround the current statement in the same body.
    var loopDepth = 0
    var expressionDepth = 0

    init(tokens: [TemplateToken]) {
        self.tokens = tokens
    }

    /// - Throws: ``ChatTemplateError`` of kind `syntax`, or of kind `limit` where the source nests too deep.
    mutating func template() throws(ChatTemplateError) -> TemplateBody {
        let scope = newScope()
        let statements = try statements(until: [])
        return TemplateBody(statements: statements, scope: scope)
    }

    /// Statements up to a tag named in `ends`, whose name stays the current token, or up to the template's end.
    mutating func statements(until ends: [String]) throws(ChatTemplateError) -> [TemplateStatement] {
        var statements: [TemplateStatement] = []
        while true {
            let token = current
            switch token.kind {
            case .data(let text):
                advance()
                statements.append(TemplateStatement(kind: .data(text), line: token.line))
            case .variableBegin:
                advance()
                let value = try tuple()
                try expect(.variableEnd, "'}}'")
                statements.append(TemplateStatement(kind: .output(value), line: token.line))
            case .blockBegin:
                advance()
                if case .name(let name) = current.kind, ends.contains(name) { return statements }
                statements.append(try statement(until: ends))
                try expect(.blockEnd, "'%}'")
            default:
                guard !ends.isEmpty else { return statements }
                throw missingEnd(ends)
            }
        }
    }

    private func missingEnd(_ ends: [String]) -> ChatTemplateError {
        let expected = ends.map { "'{% \($0) %}'" }.joined(separator: " or ")
        guard let tag = openTags.last else { return failure("expected \(expected)") }
        return ChatTemplateError(
            .syntax, line: tag.line, "the tag '\(tag.name)' that begins here has no end: expected \(expected)")
    }
}

// MARK: - Tokens

extension TemplateParser {
    var current: TemplateToken {
        tokens[index]
    }

    var next: TemplateToken {
        tokens[min(index + 1, tokens.count - 1)]
    }

    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    func isName(_ name: String) -> Bool {
        current.kind == .name(name)
    }

    func isSymbol(_ symbol: TemplateToken.Symbol) -> Bool {
        current.kind == .symbol(symbol)
    }

    mutating func skip(name: String) -> Bool {
        guard isName(name) else { return false }
        advance()
        return true
    }

    mutating func skip(_ symbol: TemplateToken.Symbol) -> Bool {
        guard isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func expect(_ kind: TemplateToken.Kind, _ description: String) throws(ChatTemplateError) {
        guard current.kind == kind else { throw unexpected(description) }
        advance()
    }

    mutating func expect(_ symbol: TemplateToken.Symbol) throws(ChatTemplateError) {
        try expect(.symbol(symbol), "'\(symbol.rawValue)'")
    }

    mutating func expect(name: String) throws(ChatTemplateError) {
        try expect(.name(name), "'\(name)'")
    }

    mutating func expectName(_ description: String = "a name") throws(ChatTemplateError) -> String {
        guard case .name(let name) = current.kind else { throw unexpected(description) }
        advance()
        return name
    }

    mutating func newScope() -> Int {
        defer { scopeCount += 1 }
        return scopeCount
    }

    mutating func newName(_ name: String) -> TemplateName {
        defer { referenceCount += 1 }
        return TemplateName(name: name, reference: referenceCount)
    }

    func unexpected(_ expected: String) -> ChatTemplateError {
        failure("expected \(expected), found \(current.description)")
    }

    func failure(_ message: String) -> ChatTemplateError {
        ChatTemplateError(.syntax, line: current.line, message)
    }
}
