extension TemplateFilter {
    static let conversions: [TemplateFilter] = [
        TemplateFilter("default", "d", signature: ["default_value?", "boolean?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            let fallback = arguments["default_value"] ?? .text("")
            if value.isUndefined { return fallback }
            if try interpreter.flag(arguments, "boolean"), try !interpreter.isTrue(value) { return fallback }
            return value
        },
        TemplateFilter("tojson", signature: ["ensure_ascii?", "indent?", "separators?", "sort_keys?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            let format = try interpreter.jsonFormat(arguments)
            let json = try interpreter.json(value, sortsKeys: format.sortsNames)
            var unsorted = format
            unsorted.sortsNames = false
            let limit = min(interpreter.limits.textBytes, interpreter.budget.bytes)
            guard let text = json.serialized(unsorted, maximumBytes: limit) else {
                throw interpreter.failure(.limit, "a text of JSON would take more than \(limit) bytes")
            }
            try interpreter.allocate(bytes: text.utf8.count)
            return .text(text)
        },
    ]
}

extension TemplateInterpreter {
    fileprivate func jsonFormat(_ arguments: TemplateBoundArguments) throws(ChatTemplateError) -> JSONFormat {
        var format = JSONFormat.python
        format.escapesNonASCII = try flag(arguments, "ensure_ascii")
        format.sortsNames = try flag(arguments, "sort_keys")
        if let indentation = arguments.given("indent") {
            format.itemSeparator = ","
            if case .text(let text) = indentation {
                format.indentation = text.string
            } else {
                let width = max(0, try integer(indentation))
                guard width <= 1000 else { throw failure(.limit, "an indentation of more than 1000 spaces") }
                format.indentation = String(repeating: " ", count: width)
            }
        }
        if let separators = arguments.given("separators") {
            let texts = try elements(of: separators)
            guard texts.count == 2, case .text(let item) = texts[0], case .text(let name) = texts[1] else {
                throw failure(.value, "separators must be two strings")
            }
            format.itemSeparator = item.string
            format.nameSeparator = name.string
        }
        return format
    }

    /// The value as JSON, as Python's `json.dumps` sees it.
    fileprivate func json(_ value: TemplateValue, sortsKeys: Bool) throws(ChatTemplateError) -> JSONValue {
        try spend()
        switch value {
        case .none: return .null
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .float(let value): return .double(value)
        case .text(let text):
            try allocate(bytes: text.bytes.count)
            return .string(text.string)
        case .list(let sequence), .tuple(let sequence):
            var elements: [JSONValue] = []
            for element in sequence.elements { elements.append(try json(element, sortsKeys: sortsKeys)) }
            return .array(elements)
        case .dictionary(let dictionary): return .object(try json(dictionary, sortsKeys: sortsKeys))
        case .undefined, .object:
            throw failure(.type, "Object of type \(value.typeName) is not JSON serializable")
        }
    }

    private func json(
        _ dictionary: TemplateDictionary, sortsKeys: Bool
    ) throws(ChatTemplateError) -> JSONObject {
        var order = Array(dictionary.keys.indices)
        if sortsKeys {
            let positions = order.map { (key: dictionary.keys[$0], value: TemplateValue.integer($0)) }
            order = try sorted(positions, reversed: false).compactMap(\.index)
        }
        var object = JSONObject()
        for index in order {
            let name: String
            switch dictionary.keys[index] {
            case .text(let text): name = text.string
            case .none: name = "null"
            case .boolean(let value): name = value ? "true" : "false"
            case .integer(let value): name = String(value)
            case .float(let value): name = JSONValue.double(value).serialized(.python)
            case let key:
                throw failure(.type, "keys must be str, int, float, bool or None, not \(key.typeName)")
            }
            object[name] = try json(dictionary.values[index], sortsKeys: sortsKeys)
        }
        return object
    }
}
