/// Where every name of a template lives.
///
/// jinja2 compiles a template to Python functions and decides from the text alone which variable a name means: a name
/// that is set anywhere in a body belongs to that body, even before it is set. This table holds those decisions.
struct TemplateScopes: Sendable {
    /// A place for a value: `hops` activations out, in slot `slot`.
    struct Variable: Sendable, Equatable {
        let hops: Int
        let slot: Int
    }

    /// What a variable of a scope holds when the scope is entered.
    enum Load: Sendable {
        /// The variable of that name that the caller passed, if any.
        case context(slot: Int, name: String)
        /// The value that an outer scope's variable has at that time.
        case copy(slot: Int, from: Variable)
        /// Nothing, until it is set.
        case missing(slot: Int)
        /// What the statement itself puts there.
        case parameter(slot: Int)
    }

    struct Scope: Sendable {
        var loads: [Load] = []
        /// The function whose activation holds the scope's variables.
        var function = 0
        /// The variables that a scoped block lets its body see, by name.
        var visible: [(name: String, variable: Variable)] = []
    }

    /// By ``TemplateName/reference``; nil where a name is never looked up.
    var variables: [Variable?]
    /// By ``TemplateBody/scope``.
    var scopes: [Scope]
    /// How many slots an activation of each function needs.
    var slotCounts: [Int] = []
    /// The blocks of the template by name.
    var blocks: [String: TemplateBlock] = [:]
    /// By ``TemplateName/reference``: whether what is assigned there is seen by blocks too.
    var isExported: [Bool]
}
