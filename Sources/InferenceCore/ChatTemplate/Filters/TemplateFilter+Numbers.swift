extension TemplateFilter {
    static let numbers: [TemplateFilter] = [
        TemplateFilter("abs") { (value, _, interpreter) throws(ChatTemplateError) in
            if case .float(let number) = value { return .float(number.magnitude) }
            guard let number = value.index else {
                try interpreter.check(value)
                throw interpreter.failure(.type, "bad operand type for abs(): '\(value.typeName)'")
            }
            return number < 0 ? try interpreter.checked(0.subtractingReportingOverflow(number)) : .integer(number)
        },
        TemplateFilter("int", signature: ["default?", "base?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            let base = try interpreter.integer(arguments, "base", default: 10)
            return try interpreter.integerFilter(value, default: arguments["default"] ?? .integer(0), base: base)
        },
        TemplateFilter("float", signature: ["default?"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.check(value)
            let number = value.text.map { $0.pythonFloat } ?? value.number
            return number.map { .float($0) } ?? arguments["default"] ?? .float(0)
        },
        TemplateFilter("round", signature: ["precision?", "method?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.round(value, arguments)
        },
        TemplateFilter("sum", signature: ["attribute?", "start?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            let path = arguments.given("attribute").map { TemplateAttributePath($0) }
            var sum = arguments["start"] ?? .integer(0)
            guard sum.text == nil else { throw interpreter.failure(.type, "sum() can't sum strings") }
            let iterator = try interpreter.iterate(value)
            while let element = try iterator.next(interpreter) {
                sum = try interpreter.binary(.add, sum, try path?.value(in: element, interpreter) ?? element)
            }
            return sum
        },
        TemplateFilter("filesizeformat", signature: ["binary?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.check(value)
            guard let bytes = value.text.map({ $0.pythonFloat }) ?? value.number else {
                throw interpreter.failure(.value, "could not convert to a number of bytes")
            }
            return .text(fileSize(bytes, isBinary: try interpreter.flag(arguments, "binary")))
        },
    ]

    private static func fileSize(_ bytes: Double, isBinary: Bool) -> TemplateText {
        let base: Double = isBinary ? 1024 : 1000
        if bytes == 1 { return "1 Byte" }
        if bytes < base { return TemplateText("\(Int(exactly: bytes.rounded(.towardZero)) ?? 0) Bytes") }
        var unit = base
        let prefixes = ["k", "M", "G", "T", "P", "E", "Z", "Y"]
        for (index, prefix) in prefixes.enumerated() {
            if bytes < unit * base || index == prefixes.count - 1 {
                let number = DecimalExpansion(bytes / unit).fixed(fractionDigits: 1)
                return TemplateText("\(number) \(isBinary ? prefix.uppercased() + "i" : prefix)B")
            }
            unit *= base
        }
        return ""
    }
}

extension TemplateInterpreter {
    fileprivate func integerFilter(
        _ value: TemplateValue, default fallback: TemplateValue, base: Int
    ) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        if let index = value.index { return .integer(index) }
        var number = value.number
        if case .text(let text) = value {
            switch text.pythonInteger(base: base) {
            case .value(let integer): return .integer(integer)
            case .tooLarge: throw failure(.limit, "an integer leaves 64 bits")
            case nil: number = text.pythonFloat
            }
            // A text such as "1e999" is no integer; a float that is infinite fails.
            if number?.isFinite == false { return fallback }
        }
        guard let number, !number.isNaN else { return fallback }
        guard number.isFinite else { throw failure(.value, "cannot convert float infinity to integer") }
        guard let integer = Int(exactly: number.rounded(.towardZero)) else {
            throw failure(.limit, "an integer leaves 64 bits")
        }
        return .integer(integer)
    }

    fileprivate func round(
        _ value: TemplateValue, _ arguments: TemplateBoundArguments
    ) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        let precision = try integer(arguments, "precision", default: 0)
        let method = try string(arguments["method"] ?? .text("common"))
        guard method == "common" || method == "ceil" || method == "floor" else {
            throw failure(.type, "method must be common, ceil or floor")
        }
        guard let number = value.number else {
            throw failure(.type, "type \(value.typeName) doesn't define __round__ method")
        }
        guard method == "common" else {
            let scale = try binary(.power, .integer(10), .integer(precision))
            let scaled = try binary(.multiply, value, scale).number ?? number
            guard scaled.isFinite else { throw failure(.value, "cannot convert float to integer") }
            let rounded = scaled.rounded(method == "ceil" ? .up : .down)
            return try binary(.divide, .float(rounded), scale)
        }
        if let integer = value.index, precision >= 0 { return .integer(integer) }
        guard number.isFinite, precision < 400 else { return value }
        let rounded = precision < -400 ? 0 : DecimalExpansion(number).rounded(fractionDigits: precision)
        guard value.index == nil else {
            return Int(exactly: rounded).map { .integer($0) } ?? .integer(0)
        }
        return .float(rounded)
    }
}
