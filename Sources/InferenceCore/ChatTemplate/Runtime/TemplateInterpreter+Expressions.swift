extension TemplateInterpreter {
    /// The expression's value. `operand` is what a filter without an expression of its own is applied to.
    func evaluate(
        _ expression: TemplateExpression, _ activation: TemplateActivation, operand: TemplateValue? = nil
    ) throws(ChatTemplateError) -> TemplateValue {
        try spend()
        switch expression.kind {
        case .literal(let literal): return TemplateValue(literal)
        case .name(let name):
            return value(of: name, activation) ?? .undefined(TemplateUndefined("'\(name.name)' is undefined"))
        default: break
        }
        guard depth < limits.depth else { throw tooDeep() }
        depth += 1
        defer { depth -= 1 }
        line = expression.line
        return try compute(expression, activation, operand)
    }

    private func compute(
        _ expression: TemplateExpression, _ activation: TemplateActivation, _ operand: TemplateValue?
    ) throws(ChatTemplateError) -> TemplateValue {
        switch expression.kind {
        case .literal, .name: return .none
        case .tuple(let items): return try tuple(try values(items, activation))
        case .list(let items): return try list(try values(items, activation))
        case .dictionary(let pairs): return try dictionary(pairs, activation)
        case .attribute(let value, let name): return try attribute(of: try evaluate(value, activation), name)
        case .item(let value, let key):
            let value = try evaluate(value, activation)
            return try item(of: value, try evaluate(key, activation))
        case .slice(let value, let bounds): return try slice(value, bounds, activation)
        case .call(let callee, let arguments): return try call(callee, arguments, expression.line, activation)
        case .filter(let value, let name, let arguments):
            let value = try value.map { (value) throws(ChatTemplateError) in
                try evaluate(value, activation, operand: operand)
            }
            return try filter(value ?? operand ?? .none, name, arguments, expression.line, activation)
        case .test(let value, let name, let arguments):
            let value = try evaluate(value, activation)
            let arguments = try evaluate(arguments, activation)
            line = expression.line
            return .boolean(try test(value, name, arguments))
        case .unary(let operation, let value): return try unary(operation, try evaluate(value, activation))
        case .binary(let operation, let left, let right):
            let left = try evaluate(left, activation)
            let right = try evaluate(right, activation)
            line = expression.line
            return try binary(operation, left, right)
        case .concatenation(let parts): return try concatenation(parts, activation)
        case .comparison(let left, let steps): return try comparison(left, steps, activation)
        case .and(let left, let right):
            let left = try evaluate(left, activation)
            return try isTrue(left) ? try evaluate(right, activation) : left
        case .or(let left, let right):
            let left = try evaluate(left, activation)
            return try isTrue(left) ? left : try evaluate(right, activation)
        case .conditional(let test, let then, let otherwise):
            if try isTrue(try evaluate(test, activation)) { return try evaluate(then, activation) }
            if let otherwise { return try evaluate(otherwise, activation) }
            return .undefined(
                TemplateUndefined(
                    "the inline if-expression on line \(expression.line) evaluated to false and has no else"))
        }
    }

    private func values(
        _ expressions: [TemplateExpression], _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> [TemplateValue] {
        var values: [TemplateValue] = []
        values.reserveCapacity(expressions.count)
        for expression in expressions { values.append(try evaluate(expression, activation)) }
        return values
    }

    private func dictionary(
        _ pairs: [(key: TemplateExpression, value: TemplateExpression)], _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> TemplateValue {
        var values: [(key: TemplateValue, value: TemplateValue)] = []
        for (key, value) in pairs {
            let key = try evaluate(key, activation)
            values.append((key, try evaluate(value, activation)))
        }
        return try dictionary(values)
    }

    private func slice(
        _ value: TemplateExpression, _ bounds: TemplateSlice, _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> TemplateValue {
        let value = try evaluate(value, activation)
        var indices: [TemplateValue] = []
        for bound in [bounds.start, bounds.stop, bounds.step] {
            if let bound { indices.append(try evaluate(bound, activation)) } else { indices.append(.none) }
        }
        return try slice(value, start: indices[0], stop: indices[1], step: indices[2])
    }

    private func concatenation(
        _ parts: [TemplateExpression], _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> TemplateValue {
        var result = TemplateText()
        for value in try values(parts, activation) {
            if escapesOutput, case .text(let text) = value, text.isMarkup { result.isMarkup = true }
            let text = try string(value)
            try allocate(bytes: text.bytes.count)
            result.append(text)
        }
        try checkLength(of: result)
        return .text(result)
    }

    private func comparison(
        _ left: TemplateExpression, _ steps: [TemplateComparison], _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> TemplateValue {
        var left = try evaluate(left, activation)
        for step in steps {
            let right = try evaluate(step.right, activation)
            guard try compare(left, step.comparison, right) else { return .boolean(false) }
            left = right
        }
        return .boolean(true)
    }

    private func unary(
        _ operation: TemplateUnaryOperator, _ value: TemplateValue
    ) throws(ChatTemplateError) -> TemplateValue {
        if operation == .not { return .boolean(try !isTrue(value)) }
        try check(value)
        switch (operation, value) {
        case (.positive, .float), (.positive, .integer): return value
        case (.negative, .float(let number)): return .float(-number)
        default:
            guard let number = value.index else {
                let sign = operation == .negative ? "-" : "+"
                throw failure(.type, "bad operand type for unary \(sign): '\(value.typeName)'")
            }
            return operation == .positive ? .integer(number) : try checked(0.subtractingReportingOverflow(number))
        }
    }
}

// MARK: - Calls

extension TemplateInterpreter {
    func evaluate(
        _ arguments: TemplateCallArguments, _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> TemplateArguments {
        var result = TemplateArguments(positional: try values(arguments.positional, activation))
        for (name, value) in arguments.keyword { result.keyword.append((name, try evaluate(value, activation))) }
        if let unpacked = arguments.unpackedPositional {
            result.positional += try elements(of: try evaluate(unpacked, activation))
        }
        if let unpacked = arguments.unpackedKeyword {
            guard case .dictionary(let dictionary) = try evaluate(unpacked, activation) else {
                throw failure(.type, "the argument after ** must be a mapping")
            }
            for (key, value) in zip(dictionary.keys, dictionary.values) {
                guard case .text(let name) = key else { throw failure(.type, "keywords must be strings") }
                guard !result.keyword.contains(where: { $0.name == name.string }) else {
                    throw failure(.type, "got two values for the keyword argument '\(name.string)'")
                }
                result.keyword.append((name.string, value))
            }
        }
        return result
    }

    private func call(
        _ callee: TemplateExpression, _ arguments: TemplateCallArguments, _ line: Int, _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> TemplateValue {
        let function = try evaluate(callee, activation)
        let values = try evaluate(arguments, activation)
        self.line = line
        return try call(function, values)
    }

    func call(_ function: TemplateValue, _ arguments: TemplateArguments) throws(ChatTemplateError) -> TemplateValue {
        try check(function)
        guard case .object(let object) = function else {
            throw failure(.type, "'\(function.typeName)' object is not callable")
        }
        return try object.call(arguments, self)
    }

    private func filter(
        _ value: TemplateValue, _ name: String, _ arguments: TemplateCallArguments, _ line: Int,
        _ activation: TemplateActivation
    ) throws(ChatTemplateError) -> TemplateValue {
        let arguments = try evaluate(arguments, activation)
        self.line = line
        return try filter(value, name, arguments)
    }

    func filter(
        _ value: TemplateValue, _ name: String, _ arguments: TemplateArguments
    ) throws(ChatTemplateError) -> TemplateValue {
        guard let filter = TemplateFilter.named[name] else {
            throw failure(.unsupported, "there is no filter called '\(name)'")
        }
        if case .text(let text) = value { try work(on: text) }
        return try filter.body(value, try bind(arguments, to: filter.signature, of: name), self)
    }

    func test(
        _ value: TemplateValue, _ name: String, _ arguments: TemplateArguments
    ) throws(ChatTemplateError) -> Bool {
        guard let test = TemplateTest.named[name] else {
            throw failure(.unsupported, "there is no test called '\(name)'")
        }
        if case .text(let text) = value { try work(on: text) }
        return try test.body(value, try bind(arguments, to: test.signature, of: name), self)
    }
}
