/// Renders one template once.
final class TemplateInterpreter {
    let scopes: TemplateScopes
    let limits: TemplateBudget
    let now: CivilTime
    /// What is left of the limits.
    var budget: TemplateBudget
    /// The line of the template that is at work, for errors.
    var line = 1
    /// How many statements and expressions are at work in each other.
    var depth = 0
    /// Where output goes: the prompt, or what a block captures.
    var output = TemplateText()
    /// Whether output is escaped for HTML; only `{% autoescape true %}` makes it so.
    var escapesOutput = false
    /// What the caller passed, and the built-in functions.
    private var context: [String: TemplateValue]
    /// What the template itself has set at its top level, for blocks.
    private var exported: [String: TemplateValue] = [:]
    /// What can hold itself by way of values, and is emptied at the end.
    private var namespaces: [TemplateNamespace] = []
    private var activations: [TemplateActivation] = []

    init(
        scopes: TemplateScopes, context: [String: TemplateValue], limits: TemplateBudget, now: CivilTime
    ) {
        self.scopes = scopes
        self.context = context.merging(TemplateGlobals.all) { passed, _ in passed }
        self.context["self"] = .object(TemplateSelf())
        self.limits = limits
        self.now = now
        budget = limits
    }

    /// The rendered text.
    func render(_ template: TemplateBody) throws(ChatTemplateError) -> TemplateText {
        defer {
            for namespace in namespaces { namespace.removeAll() }
            for activation in activations { activation.removeAll() }
        }
        let activation = newActivation(for: template.scope, in: nil)
        try enter(template.scope, activation)
        _ = try execute(template.statements, activation)
        return output
    }

    func failure(_ kind: ChatTemplateError.Kind, _ message: String) -> ChatTemplateError {
        ChatTemplateError(kind, line: line, message)
    }

    func write(_ text: TemplateText) throws(ChatTemplateError) {
        try allocate(bytes: text.bytes.count)
        output.append(text)
        try checkLength(of: output)
    }

    /// Runs `body` and returns what it wrote.
    func capture(_ body: () throws(ChatTemplateError) -> Void) throws(ChatTemplateError) -> TemplateText {
        let outer = output
        output = TemplateText()
        defer { output = outer }
        try body()
        return escapesOutput ? output.marked : output
    }

    func newNamespace() throws(ChatTemplateError) -> TemplateNamespace {
        try allocate(elements: 8)
        let namespace = TemplateNamespace()
        namespaces.append(namespace)
        return namespace
    }
}

// MARK: - Variables

/// The variables of one running function: the template itself, a macro, a recursive loop.
final class TemplateActivation {
    fileprivate var slots: [TemplateValue?]
    let parent: TemplateActivation?
    fileprivate var isKept = false

    init(slotCount: Int, parent: TemplateActivation?) {
        slots = Array(repeating: nil, count: slotCount)
        self.parent = parent
    }

    fileprivate func removeAll() {
        slots = []
    }
}

extension TemplateInterpreter {
    func newActivation(for scope: Int, in parent: TemplateActivation?) -> TemplateActivation {
        let function = scopes.scopes[scope].function
        return TemplateActivation(slotCount: scopes.slotCounts[function], parent: parent)
    }

    /// Remembers an activation that a macro holds, as the activation holds the macro too.
    func keep(_ activation: TemplateActivation) {
        guard !activation.isKept else { return }
        activation.isKept = true
        activations.append(activation)
    }

    /// Gives the scope's variables what they hold at its beginning.
    func enter(_ scope: Int, _ activation: TemplateActivation) throws(ChatTemplateError) {
        for load in scopes.scopes[scope].loads {
            try spend()
            switch load {
            case .context(let slot, let name): activation.slots[slot] = exported[name] ?? context[name]
            case .copy(let slot, let variable): activation.slots[slot] = value(of: variable, activation)
            case .missing(let slot): activation.slots[slot] = nil
            case .parameter: break
            }
        }
    }

    /// Takes the scope's variables away.
    func leave(_ scope: Int, _ activation: TemplateActivation) {
        for load in scopes.scopes[scope].loads {
            switch load {
            case .context(let slot, _), .copy(let slot, _), .missing(let slot), .parameter(let slot):
                activation.slots[slot] = nil
            }
        }
    }

    private func holder(
        of variable: TemplateScopes.Variable, _ activation: TemplateActivation
    ) -> TemplateActivation {
        var holder = activation
        for _ in 0..<variable.hops {
            guard let parent = holder.parent else { break }
            holder = parent
        }
        return holder
    }

    private func value(
        of variable: TemplateScopes.Variable, _ activation: TemplateActivation
    ) -> TemplateValue? {
        holder(of: variable, activation).slots[variable.slot]
    }

    /// What the name holds; nil where it holds nothing.
    func value(of name: TemplateName, _ activation: TemplateActivation) -> TemplateValue? {
        scopes.variables[name.reference].flatMap { value(of: $0, activation) }
    }

    func set(_ name: TemplateName, _ value: TemplateValue?, _ activation: TemplateActivation) {
        guard let variable = scopes.variables[name.reference] else { return }
        holder(of: variable, activation).slots[variable.slot] = value
        if scopes.isExported[name.reference], !scopes.blocks.isEmpty { exported[name.name] = value }
    }

    /// Runs `body` with what a scoped block sees beside the template's own variables.
    func withVisible(
        _ scope: Int, _ activation: TemplateActivation, _ body: () throws(ChatTemplateError) -> Void
    ) throws(ChatTemplateError) {
        let outer = exported
        defer { exported = outer }
        for (name, variable) in scopes.scopes[scope].visible {
            if let value = value(of: variable, activation) { exported[name] = value }
        }
        try body()
    }

    /// Assigns to names, attributes of namespaces, and tuples of them.
    func assign(
        _ value: TemplateValue, to target: TemplateTarget, _ activation: TemplateActivation
    ) throws(ChatTemplateError) {
        switch target {
        case .name(let name):
            set(name, value, activation)
        case .attribute(let name, let attribute):
            guard let namespace = self.value(of: name, activation)?.object(as: TemplateNamespace.self) else {
                throw failure(.type, "can't assign to an attribute of '\(name.name)': it is no namespace")
            }
            try allocate(elements: 1)
            namespace.set(TemplateText(attribute), value)
        case .tuple(let targets):
            let values = try unpack(value, into: targets.count)
            for (target, value) in zip(targets, values) { try assign(value, to: target, activation) }
        }
    }

    private func unpack(_ value: TemplateValue, into count: Int) throws(ChatTemplateError) -> [TemplateValue] {
        guard let iterator = try iteratorIfAny(value) else {
            throw failure(.type, "cannot unpack non-iterable \(value.typeName) object")
        }
        var values: [TemplateValue] = []
        while let next = try iterator.next(self) {
            guard values.count < count else {
                throw failure(.value, "too many values to unpack (expected \(count))")
            }
            values.append(next)
        }
        guard values.count == count else {
            throw failure(.value, "not enough values to unpack (expected \(count), got \(values.count))")
        }
        return values
    }
}
