/// The methods of dictionaries that change nothing.
enum TemplateDictionaryMethod {
    typealias Method = TemplateMethod<TemplateDictionary>

    static let named = Method.byName([
        Method("get", ["key", "default?"]) { (dictionary, arguments, interpreter) throws(ChatTemplateError) in
            dictionary[try interpreter.key(arguments["key"] ?? .none)] ?? arguments["default"] ?? .none
        },
        Method("keys", []) { (dictionary, _, interpreter) throws(ChatTemplateError) in
            try interpreter.allocate(elements: dictionary.count)
            return .object(TemplateDictionaryView("dict_keys", dictionary.keys, depth: dictionary.depth))
        },
        Method("values", []) { (dictionary, _, interpreter) throws(ChatTemplateError) in
            try interpreter.allocate(elements: dictionary.count)
            return .object(TemplateDictionaryView("dict_values", dictionary.values, depth: dictionary.depth))
        },
        Method("items", []) { (dictionary, _, interpreter) throws(ChatTemplateError) in
            let items = try interpreter.items(of: dictionary)
            return .object(TemplateDictionaryView("dict_items", items, depth: dictionary.depth + 1))
        },
        Method("copy", []) { (dictionary, _, interpreter) throws(ChatTemplateError) in
            try interpreter.dictionary(zip(dictionary.keys, dictionary.values).map { (key: $0, value: $1) })
        },
        Method("fromkeys", ["iterable", "value?"]) { (_, arguments, interpreter) throws(ChatTemplateError) in
            let keys = try interpreter.elements(of: arguments["iterable"] ?? .none)
            return try interpreter.dictionary(keys.map { (key: $0, value: arguments["value"] ?? .none) })
        },
    ])

    /// The methods that change a dictionary, which the sandbox withholds.
    static let withheld: Set<String> = ["clear", "pop", "popitem", "setdefault", "update"]
}

extension TemplateInterpreter {
    /// The dictionary's pairs as tuples.
    func items(of dictionary: TemplateDictionary) throws(ChatTemplateError) -> [TemplateValue] {
        var items: [TemplateValue] = []
        items.reserveCapacity(dictionary.count)
        for (key, value) in zip(dictionary.keys, dictionary.values) { items.append(try tuple([key, value])) }
        return items
    }
}
