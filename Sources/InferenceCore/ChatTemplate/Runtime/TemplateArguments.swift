/// The arguments of one call.
struct TemplateArguments {
    var positional: [TemplateValue] = []
    var keyword: [(name: String, value: TemplateValue)] = []

    /// Takes the keyword argument `name` out.
    mutating func take(_ name: String) -> TemplateValue? {
        guard let index = keyword.firstIndex(where: { $0.name == name }) else { return nil }
        return keyword.remove(at: index).value
    }
}

/// The parameters of a filter, test, method or function.
struct TemplateSignature: Sendable, ExpressibleByArrayLiteral {
    let parameters: [String]
    let requiredCount: Int
    /// Whether further positional and keyword arguments are taken as they come.
    let isOpen: Bool

    /// Names in order; one that ends in "?" may be left out, and "*" takes all further arguments.
    init(arrayLiteral names: String...) {
        isOpen = names.last == "*"
        let names = isOpen ? Array(names.dropLast()) : names
        requiredCount = names.count { !$0.hasSuffix("?") }
        parameters = names.map { $0.hasSuffix("?") ? String($0.dropLast()) : $0 }
    }
}

/// A call's arguments, sorted by parameter.
struct TemplateBoundArguments {
    fileprivate(set) var values: [(name: String, value: TemplateValue)] = []
    fileprivate(set) var rest = TemplateArguments()
    let callee: String

    /// The argument; nil where it was left out.
    subscript(name: String) -> TemplateValue? {
        values.first { $0.name == name }?.value
    }

    /// The argument if it is neither left out nor `none`.
    func given(_ name: String) -> TemplateValue? {
        guard let value = self[name], !value.isNone else { return nil }
        return value
    }
}

extension TemplateInterpreter {
    /// Sorts arguments into parameters as a Python call does.
    func bind(
        _ arguments: TemplateArguments, to signature: TemplateSignature, of callee: String
    ) throws(ChatTemplateError) -> TemplateBoundArguments {
        var bound = TemplateBoundArguments(callee: callee)
        let count = min(arguments.positional.count, signature.parameters.count)
        for index in 0..<count { bound.values.append((signature.parameters[index], arguments.positional[index])) }
        if arguments.positional.count > count {
            guard signature.isOpen else {
                throw failure(
                    .type,
                    "\(callee)() takes at most \(signature.parameters.count) arguments, \(arguments.positional.count) given"
                )
            }
            bound.rest.positional = Array(arguments.positional[count...])
        }
        for (name, value) in arguments.keyword {
            if signature.parameters.contains(name) {
                guard bound[name] == nil else {
                    throw failure(.type, "\(callee)() got two values for its argument '\(name)'")
                }
                bound.values.append((name, value))
            } else {
                guard signature.isOpen else {
                    throw failure(.type, "\(callee)() got an unexpected keyword argument '\(name)'")
                }
                bound.rest.keyword.append((name, value))
            }
        }
        for name in signature.parameters.prefix(signature.requiredCount) where bound[name] == nil {
            throw failure(.type, "\(callee)() misses its argument '\(name)'")
        }
        return bound
    }

    /// An argument that must be an integer.
    func integer(
        _ arguments: TemplateBoundArguments, _ name: String, default value: Int
    ) throws(ChatTemplateError) -> Int {
        guard let argument = arguments[name] else { return value }
        return try integer(argument)
    }

    func integer(_ value: TemplateValue) throws(ChatTemplateError) -> Int {
        guard let index = value.index else {
            try check(value)
            throw failure(.type, "'\(value.typeName)' object cannot be interpreted as an integer")
        }
        return index
    }

    /// An argument that counts as true or false.
    func flag(_ arguments: TemplateBoundArguments, _ name: String) throws(ChatTemplateError) -> Bool {
        guard let argument = arguments[name] else { return false }
        return try isTrue(argument)
    }

    /// An argument that must be a string.
    func text(
        _ arguments: TemplateBoundArguments, _ name: String
    ) throws(ChatTemplateError) -> TemplateText {
        guard let argument = arguments[name] else { return TemplateText() }
        guard case .text(let text) = argument else {
            try check(argument)
            throw failure(
                .type, "\(arguments.callee)() argument '\(name)' must be str, not \(argument.typeName)")
        }
        return text
    }

    /// Fails where the value is undefined.
    func check(_ value: TemplateValue) throws(ChatTemplateError) {
        guard case .undefined(let undefined) = value else { return }
        throw failure(undefined.isWithheld ? .security : .undefined, undefined.message)
    }
}
