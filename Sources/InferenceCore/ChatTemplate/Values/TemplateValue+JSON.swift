extension TemplateValue {
    /// What Python's `json.loads` would make of the value.
    ///
    /// - Throws: ``ChatTemplateError`` of kind `limit` where it nests too deep.
    init(_ json: JSONValue, limits: TemplateBudget) throws(ChatTemplateError) {
        self = try Self.value(json, depth: limits.valueDepth)
    }

    private static func value(_ json: JSONValue, depth: Int) throws(ChatTemplateError) -> TemplateValue {
        guard depth > 0 else {
            throw ChatTemplateError(.limit, line: 1, "the messages or variables nest too deep for a template")
        }
        switch json {
        case .null: return .none
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .double(let value): return .float(value)
        case .string(let text): return .text(text)
        case .array(let elements):
            var values: [TemplateValue] = []
            values.reserveCapacity(elements.count)
            for element in elements { values.append(try value(element, depth: depth - 1)) }
            return .list(TemplateSequence(values))
        case .object(let object):
            var pairs: [(name: TemplateText, value: TemplateValue)] = []
            for member in object {
                pairs.append((TemplateText(member.name), try value(member.value, depth: depth - 1)))
            }
            return .dictionary(TemplateDictionary(pairs))
        }
    }
}
