/// Which names a statement makes known to the scope it stands in. What it holds inside is the concern of scopes of its
/// own.
extension TemplateSymbols {
    func gather(_ statements: [TemplateStatement]) {
        for statement in statements { gather(statement) }
    }

    private func gather(_ statement: TemplateStatement) {
        switch statement.kind {
        case .data, .leaveLoop, .continueLoop, .generation, .autoescape, .block:
            break
        case .output(let value):
            gather(value)
        case .assign(let target, let value):
            gather(value)
            gather(target)
        case .capture(let target, _, _):
            gather(target)
        case .branch(let branches, let otherwise):
            gather(branches[...], otherwise: otherwise)
        case .loop(let loop):
            gather(loop.iterable)
        case .macro(let name, _):
            store(name.name)
        case .call(let callee, _):
            gather(callee)
        case .filter(let filter, _):
            gather(filter)
        case .with(let assignments, _):
            for assignment in assignments { gather(assignment.value) }
        case .otherTemplate(_, let operands, let targets):
            for operand in operands { gather(operand) }
            for target in targets { store(target.name) }
        }
    }

    private func gather(_ branches: ArraySlice<TemplateBranch>, otherwise: [TemplateStatement]) {
        guard let first = branches.first else { return }
        gather(first.test)
        branch([
            { $0.gather(first.body) },
            { symbols in
                for alternative in branches.dropFirst() { symbols.gather([alternative], otherwise: []) }
            },
            { $0.gather(otherwise) },
        ])
    }

    func gather(_ expression: TemplateExpression) {
        if case .name(let name) = expression.kind { load(name.name) }
        for operand in expression.kind.operands { gather(operand) }
    }

    func gather(_ target: TemplateTarget) {
        switch target {
        case .name(let name): store(name.name)
        case .attribute(let name, _): load(name.name)
        case .tuple(let targets): for target in targets { gather(target) }
        }
    }

    func declareParameters(of target: TemplateTarget) {
        switch target {
        case .name(let name): declareParameter(name.name)
        case .attribute(let name, _): load(name.name)
        case .tuple(let targets): for target in targets { declareParameters(of: target) }
        }
    }
}
