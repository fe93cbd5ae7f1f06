/// Walks a parsed template and fills its ``TemplateScopes``.
struct TemplateResolver {
    /// The place of the statement or expression that is looked at.
    private struct Frame {
        let symbols: TemplateSymbols
        /// Whether what is assigned here belongs to the template as a whole.
        var isTopLevel = false
        /// Whether an unknown filter or test is an error only once it is used.
        var isSoft = false

        var soft: Frame { Frame(symbols: symbols, isTopLevel: isTopLevel, isSoft: true) }
    }

    private var scopes: TemplateScopes
    /// The function that encloses each function.
    private var enclosing: [Int?] = []
    private var slots: [[TemplateSymbols.Identifier: Int]] = []
    private var pendingBlocks: [TemplateBlock] = []

    /// - Throws: ``ChatTemplateError`` of kind `syntax` for unknown filters and tests and for what can't be compiled.
    static func scopes(
        of template: TemplateBody, referenceCount: Int, scopeCount: Int
    ) throws(ChatTemplateError) -> TemplateScopes {
        var resolver = TemplateResolver(referenceCount: referenceCount, scopeCount: scopeCount)
        try resolver.resolve(template)
        return resolver.scopes
    }

    private init(referenceCount: Int, scopeCount: Int) {
        scopes = TemplateScopes(
            variables: Array(repeating: nil, count: referenceCount),
            scopes: Array(repeating: TemplateScopes.Scope(), count: scopeCount),
            isExported: Array(repeating: false, count: referenceCount))
    }

    private mutating func resolve(_ template: TemplateBody) throws(ChatTemplateError) {
        let symbols = TemplateSymbols(parent: nil, function: newFunction(in: nil))
        symbols.gather(template.statements)
        try resolve(template, Frame(symbols: symbols, isTopLevel: true))
        while let block = pendingBlocks.popLast() {
            let symbols = TemplateSymbols(parent: nil, function: newFunction(in: nil))
            symbols.gather(block.body.statements)
            try resolve(block.body, Frame(symbols: symbols))
        }
        scopes.slotCounts = slots.map(\.count)
    }

    private mutating func newFunction(in function: Int?) -> Int {
        enclosing.append(function)
        slots.append([:])
        return enclosing.count - 1
    }

    private mutating func resolve(_ body: TemplateBody, _ frame: Frame) throws(ChatTemplateError) {
        try resolve(body.statements, frame)
        close(body.scope, frame)
    }

    /// Writes down what entering the scope does. Last, as only then all slots are known.
    private mutating func close(_ scope: Int, _ frame: Frame) {
        let symbols = frame.symbols
        scopes.scopes[scope].function = symbols.function
        scopes.scopes[scope].loads = symbols.loads.sorted { $0.key.name < $1.key.name }.map { identifier, load in
            let slot = slot(of: identifier)
            return switch load {
            case .context: .context(slot: slot, name: identifier.name)
            case .copy(let outer): .copy(slot: slot, from: variable(outer, from: symbols.function))
            case .missing: .missing(slot: slot)
            case .parameter: .parameter(slot: slot)
            }
        }
    }

    private mutating func slot(of identifier: TemplateSymbols.Identifier) -> Int {
        let function = identifier.function
        let slot = slots[function][identifier] ?? slots[function].count
        slots[function][identifier] = slot
        return slot
    }

    private mutating func variable(
        _ identifier: TemplateSymbols.Identifier, from function: Int
    ) -> TemplateScopes.Variable {
        var hops = 0
        var current = function
        while current != identifier.function, let outer = enclosing[current] {
            hops += 1
            current = outer
        }
        return TemplateScopes.Variable(hops: hops, slot: slot(of: identifier))
    }

    private mutating func resolve(_ name: TemplateName, _ frame: Frame) {
        guard let identifier = frame.symbols.identifier(of: name.name) else { return }
        scopes.variables[name.reference] = variable(identifier, from: frame.symbols.function)
    }
}

// MARK: - Statements

extension TemplateResolver {
    private mutating func resolve(_ statements: [TemplateStatement], _ frame: Frame) throws(ChatTemplateError) {
        for statement in statements { try resolve(statement, frame) }
    }

    private func inner(_ frame: Frame) -> Frame {
        Frame(symbols: TemplateSymbols(parent: frame.symbols, function: frame.symbols.function))
    }

    private mutating func resolve(_ statement: TemplateStatement, _ frame: Frame) throws(ChatTemplateError) {
        switch statement.kind {
        case .data, .leaveLoop, .continueLoop:
            break
        case .output(let value):
            try resolve(value, frame)
        case .assign(let target, let value):
            try resolve(value, frame)
            assign(target, frame)
        case .capture(let target, let filter, let body):
            let inner = inner(frame)
            inner.symbols.gather(body.statements)
            if let filter {
                inner.symbols.gather(filter)
                try resolve(filter, inner)
            }
            try resolve(body, inner)
            assign(target, frame)
        case .branch(let branches, let otherwise):
            for branch in branches {
                try resolve(branch.test, frame.soft)
                try resolve(branch.body, frame.soft)
            }
            try resolve(otherwise, frame.soft)
        case .loop(let loop):
            try resolve(loop, frame)
        case .macro(let name, let definition):
            try resolve(definition, frame, line: statement.line)
            assign(.name(name), frame)
        case .call(let callee, let definition):
            try resolve(definition, frame, line: statement.line)
            try resolve(callee, frame)
        case .generation(let definition):
            try resolve(definition, frame, line: statement.line)
        case .filter(let filter, let body):
            let inner = inner(frame)
            inner.symbols.gather(body.statements)
            inner.symbols.gather(filter)
            try resolve(filter, inner)
            try resolve(body, inner)
        case .with(let assignments, let body):
            let inner = inner(frame)
            for assignment in assignments { inner.symbols.declareParameters(of: assignment.target) }
            inner.symbols.gather(body.statements)
            for assignment in assignments {
                try resolve(assignment.value, frame)
                assign(assignment.target, inner)
            }
            try resolve(body, inner)
        case .autoescape(let value, let body):
            let inner = inner(frame)
            inner.symbols.gather(value)
            inner.symbols.gather(body.statements)
            try resolve(value, inner)
            try resolve(body, inner)
        case .block(let block):
            try register(block, frame, line: statement.line)
        case .otherTemplate(_, let operands, let targets):
            for operand in operands { try resolve(operand, frame) }
            for target in targets { assign(.name(target), frame) }
        }
    }

    private mutating func assign(_ target: TemplateTarget, _ frame: Frame) {
        switch target {
        case .name(let name):
            resolve(name, frame)
            scopes.isExported[name.reference] = frame.isTopLevel
        case .attribute(let name, _):
            resolve(name, frame)
        case .tuple(let targets):
            for target in targets { assign(target, frame) }
        }
    }

    private mutating func resolve(_ loop: TemplateLoop, _ frame: Frame) throws(ChatTemplateError) {
        let outer = frame.symbols
        let function = loop.isRecursive ? newFunction(in: outer.function) : outer.function
        let body = Frame(symbols: TemplateSymbols(parent: outer, function: function))
        let seesLoop =
            loop.isRecursive || !TemplateNameSearch.names(["loop"], usedIn: loop.body.statements).isEmpty
        if seesLoop { body.symbols.declareParameter("loop") }
        body.symbols.declareParameters(of: loop.target)
        body.symbols.gather(loop.body.statements)

        let otherwise = Frame(symbols: TemplateSymbols(parent: outer, function: function))
        otherwise.symbols.gather(loop.otherwise.statements)

        if let test = loop.test {
            // Python makes a generator of it: a function with variables of its own.
            let function = newFunction(in: outer.function)
            let frame = Frame(symbols: TemplateSymbols(parent: outer, function: function))
            frame.symbols.declareParameters(of: loop.testTarget)
            frame.symbols.gather(test)
            try resolve(test, frame)
            assign(loop.testTarget, frame)
            close(loop.testScope, frame)
        }
        try resolve(loop.iterable, frame)
        assign(loop.target, body)
        if seesLoop { resolve(loop.loopName, body) }
        try resolve(loop.body, body)
        try resolve(loop.otherwise, otherwise)
    }

    private mutating func resolve(
        _ definition: TemplateMacroDefinition, _ frame: Frame, line: Int
    ) throws(ChatTemplateError) {
        let function = newFunction(in: frame.symbols.function)
        let inner = Frame(symbols: TemplateSymbols(parent: frame.symbols, function: function))
        let statements = definition.body.statements
        func gather() {
            for parameter in definition.parameters { inner.symbols.declareParameter(parameter.name) }
            for value in definition.defaults { inner.symbols.gather(value) }
            inner.symbols.gather(statements)
        }
        gather()
        let used = TemplateNameSearch.names(["caller", "kwargs", "varargs"], usedIn: statements)
        let names = definition.parameters.map(\.name)
        if used.contains("caller") {
            if let index = names.firstIndex(of: "caller") {
                guard index >= names.count - definition.defaults.count else {
                    throw ChatTemplateError(.syntax, line: line, "the parameter 'caller' must have a default")
                }
            } else {
                inner.symbols.declareParameter("caller")
                resolve(definition.caller, inner)
            }
        }
        for special in [definition.keywordArguments, definition.variableArguments]
        where used.contains(special.name) && !names.contains(special.name) {
            inner.symbols.declareParameter(special.name)
            resolve(special, inner)
        }
        gather()
        for parameter in definition.parameters { resolve(parameter, inner) }
        for value in definition.defaults { try resolve(value, inner) }
        try resolve(definition.body, inner)
    }

    private mutating func register(_ block: TemplateBlock, _ frame: Frame, line: Int) throws(ChatTemplateError) {
        guard scopes.blocks[block.name] == nil else {
            throw ChatTemplateError(.syntax, line: line, "the block '\(block.name)' is defined twice")
        }
        scopes.blocks[block.name] = block
        pendingBlocks.append(block)
        guard block.isScoped else { return }
        let visible = frame.symbols.visibleStores.sorted { $0.key < $1.key }
        scopes.scopes[block.body.scope].visible = visible.map { name, identifier in
            (name, variable(identifier, from: frame.symbols.function))
        }
    }
}

// MARK: - Expressions

extension TemplateResolver {
    private mutating func resolve(_ expression: TemplateExpression, _ frame: Frame) throws(ChatTemplateError) {
        var frame = frame
        switch expression.kind {
        case .name(let name): resolve(name, frame)
        case .filter(_, let name, _):
            guard frame.isSoft || TemplateFilter.named[name] != nil else {
                throw ChatTemplateError(.syntax, line: expression.line, "there is no filter called '\(name)'")
            }
        case .test(_, let name, _):
            guard frame.isSoft || TemplateTest.named[name] != nil else {
                throw ChatTemplateError(.syntax, line: expression.line, "there is no test called '\(name)'")
            }
        case .conditional: frame = frame.soft
        default: break
        }
        for operand in expression.kind.operands { try resolve(operand, frame) }
    }
}
