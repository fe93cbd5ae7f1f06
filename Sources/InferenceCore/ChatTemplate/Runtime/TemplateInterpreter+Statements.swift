extension TemplateInterpreter {
    /// What runs next after a statement.
    enum Flow {
        case onward, leaveLoop, continueLoop
    }

    func execute(
        _ statements: [TemplateStatement], _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> Flow {
        guard depth < limits.depth else { throw tooDeep() }
        depth += 1
        defer { depth -= 1 }
        for statement in statements {
            try spend()
            line = statement.line
            let flow = try execute(statement, activation)
            guard flow == .onward else { return flow }
        }
        return .onward
    }

    func tooDeep() -> ChatTemplateError {
        failure(.limit, "the template recurses deeper than \(limits.depth) levels")
    }

    private func execute(
        _ statement: TemplateStatement, _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> Flow {
        switch statement.kind {
        case .data(let text):
            try write(text)
        case .output(let value):
            try write(try printed(try evaluate(value, activation)))
        case .assign(let target, let value):
            try assign(value, to: target, activation)
        case .capture(let target, let filter, let body):
            return try capture(body, filter: filter, into: target, activation)
        case .branch(let branches, let otherwise):
            return try execute(branches, otherwise: otherwise, activation)
        case .loop(let loop):
            return try execute(loop, activation)
        case .macro(let name, let definition):
            set(name, .object(macro(definition, activation)), activation)
        case .call(let callee, let definition):
            try call(callee, with: definition, activation)
        case .generation(let definition):
            try write(try macro(definition, activation).invoke(TemplateArguments(), self))
        case .filter(let filter, let body):
            return try filterBlock(filter, body, activation)
        case .with(let assignments, let body):
            return try with(assignments, body, activation)
        case .autoescape(let value, let body):
            return try autoescape(value, body, activation)
        case .block(let block):
            try execute(block, activation)
        case .leaveLoop:
            return .leaveLoop
        case .continueLoop:
            return .continueLoop
        case .otherTemplate(let tag, _, _):
            throw failure(.unsupported, "the tag '\(tag)' needs a second template, and there is none")
        }
        return .onward
    }

    /// What `{{ }}` writes for a value.
    private func printed(_ value: TemplateValue) throws(ChatTemplateError) -> TemplateText {
        guard escapesOutput else { return try string(value) }
        if case .text(let text) = value { return text.escapedForHTML }
        return try string(value).escapedForHTML
    }

    /// Writes what a filtered block or a call made, which must be a text: nothing turns it into one.
    func writeText(_ value: TemplateValue) throws(ChatTemplateError) {
        guard case .text(let text) = value else {
            throw failure(.type, "expected a string from the block, found '\(value.typeName)'")
        }
        try write(text)
    }

    private func assign(
        _ value: TemplateExpression, to target: TemplateTarget, _ activation: TemplateActivation
    ) throws(ChatTemplateError) {
        let result = try evaluate(value, activation)
        try assign(result, to: target, activation)
    }

    /// A scope of its own in the running function.
    private func scoped(
        _ body: TemplateBody, _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> Flow {
        let flow = try execute(body.statements, activation)
        leave(body.scope, activation)
        return flow
    }

    private func capture(
        _ body: TemplateBody, filter: TemplateExpression?, into target: TemplateTarget,
        _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> Flow {
        try enter(body.scope, activation)
        let (text, flow) = try captured(body, activation)
        // A loop that is left in the middle of the block leaves the target as it was.
        guard flow == .onward else { return flow }
        var value = TemplateValue.text(text)
        if let filter { value = try evaluate(filter, activation, operand: value) }
        try assign(value, to: target, activation)
        leave(body.scope, activation)
        return flow
    }

    private func captured(
        _ body: TemplateBody, _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> (TemplateText, Flow) {
        var flow = Flow.onward
        let text = try capture { () throws(ChatTemplateError) in flow = try execute(body.statements, activation) }
        return (text, flow)
    }

    private func filterBlock(
        _ filter: TemplateExpression, _ body: TemplateBody, _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> Flow {
        try enter(body.scope, activation)
        let (text, flow) = try captured(body, activation)
        guard flow == .onward else { return flow }
        try writeText(try evaluate(filter, activation, operand: .text(text)))
        leave(body.scope, activation)
        return flow
    }

    private func execute(
        _ branches: [TemplateBranch], otherwise: [TemplateStatement], _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> Flow {
        for branch in branches where try isTrue(try evaluate(branch.test, activation)) {
            return try execute(branch.body, activation)
        }
        return try execute(otherwise, activation)
    }

    private func with(
        _ assignments: [(target: TemplateTarget, value: TemplateExpression)], _ body: TemplateBody,
        _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> Flow {
        try enter(body.scope, activation)
        for assignment in assignments { try assign(assignment.value, to: assignment.target, activation) }
        return try scoped(body, activation)
    }

    private func autoescape(
        _ value: TemplateExpression, _ body: TemplateBody, _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> Flow {
        try enter(body.scope, activation)
        let outer = escapesOutput
        defer { escapesOutput = outer }
        escapesOutput = try isTrue(try evaluate(value, activation))
        return try scoped(body, activation)
    }

    private func execute(_ block: TemplateBlock, _ activation: TemplateActivation) throws(ChatTemplateError) {
        try withVisible(block.body.scope, activation) { () throws(ChatTemplateError) in try execute(block) }
    }

    /// Runs a block, which sees the template's own variables and nothing of where it stands.
    func execute(_ block: TemplateBlock) throws(ChatTemplateError) {
        guard !block.isRequired else {
            throw failure(.unsupported, "the block '\(block.name)' must be filled by a second template")
        }
        let inner = newActivation(for: block.body.scope, in: nil)
        try enter(block.body.scope, inner)
        _ = try execute(block.body.statements, inner)
    }
}
