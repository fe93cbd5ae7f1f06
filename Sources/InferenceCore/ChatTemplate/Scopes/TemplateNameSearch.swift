/// Finds which special names a body uses without declaring them itself, in macros and loops inside of it too.
///
/// The order of the visit counts: a name that is set before it is read is the body's own.
struct TemplateNameSearch {
    private var wanted: Set<String>
    private(set) var found: Set<String> = []

    static func names(_ names: Set<String>, usedIn statements: [TemplateStatement]) -> Set<String> {
        var search = TemplateNameSearch(wanted: names)
        search.visit(statements)
        return search.found
    }

    private init(wanted: Set<String>) {
        self.wanted = wanted
    }

    private mutating func visit(_ statements: [TemplateStatement]) {
        for statement in statements { visit(statement) }
    }

    private mutating func visit(_ statement: TemplateStatement) {
        switch statement.kind {
        case .data, .leaveLoop, .continueLoop, .block:
            break
        case .output(let value):
            visit(value)
        case .assign(let target, let value):
            visit(target)
            visit(value)
        case .capture(let target, let filter, let body):
            visit(target)
            if let filter { visit(filter) }
            visit(body.statements)
        case .branch(let branches, let otherwise):
            for branch in branches {
                visit(branch.test)
                visit(branch.body)
            }
            visit(otherwise)
        case .loop(let loop):
            visit(loop.target)
            visit(loop.iterable)
            visit(loop.body.statements)
            visit(loop.otherwise.statements)
            if let test = loop.test { visit(test) }
        case .macro(_, let definition), .generation(let definition):
            visit(definition)
        case .call(let callee, let definition):
            visit(callee)
            visit(definition)
        case .filter(let filter, let body):
            visit(body.statements)
            visit(filter)
        case .with(let assignments, let body):
            for assignment in assignments { visit(assignment.target) }
            for assignment in assignments { visit(assignment.value) }
            visit(body.statements)
        case .autoescape(let value, let body):
            visit(value)
            visit(body.statements)
        case .otherTemplate(_, let operands, _):
            for operand in operands { visit(operand) }
        }
    }

    private mutating func visit(_ definition: TemplateMacroDefinition) {
        for parameter in definition.parameters { wanted.remove(parameter.name) }
        for value in definition.defaults { visit(value) }
        visit(definition.body.statements)
    }

    private mutating func visit(_ expression: TemplateExpression) {
        if case .name(let name) = expression.kind, wanted.contains(name.name) { found.insert(name.name) }
        for operand in expression.kind.operands { visit(operand) }
    }

    private mutating func visit(_ target: TemplateTarget) {
        switch target {
        case .name(let name): wanted.remove(name.name)
        case .attribute: break
        case .tuple(let targets): for target in targets { visit(target) }
        }
    }
}
