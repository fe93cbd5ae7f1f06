extension TemplateFilter {
    /// Filters that look at each element when it is asked for.
    static let selections: [TemplateFilter] = [
        TemplateFilter("map", signature: ["*"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.map(value, arguments.rest)
        },
        TemplateFilter("select", signature: ["*"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.select(value, arguments.rest, byAttribute: false, keeps: true)
        },
        TemplateFilter("reject", signature: ["*"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.select(value, arguments.rest, byAttribute: false, keeps: false)
        },
        TemplateFilter("selectattr", signature: ["*"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.select(value, arguments.rest, byAttribute: true, keeps: true)
        },
        TemplateFilter("rejectattr", signature: ["*"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.select(value, arguments.rest, byAttribute: true, keeps: false)
        },
    ]
}

extension TemplateInterpreter {
    /// What a filter makes of an element; nil leaves it out.
    private typealias Transform = (TemplateValue) throws(ChatTemplateError) -> TemplateValue?

    /// The values that the transform makes of the elements. Nothing is looked at before the first is asked for, as in
    /// Python.
    private func lazily(
        _ value: TemplateValue, _ arguments: TemplateArguments,
        prepare: @escaping () throws(ChatTemplateError) -> Transform
    ) throws(ChatTemplateError) -> TemplateValue {
        let held = [value] + arguments.positional + arguments.keyword.map(\.value)
        let depth = held.reduce(0) { max($0, $1.depth) }
        try allocate(elements: 4)
        try checkDepth(depth + 1)
        var started: (iterator: TemplateIterator, transform: Transform)?
        return .object(
            TemplateIterator(depth: depth) { [self] () throws(ChatTemplateError) in
                if started == nil {
                    guard try isTrue(value) else { return nil }
                    let transform = try prepare()
                    started = (try iterate(value), transform)
                }
                guard let (iterator, transform) = started else { return nil }
                guard self.depth < limits.depth else { throw tooDeep() }
                self.depth += 1
                defer { self.depth -= 1 }
                while let element = try iterator.next(self) {
                    if let result = try transform(element) { return result }
                }
                return nil
            })
    }

    fileprivate func map(
        _ value: TemplateValue, _ arguments: TemplateArguments
    ) throws(ChatTemplateError) -> TemplateValue {
        try lazily(value, arguments) { [self] () throws(ChatTemplateError) in
            var arguments = arguments
            if arguments.positional.isEmpty, let attribute = arguments.take("attribute") {
                let fallback = arguments.take("default")
                if let (name, _) = arguments.keyword.first {
                    throw failure(.type, "unexpected keyword argument '\(name)'")
                }
                let path = TemplateAttributePath(attribute, fallback: fallback.flatMap { $0.isNone ? nil : $0 })
                return { [self] (element) throws(ChatTemplateError) in try path.value(in: element, self) }
            }
            guard let name = arguments.positional.first else {
                throw failure(.type, "the filter 'map' requires a filter or an attribute")
            }
            arguments.positional.removeFirst()
            let filterName = try string(name).string
            return { [self, arguments] (element) throws(ChatTemplateError) in
                try filter(element, filterName, arguments)
            }
        }
    }

    fileprivate func select(
        _ value: TemplateValue, _ arguments: TemplateArguments, byAttribute: Bool, keeps: Bool
    ) throws(ChatTemplateError) -> TemplateValue {
        try lazily(value, arguments) { [self] () throws(ChatTemplateError) in
            var arguments = arguments
            var path: TemplateAttributePath?
            if byAttribute {
                guard let attribute = arguments.positional.first else {
                    throw failure(.type, "missing parameter for attribute name")
                }
                arguments.positional.removeFirst()
                path = TemplateAttributePath(attribute)
            }
            let name = arguments.positional.first
            if name != nil { arguments.positional.removeFirst() }
            let testName = try name.map { (name) throws(ChatTemplateError) in try string(name).string }
            return { [self, arguments, path] (element) throws(ChatTemplateError) in
                let subject = try path?.value(in: element, self) ?? element
                let passes: Bool
                if let testName {
                    passes = try test(subject, testName, arguments)
                } else {
                    passes = try isTrue(subject)
                }
                return passes == keeps ? element : nil
            }
        }
    }
}
