/// A statement as the parser found it.
struct TemplateStatement: Sendable {
    indirect enum Kind: Sendable {
        case data(TemplateText)
        case output(TemplateExpression)
        case assign(TemplateTarget, TemplateExpression)
        /// `{% set target | filter %}…{% endset %}`
        case capture(TemplateTarget, filter: TemplateExpression?, TemplateBody)
        case branch([TemplateBranch], otherwise: [TemplateStatement])
        case loop(TemplateLoop)
        case macro(TemplateName, TemplateMacroDefinition)
        /// `{% call(arguments) callee() %}…{% endcall %}`
        case call(TemplateExpression, TemplateMacroDefinition)
        /// `{% generation %}…{% endgeneration %}`, which marks the model's own turns and changes nothing.
        case generation(TemplateMacroDefinition)
        case filter(TemplateExpression, TemplateBody)
        case with([(target: TemplateTarget, value: TemplateExpression)], TemplateBody)
        case autoescape(TemplateExpression, TemplateBody)
        case block(TemplateBlock)
        case leaveLoop
        case continueLoop
        /// A tag that needs a second template: `include`, `import`, `from`, `extends`.
        case otherTemplate(tag: String, operands: [TemplateExpression], targets: [TemplateName])
    }

    let kind: Kind
    let line: Int
}

/// Statements with variables of their own.
struct TemplateBody: Sendable {
    let statements: [TemplateStatement]
    /// The place among all scopes of the template; see ``TemplateScopes``.
    let scope: Int
}

/// What can be assigned to.
indirect enum TemplateTarget: Sendable {
    case name(TemplateName)
    /// `namespace.attribute`
    case attribute(TemplateName, String)
    case tuple([TemplateTarget])
}

/// One `if` or `elif`.
struct TemplateBranch: Sendable {
    let test: TemplateExpression
    let body: [TemplateStatement]
}

struct TemplateLoop: Sendable {
    let target: TemplateTarget
    let iterable: TemplateExpression
    let test: TemplateExpression?
    let isRecursive: Bool
    let body: TemplateBody
    let otherwise: TemplateBody
    /// The scope in which `test` is evaluated.
    let testScope: Int
    /// The name under which the body sees the loop itself.
    let loopName: TemplateName
    /// The loop's target as `test` sees it.
    let testTarget: TemplateTarget
}

/// The parameters and body of a macro or of a call block.
struct TemplateMacroDefinition: Sendable {
    let name: String?
    let parameters: [TemplateName]
    /// The defaults of the last parameters.
    let defaults: [TemplateExpression]
    let body: TemplateBody
    /// The names that a body may use without declaring them.
    let caller: TemplateName
    let keywordArguments: TemplateName
    let variableArguments: TemplateName
}

struct TemplateBlock: Sendable {
    let name: String
    let isScoped: Bool
    let isRequired: Bool
    let body: TemplateBody
}
