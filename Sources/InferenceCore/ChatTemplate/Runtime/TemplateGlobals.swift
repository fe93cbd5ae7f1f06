/// The functions that every template can call. To add one, add a line to the list.
enum TemplateGlobals {
    private typealias Row = (
        name: String, signature: TemplateSignature,
        body: @Sendable (TemplateBoundArguments, TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue
    )

    /// New function values by name.
    static var all: [String: TemplateValue] {
        Dictionary(
            rows.map { row in (row.name, .object(TemplateFunction(row.name, row.signature, row.body))) }
        ) { first, _ in first }
    }

    private static let rows: [Row] = [
        (
            "range", ["*"],
            { (arguments, interpreter) throws(ChatTemplateError) in try interpreter.range(arguments.rest) }
        ),
        (
            "dict", ["*"],
            { (arguments, interpreter) throws(ChatTemplateError) in
                try interpreter.dictionary(try interpreter.pairs(arguments.rest, of: "dict"))
            }
        ),
        (
            "namespace", ["*"],
            { (arguments, interpreter) throws(ChatTemplateError) in
                let namespace = try interpreter.newNamespace()
                for (key, value) in try interpreter.pairs(arguments.rest, of: "namespace") {
                    namespace.set(try interpreter.string(key), value)
                }
                return .object(namespace)
            }
        ),
        (
            "cycler", ["*"],
            { (arguments, interpreter) throws(ChatTemplateError) in
                let items = arguments.rest.positional
                guard !items.isEmpty else {
                    throw interpreter.failure(.value, "at least one item has to be provided")
                }
                let cycler = TemplateCycler(items)
                try interpreter.checkDepth(cycler.depth)
                return .object(cycler)
            }
        ),
        (
            "joiner", ["sep?"],
            { (arguments, interpreter) throws(ChatTemplateError) in
                let joiner = TemplateJoiner(arguments["sep"] ?? .text(", "))
                try interpreter.checkDepth(joiner.depth)
                return .object(joiner)
            }
        ),
        (
            "raise_exception", ["message"],
            { (arguments, interpreter) throws(ChatTemplateError) in
                throw interpreter.failure(.raised, try interpreter.string(arguments["message"] ?? .none).string)
            }
        ),
        (
            "strftime_now", ["format"],
            { (arguments, interpreter) throws(ChatTemplateError) in
                .text(interpreter.now.formatted(try interpreter.text(arguments, "format")))
            }
        ),
    ]
}

extension TemplateInterpreter {
    fileprivate func range(_ arguments: TemplateArguments) throws(ChatTemplateError) -> TemplateValue {
        var bounds: [Int] = []
        for argument in arguments.positional { bounds.append(try integer(argument)) }
        guard (1...3).contains(bounds.count), arguments.keyword.isEmpty else {
            throw failure(.type, "range() takes 1 to 3 arguments, \(bounds.count) given")
        }
        let step = bounds.count > 2 ? bounds[2] : 1
        guard step != 0 else { throw failure(.value, "range() arg 3 must not be zero") }
        let start = bounds.count > 1 ? bounds[0] : 0
        guard let range = TemplateRange(start: start, stop: bounds.count > 1 ? bounds[1] : bounds[0], step: step)
        else {
            throw failure(.limit, "a range of more than \(TemplateRange.maximumCount) elements")
        }
        return .object(range)
    }

    /// The arguments of Python's `dict()`: a mapping or pairs, then keywords.
    fileprivate func pairs(
        _ arguments: TemplateArguments, of callee: String
    ) throws(ChatTemplateError) -> [(key: TemplateValue, value: TemplateValue)] {
        guard arguments.positional.count <= 1 else {
            throw failure(.type, "\(callee)() takes at most 1 argument, \(arguments.positional.count) given")
        }
        var pairs: [(key: TemplateValue, value: TemplateValue)] = []
        if case .dictionary(let dictionary)? = arguments.positional.first {
            pairs = zip(dictionary.keys, dictionary.values).map { (key: $0, value: $1) }
        } else if let source = arguments.positional.first {
            try check(source)
            for element in try elements(of: source) {
                let parts = try elements(of: element)
                guard parts.count == 2 else {
                    throw failure(.value, "\(callee)() takes pairs, found an element of length \(parts.count)")
                }
                pairs.append((parts[0], parts[1]))
            }
        }
        return pairs + arguments.keyword.map { (key: .text($0.name), value: $0.value) }
    }
}
