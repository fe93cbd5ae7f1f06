#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Python's operators.
extension TemplateInterpreter {
    func binary(
        _ operation: TemplateBinaryOperator, _ left: TemplateValue, _ right: TemplateValue
    ) throws(ChatTemplateError) -> TemplateValue {
        if operation == .remainder, case .text(let text) = left {
            return .text(try percentFormat(text, right))
        }
        try check(left)
        try check(right)
        if let left = left.index, let right = right.index { return try integers(operation, left, right) }
        if let left = left.number, let right = right.number { return try floats(operation, left, right) }
        switch operation {
        case .add: return try sum(left, right)
        case .multiply: return try product(left, right)
        default: throw unsupported(operation, left, right)
        }
    }

    private func unsupported(
        _ operation: TemplateBinaryOperator, _ left: TemplateValue, _ right: TemplateValue
    ) -> ChatTemplateError {
        failure(
            .type,
            "unsupported operand type(s) for \(operation.rawValue): '\(left.typeName)' and '\(right.typeName)'")
    }

    /// The result unless it left 64 bits.
    func checked(_ result: (partialValue: Int, overflow: Bool)) throws(ChatTemplateError) -> TemplateValue {
        guard !result.overflow else { throw failure(.limit, "an integer leaves 64 bits") }
        return .integer(result.partialValue)
    }

    private func integers(
        _ operation: TemplateBinaryOperator, _ left: Int, _ right: Int
    ) throws(ChatTemplateError) -> TemplateValue {
        switch operation {
        case .add: return try checked(left.addingReportingOverflow(right))
        case .subtract: return try checked(left.subtractingReportingOverflow(right))
        case .multiply: return try checked(left.multipliedReportingOverflow(by: right))
        case .divide: return try floats(.divide, Double(left), Double(right))
        case .floorDivide, .remainder:
            guard right != 0 else { throw failure(.value, "integer division or modulo by zero") }
            let (quotient, overflow) = left.dividedReportingOverflow(by: right)
            guard !overflow else { return operation == .remainder ? .integer(0) : try checked((0, true)) }
            let remainder = left % right
            let roundsDown = remainder != 0 && (remainder < 0) != (right < 0)
            if operation == .remainder { return .integer(roundsDown ? remainder + right : remainder) }
            return .integer(roundsDown ? quotient - 1 : quotient)
        case .power:
            guard right >= 0 else { return try floats(.power, Double(left), Double(right)) }
            return try power(left, right)
        }
    }

    private func power(_ base: Int, _ exponent: Int) throws(ChatTemplateError) -> TemplateValue {
        // These never leave 64 bits, whatever the exponent.
        if base == 0 || base == 1 { return .integer(exponent == 0 ? 1 : base) }
        if base == -1 { return .integer(exponent.isMultiple(of: 2) ? 1 : -1) }
        var result = (partialValue: 1, overflow: exponent > 64)
        for _ in 0..<exponent where !result.overflow {
            result = result.partialValue.multipliedReportingOverflow(by: base)
        }
        return try checked(result)
    }

    private func floats(
        _ operation: TemplateBinaryOperator, _ left: Double, _ right: Double
    ) throws(ChatTemplateError) -> TemplateValue {
        switch operation {
        case .add: return .float(left + right)
        case .subtract: return .float(left - right)
        case .multiply: return .float(left * right)
        case .divide:
            guard right != 0 else { throw failure(.value, "division by zero") }
            return .float(left / right)
        case .floorDivide:
            guard right != 0 else { throw failure(.value, "float floor division by zero") }
            let remainder = floorRemainder(left, right)
            let quotient = (left - remainder) / right
            let floored = quotient.rounded(.down)
            return .float(quotient - floored > 0.5 ? floored + 1 : floored)
        case .remainder:
            guard right != 0 else { throw failure(.value, "float modulo") }
            return .float(floorRemainder(left, right))
        case .power:
            guard left != 0 || right >= 0 else {
                throw failure(.value, "0.0 cannot be raised to a negative power")
            }
            guard left >= 0 || right == right.rounded() else {
                throw failure(.unsupported, "a negative number to a fractional power is complex")
            }
            return .float(pow(left, right))
        }
    }

    /// The remainder with the divisor's sign.
    private func floorRemainder(_ left: Double, _ right: Double) -> Double {
        let remainder = left.truncatingRemainder(dividingBy: right)
        if remainder == 0 { return right < 0 ? -0.0 : 0.0 }
        return (remainder < 0) != (right < 0) ? remainder + right : remainder
    }

    private func sum(_ left: TemplateValue, _ right: TemplateValue) throws(ChatTemplateError) -> TemplateValue {
        switch (left, right) {
        case (.text(let left), .text(let right)):
            try allocate(bytes: left.bytes.count + right.bytes.count)
            guard left.isMarkup || right.isMarkup else { return .text(left + right) }
            return .text((left.escapedForHTML + right.escapedForHTML).marked)
        case (.list(let left), .list(let right)): return try list(left.elements + right.elements)
        case (.tuple(let left), .tuple(let right)): return try tuple(left.elements + right.elements)
        case (.text, _): throw failure(.type, "can only concatenate str (not \"\(right.typeName)\") to str")
        case (.list, _): throw failure(.type, "can only concatenate list (not \"\(right.typeName)\") to list")
        case (.tuple, _): throw failure(.type, "can only concatenate tuple (not \"\(right.typeName)\") to tuple")
        default: throw unsupported(.add, left, right)
        }
    }

    private func product(_ left: TemplateValue, _ right: TemplateValue) throws(ChatTemplateError) -> TemplateValue {
        switch (left, right.index, left.index, right) {
        case (.text(let text), let count?, _, _), (_, _, let count?, .text(let text)):
            let count = max(count, 0)
            let (size, overflow) = text.bytes.count.multipliedReportingOverflow(by: count)
            try allocate(bytes: overflow ? .max : size)
            var result = TemplateText(isMarkup: text.isMarkup)
            result.bytes.reserveCapacity(size)
            if !text.isEmpty { for _ in 0..<count { result.append(text) } }
            return .text(result)
        case (.list(let sequence), let count?, _, _), (_, _, let count?, .list(let sequence)):
            return try list(try repeated(sequence.elements, count))
        case (.tuple(let sequence), let count?, _, _), (_, _, let count?, .tuple(let sequence)):
            return try tuple(try repeated(sequence.elements, count))
        default: throw unsupported(.multiply, left, right)
        }
    }

    private func repeated(_ elements: [TemplateValue], _ count: Int) throws(ChatTemplateError) -> [TemplateValue] {
        let count = max(count, 0)
        let (size, overflow) = elements.count.multipliedReportingOverflow(by: count)
        try allocate(elements: overflow ? .max : size)
        guard !elements.isEmpty else { return [] }
        return (0..<count).flatMap { _ in elements }
    }
}
