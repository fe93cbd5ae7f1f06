extension TemplateFilter {
    /// Filters that count, take and rearrange elements.
    static let elements: [TemplateFilter] = [
        TemplateFilter("length", "count") { (value, _, interpreter) throws(ChatTemplateError) in
            guard let count = try interpreter.count(of: value) else {
                throw interpreter.failure(.type, "object of type '\(value.typeName)' has no len()")
            }
            return .integer(count)
        },
        TemplateFilter("list") { (value, _, interpreter) throws(ChatTemplateError) in
            try interpreter.list(try interpreter.elements(of: value))
        },
        TemplateFilter("items") { (value, _, interpreter) throws(ChatTemplateError) in
            var items: TemplateIterator?
            // As in Python, what has no items is found out when the first is asked for.
            return try interpreter.generator(over: value) { () throws(ChatTemplateError) in
                if items == nil, !value.isUndefined {
                    guard case .dictionary(let dictionary) = value else {
                        throw interpreter.failure(.type, "can only get item pairs from a mapping")
                    }
                    items = TemplateIterator(try interpreter.items(of: dictionary))
                }
                return try items?.next(interpreter)
            }
        },
        TemplateFilter("first") { (value, _, interpreter) throws(ChatTemplateError) in
            try interpreter.iterate(value).next(interpreter)
                ?? .undefined(TemplateUndefined("no first item, sequence was empty"))
        },
        TemplateFilter("last") { (value, _, interpreter) throws(ChatTemplateError) in
            guard let elements = try interpreter.reversibleElements(of: value) else {
                throw interpreter.failure(.type, "'\(value.typeName)' object is not reversible")
            }
            return elements.last ?? .undefined(TemplateUndefined("no last item, sequence was empty"))
        },
        TemplateFilter("reverse") { (value, _, interpreter) throws(ChatTemplateError) in
            if case .text(let text) = value {
                try interpreter.allocate(bytes: text.bytes.count)
                let reversed = TemplateText(scalars: text.scalars.reversed())
                return .text(TemplateText(bytes: reversed.bytes, isMarkup: text.isMarkup))
            }
            if let elements = try interpreter.reversibleElements(of: value) {
                try interpreter.allocate(elements: elements.count)
                return .object(
                    TemplateIterator(elements.reversed(), typeName: "list_reverseiterator", depth: value.depth))
            }
            return try interpreter.list(try interpreter.elements(of: value).reversed())
        },
        TemplateFilter("batch", signature: ["linecount", "fill_with?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.batch(value, arguments)
        },
        TemplateFilter("slice", signature: ["slices", "fill_with?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.slices(value, arguments)
        },
        TemplateFilter("attr", signature: ["name"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            let name = try interpreter.text(arguments, "name")
            return try interpreter.attributeOnly(of: value, name.string)
        },
    ]
}

extension TemplateInterpreter {
    /// The elements of what has an order that can be walked from its end; nil for iterators and the rest.
    fileprivate func reversibleElements(of value: TemplateValue) throws(ChatTemplateError) -> [TemplateValue]? {
        switch value {
        case .undefined, .text, .list, .tuple, .dictionary: try elements(of: value)
        case .object(let object as TemplateDictionaryView): object.elements
        case .object(is TemplateRange): try elements(of: value)
        default: nil
        }
    }

    fileprivate func batch(
        _ value: TemplateValue, _ arguments: TemplateBoundArguments
    ) throws(ChatTemplateError) -> TemplateValue {
        let size = arguments["linecount"] ?? .none
        let fill = arguments.given("fill_with")
        var remaining: ArraySlice<TemplateValue>?
        return try generator(over: value, fill ?? .none) { [self] () throws(ChatTemplateError) in
            var elements = remaining ?? []
            if remaining == nil { elements = try self.elements(of: value)[...] }
            guard !elements.isEmpty else { return nil }
            // A batch is full when it has exactly as many elements; with none or less it never is.
            let limit = size.number.flatMap { $0 > 0 ? Int(exactly: $0) : nil } ?? elements.count
            var batch = Array(elements.prefix(limit))
            remaining = elements.dropFirst(limit)
            if let fill, let count = size.index, batch.count < count {
                try allocate(elements: count - batch.count)
                batch += Array(repeating: fill, count: count - batch.count)
            }
            return try list(batch)
        }
    }

    fileprivate func slices(
        _ value: TemplateValue, _ arguments: TemplateBoundArguments
    ) throws(ChatTemplateError) -> TemplateValue {
        let fill = arguments.given("fill_with")
        var sequence: [TemplateValue]?
        var number = 0
        var start = 0
        return try generator(over: value, fill ?? .none) { [self] () throws(ChatTemplateError) in
            var elements = sequence ?? []
            if sequence == nil { elements = try self.elements(of: value) }
            sequence = elements
            let count = try integer(arguments, "slices", default: 0)
            guard count != 0 else { throw failure(.value, "integer division or modulo by zero") }
            guard number < count else { return nil }
            let isLonger = number < elements.count % count
            let end = start + elements.count / count + (isLonger ? 1 : 0)
            var slice = Array(elements[start..<end])
            if let fill, !isLonger { slice.append(fill) }
            start = end
            number += 1
            return try list(slice)
        }
    }
}
