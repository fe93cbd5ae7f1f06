extension TemplateFilter {
    /// Filters that compare elements.
    static let orderings: [TemplateFilter] = [
        TemplateFilter("sort", signature: ["reverse?", "case_sensitive?", "attribute?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            let paths = arguments.given("attribute").map { TemplateAttributePath.paths($0) }
            let isCaseSensitive = try interpreter.flag(arguments, "case_sensitive")
            var items: [(key: TemplateValue, value: TemplateValue)] = []
            for element in try interpreter.elements(of: value) {
                var keys: [TemplateValue] = []
                for path in paths ?? [] { keys.append(try path.value(in: element, interpreter)) }
                if paths == nil { keys = [element] }
                let key = try interpreter.list(isCaseSensitive ? keys : keys.map { $0.ignoringCase })
                items.append((key, element))
            }
            return try interpreter.list(
                try interpreter.sorted(items, reversed: try interpreter.flag(arguments, "reverse")))
        },
        TemplateFilter("dictsort", signature: ["case_sensitive?", "by?", "reverse?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.dictionarySort(value, arguments)
        },
        TemplateFilter("unique", signature: ["case_sensitive?", "attribute?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            let path = arguments.given("attribute").map { TemplateAttributePath($0) }
            let isCaseSensitive = try interpreter.flag(arguments, "case_sensitive")
            var source: TemplateIterator?
            var seen: Set<TemplateKey> = []
            return try interpreter.generator(over: value) { () throws(ChatTemplateError) in
                if source == nil { source = try interpreter.iterate(value) }
                while let element = try source?.next(interpreter) {
                    let subject = try path?.value(in: element, interpreter) ?? element
                    let key = try interpreter.key(isCaseSensitive ? subject : subject.ignoringCase)
                    if seen.insert(key).inserted { return element }
                }
                return nil
            }
        },
        TemplateFilter("min", signature: ["case_sensitive?", "attribute?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.extreme(value, arguments, wanted: .less, sign: "<")
        },
        TemplateFilter("max", signature: ["case_sensitive?", "attribute?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.extreme(value, arguments, wanted: .greater, sign: ">")
        },
        TemplateFilter("groupby", signature: ["attribute", "default?", "case_sensitive?"]) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.group(value, arguments)
        },
    ]
}

extension TemplateValue {
    /// A text in lower case; every other value as it is.
    fileprivate var ignoringCase: TemplateValue {
        text.map { .text($0.lowercased) } ?? self
    }
}

extension TemplateInterpreter {
    fileprivate func dictionarySort(
        _ value: TemplateValue, _ arguments: TemplateBoundArguments
    ) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        guard case .dictionary(let dictionary) = value else {
            throw failure(.type, "the filter 'dictsort' takes a dictionary, not '\(value.typeName)'")
        }
        let by = try string(arguments["by"] ?? .text("key"))
        guard by == "key" || by == "value" else {
            throw failure(.type, "you can only sort by either \"key\" or \"value\"")
        }
        let isCaseSensitive = try flag(arguments, "case_sensitive")
        let subjects = by == "key" ? dictionary.keys : dictionary.values
        let keys = isCaseSensitive ? subjects : subjects.map { $0.ignoringCase }
        let pairs = zip(keys, try items(of: dictionary)).map { (key: $0, value: $1) }
        return try list(try sorted(pairs, reversed: try flag(arguments, "reverse")))
    }

    fileprivate func extreme(
        _ value: TemplateValue, _ arguments: TemplateBoundArguments, wanted: Order, sign: String
    ) throws(ChatTemplateError) -> TemplateValue {
        let path = arguments.given("attribute").map { TemplateAttributePath($0) }
        let isCaseSensitive = try flag(arguments, "case_sensitive")
        var best: (key: TemplateValue, value: TemplateValue)?
        for element in try elements(of: value) {
            let subject = try path?.value(in: element, self) ?? element
            let key = isCaseSensitive ? subject : subject.ignoringCase
            if let best, try order(key, best.key, sign) != wanted { continue }
            best = (key, element)
        }
        return best?.value ?? .undefined(TemplateUndefined("no aggregated item, sequence was empty"))
    }

    fileprivate func group(
        _ value: TemplateValue, _ arguments: TemplateBoundArguments
    ) throws(ChatTemplateError) -> TemplateValue {
        let path = TemplateAttributePath(arguments["attribute"] ?? .none, fallback: arguments.given("default"))
        let isCaseSensitive = try flag(arguments, "case_sensitive")
        var items: [(key: TemplateValue, value: TemplateValue)] = []
        for element in try elements(of: value) {
            let subject = try path.value(in: element, self)
            items.append((isCaseSensitive ? subject : subject.ignoringCase, element))
        }
        var groups: [TemplateValue] = []
        var members: [TemplateValue] = []
        var current: TemplateValue?
        func finish() throws(ChatTemplateError) {
            guard let first = members.first else { return }
            // The group bears the name that its first member has, not its lower case.
            groups.append(
                try tuple(
                    [try path.value(in: first, self), try list(members)], fieldNames: ["grouper", "list"]))
        }
        for element in try sorted(items, reversed: false) {
            let subject = try path.value(in: element, self)
            let key = isCaseSensitive ? subject : subject.ignoringCase
            if let current, try !isEqual(current, key) {
                try finish()
                members = []
            }
            current = key
            members.append(element)
        }
        try finish()
        return try list(groups)
    }
}
