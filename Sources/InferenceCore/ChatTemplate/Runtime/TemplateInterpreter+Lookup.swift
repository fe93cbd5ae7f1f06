/// `value.name`, `value[key]` and slices.
extension TemplateInterpreter {
    /// `value.name`: the attribute, or else the element of that name.
    func attribute(of value: TemplateValue, _ name: String) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        if let method = try method(of: value, name) { return method }
        return try element(of: value, .text(name)) ?? missing(value, .text(name))
    }

    /// `value[key]`: the element, or else the attribute of that name.
    func item(of value: TemplateValue, _ key: TemplateValue) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        if let element = try element(of: value, key) { return element }
        if case .text(let name) = key, let method = try method(of: value, name.string) { return method }
        return missing(value, key)
    }

    private func missing(_ value: TemplateValue, _ key: TemplateValue) -> TemplateValue {
        let owner =
            switch value {
            case .none: "None"
            default: "'\(value.typeName) object'"
            }
        guard case .text(let name) = key else {
            let description = key.index.map(String.init) ?? "of type \(key.typeName)"
            return .undefined(TemplateUndefined("\(owner) has no element \(description)"))
        }
        return .undefined(TemplateUndefined("\(owner) has no attribute '\(name.string)'"))
    }

    /// What `value[key]` holds by itself; nil where there is nothing or where it can't be asked.
    private func element(of value: TemplateValue, _ key: TemplateValue) throws(ChatTemplateError) -> TemplateValue? {
        switch value {
        case .dictionary(let dictionary):
            return try keyIfHashable(key).flatMap { dictionary[$0] }
        case .list(let sequence), .tuple(let sequence):
            guard let index = key.index else { return nil }
            let count = sequence.elements.count
            let position = index < 0 ? index &+ count : index
            return (0..<count).contains(position) ? sequence.elements[position] : nil
        case .text(let text):
            guard let index = key.index else { return nil }
            let count = text.count
            try touch(bytes: text.bytes.count)
            let position = index < 0 ? index &+ count : index
            guard (0..<count).contains(position) else { return nil }
            return .text(text.sliced(TemplateSliceBounds(start: position, stop: position + 1, step: 1, count: count)))
        case .object(let object):
            return try object.element(key, self)
        case .undefined, .none, .boolean, .integer, .float:
            return nil
        }
    }

    /// What Python's `getattr` finds: methods mostly; nil where there is no attribute of that name.
    private func method(of value: TemplateValue, _ name: String) throws(ChatTemplateError) -> TemplateValue? {
        if name.utf8.starts(with: "__".utf8), name.utf8.count > 4, name.hasSuffix("__"), Self.isPythonSpecial(name) {
            return withheld(value, name)
        }
        switch value {
        case .text(let text):
            return TemplateTextMethod.named[name].map { bound($0, to: value, text) }
        case .list(let sequence):
            if TemplateSequenceMethod.withheld.contains(name) { return withheld(value, name) }
            guard let method = TemplateSequenceMethod.named[name], name != "copy" || sequence.fieldNames.isEmpty
            else { return nil }
            return bound(method, to: value, sequence)
        case .tuple(let sequence):
            if let index = sequence.fieldNames.firstIndex(of: name) { return sequence.elements[index] }
            guard name != "copy" else { return nil }
            return TemplateSequenceMethod.named[name].map { bound($0, to: value, sequence) }
        case .dictionary(let dictionary):
            if TemplateDictionaryMethod.withheld.contains(name) { return withheld(value, name) }
            return TemplateDictionaryMethod.named[name].map { bound($0, to: value, dictionary) }
        case .object(let object):
            let attribute = try object.attribute(name, self)
            return attribute != nil && name.utf8.first == UInt8(ascii: "_") ? withheld(value, name) : attribute
        case .undefined, .none, .boolean, .integer, .float:
            return nil
        }
    }

    /// The attributes that every Python object has, all of which the sandbox withholds.
    private static func isPythonSpecial(_ name: String) -> Bool {
        [
            "__class__", "__delattr__", "__dir__", "__doc__", "__eq__", "__format__", "__ge__", "__getattribute__",
            "__getstate__", "__gt__", "__hash__", "__init__", "__init_subclass__", "__le__", "__lt__", "__ne__",
            "__new__", "__reduce__", "__reduce_ex__", "__repr__", "__setattr__", "__sizeof__", "__str__",
            "__subclasshook__",
        ].contains(name)
    }

    private func withheld(_ value: TemplateValue, _ name: String) -> TemplateValue {
        .undefined(
            TemplateUndefined(
                "access to attribute '\(name)' of '\(value.typeName)' object is unsafe", isWithheld: true))
    }

    private func bound<Receiver>(
        _ method: TemplateMethod<Receiver>, to value: TemplateValue, _ receiver: Receiver
    ) -> TemplateValue {
        .object(
            TemplateFunction(method.name, method.signature, depth: value.depth) {
                (arguments, interpreter) throws(ChatTemplateError) in
                if case .text(let text) = value { try interpreter.work(on: text) }
                return try method.body(receiver, arguments, interpreter)
            })
    }
}

// MARK: - Slices and lengths

extension TemplateInterpreter {
    func slice(
        _ value: TemplateValue, start: TemplateValue, stop: TemplateValue, step: TemplateValue
    ) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        let stride = try sliceIndex(step) ?? 1
        let (start, stop) = (try sliceIndex(start), try sliceIndex(stop))
        func bounds(_ count: Int) throws(ChatTemplateError) -> TemplateSliceBounds {
            guard stride != 0 else { throw failure(.value, "slice step cannot be zero") }
            return TemplateSliceBounds(start: start, stop: stop, step: stride, count: count)
        }
        switch value {
        case .text(let text):
            try allocate(bytes: text.bytes.count)
            return .text(text.sliced(try bounds(text.count)))
        case .list(let sequence):
            return try list(try bounds(sequence.elements.count).indices.map { sequence.elements[$0] })
        case .tuple(let sequence):
            return try tuple(try bounds(sequence.elements.count).indices.map { sequence.elements[$0] })
        case .object(let object as TemplateRange):
            return .object(object.sliced(try bounds(object.length)))
        default:
            throw failure(.type, "'\(value.typeName)' object is not subscriptable by a slice")
        }
    }

    private func sliceIndex(_ value: TemplateValue) throws(ChatTemplateError) -> Int? {
        if case .none = value { return nil }
        guard let index = value.index else {
            throw failure(.type, "slice indices must be integers or None, not \(value.typeName)")
        }
        return index
    }

    /// Python's `len`; nil where the value has no length.
    func count(of value: TemplateValue) throws(ChatTemplateError) -> Int? {
        switch value {
        case .undefined: return 0
        case .text(let text):
            try touch(bytes: text.bytes.count)
            return text.count
        case .list(let sequence), .tuple(let sequence): return sequence.elements.count
        case .dictionary(let dictionary): return dictionary.count
        case .object(let object): return try object.count(self)
        case .none, .boolean, .integer, .float: return nil
        }
    }
}

extension TemplateInterpreter {
    /// What the filter `attr` finds: attributes only, never elements.
    func attributeOnly(of value: TemplateValue, _ name: String) throws(ChatTemplateError) -> TemplateValue {
        try check(value)
        return try method(of: value, name) ?? missing(value, .text(name))
    }
}
