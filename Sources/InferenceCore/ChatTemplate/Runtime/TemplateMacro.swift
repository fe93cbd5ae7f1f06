/// A macro, or the body of a call block as its callee sees it.
final class TemplateMacro: TemplateObject {
    let typeName = "Macro"
    let isCallable = true
    private let definition: TemplateMacroDefinition
    private let activation: TemplateActivation

    init(_ definition: TemplateMacroDefinition, _ activation: TemplateActivation) {
        self.definition = definition
        self.activation = activation
    }

    func call(
        _ arguments: TemplateArguments, _ interpreter: TemplateInterpreter
    ) throws(ChatTemplateError) -> TemplateValue {
        .text(try invoke(arguments, interpreter))
    }

    func invoke(
        _ arguments: TemplateArguments, _ interpreter: TemplateInterpreter
    ) throws(ChatTemplateError) -> TemplateText {
        let line = interpreter.line
        defer { interpreter.line = line }
        let body = definition.body
        let inner = interpreter.newActivation(for: body.scope, in: activation)
        try interpreter.allocate(elements: 8)
        try interpreter.enter(body.scope, inner)
        try bind(arguments, in: inner, interpreter)
        return try interpreter.capture { () throws(ChatTemplateError) in
            _ = try interpreter.execute(body.statements, inner)
        }
    }

    private func bind(
        _ arguments: TemplateArguments, in inner: TemplateActivation, _ interpreter: TemplateInterpreter
    ) throws(ChatTemplateError) {
        var arguments = arguments
        let parameters = definition.parameters
        let positional = arguments.positional
        let hasCaller = interpreter.scopes.variables[definition.caller.reference] != nil
        var missing: [Int] = []
        for (index, parameter) in parameters.enumerated() {
            if index < positional.count {
                interpreter.set(parameter, positional[index], inner)
            } else if let value = arguments.take(parameter.name) {
                interpreter.set(parameter, value, inner)
            } else {
                missing.append(index)
            }
        }
        if hasCaller {
            let caller = arguments.take("caller") ?? .undefined(TemplateUndefined("No caller defined"))
            interpreter.set(definition.caller, caller, inner)
        }
        try bindRest(arguments, in: inner, interpreter)
        // A default may use the parameters before it, so all of them are set in order.
        for index in missing {
            let parameter = parameters[index]
            let defaultIndex = index - (parameters.count - definition.defaults.count)
            let value =
                defaultIndex < 0
                ? .undefined(TemplateUndefined("parameter '\(parameter.name)' was not provided"))
                : try interpreter.evaluate(definition.defaults[defaultIndex], inner)
            interpreter.set(parameter, value, inner)
        }
    }

    private func bindRest(
        _ arguments: TemplateArguments, in inner: TemplateActivation, _ interpreter: TemplateInterpreter
    ) throws(ChatTemplateError) {
        if interpreter.scopes.variables[definition.keywordArguments.reference] != nil {
            let pairs = arguments.keyword.map { (key: TemplateValue.text($0.name), value: $0.value) }
            interpreter.set(definition.keywordArguments, try interpreter.dictionary(pairs), inner)
        } else if let (name, _) = arguments.keyword.first {
            throw interpreter.failure(.type, "macro '\(label)' takes no keyword argument '\(name)'")
        }
        let rest = Array(arguments.positional.dropFirst(definition.parameters.count))
        if interpreter.scopes.variables[definition.variableArguments.reference] != nil {
            interpreter.set(definition.variableArguments, try interpreter.tuple(rest), inner)
        } else if !rest.isEmpty {
            throw interpreter.failure(
                .type, "macro '\(label)' takes not more than \(definition.parameters.count) argument(s)")
        }
    }

    private var label: String {
        definition.name ?? "caller"
    }

    func attribute(_ name: String, _ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue? {
        switch name {
        case "name": definition.name.map { .text($0) } ?? TemplateValue.none
        case "arguments": try interpreter.tuple(definition.parameters.map { .text($0.name) })
        case "catch_kwargs":
            .boolean(interpreter.scopes.variables[definition.keywordArguments.reference] != nil)
        case "catch_varargs":
            .boolean(interpreter.scopes.variables[definition.variableArguments.reference] != nil)
        case "caller": .boolean(interpreter.scopes.variables[definition.caller.reference] != nil)
        default: nil
        }
    }

    func describe(_ interpreter: TemplateInterpreter) -> TemplateText {
        TemplateText(definition.name.map { "<Macro '\($0)'>" } ?? "<Macro anonymous>")
    }
}

extension TemplateInterpreter {
    func macro(_ definition: TemplateMacroDefinition, _ activation: TemplateActivation) -> TemplateMacro {
        keep(activation)
        return TemplateMacro(definition, activation)
    }

    /// `{% call %}`: calls the callee with the block's body as its `caller`.
    func call(
        _ callee: TemplateExpression, with definition: TemplateMacroDefinition, _ activation: TemplateActivation
    ) throws(ChatTemplateError) {
        guard case .call(let function, let arguments) = callee.kind else { return }
        let caller = macro(definition, activation)
        let value = try evaluate(function, activation)
        var values = try evaluate(arguments, activation)
        values.keyword.append(("caller", .object(caller)))
        line = callee.line
        try writeText(try call(value, values))
    }
}
