/// A source of values that can be walked once, as Python's generators.
final class TemplateIterator: TemplateObject {
    typealias Step = () throws(ChatTemplateError) -> TemplateValue?

    let typeName: String
    let depth: Int
    private let step: Step
    private var isDone = false

    /// - Parameter depth: How deep the values nest that `step` holds.
    init(typeName: String = "generator", depth: Int = 0, _ step: @escaping Step) {
        self.typeName = typeName
        self.depth = depth + 1
        self.step = step
    }

    convenience init(_ elements: [TemplateValue], typeName: String = "list_iterator", depth: Int = 0) {
        var index = 0
        self.init(typeName: typeName, depth: depth) {
            guard index < elements.count else { return nil }
            index += 1
            return elements[index - 1]
        }
    }

    /// The next value; nil at the end and ever after.
    func next(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue? {
        guard !isDone else { return nil }
        try interpreter.spend()
        let value = try step()
        if value == nil { isDone = true }
        return value
    }

    func iterator(_ interpreter: TemplateInterpreter) -> TemplateIterator? {
        self
    }
}

extension TemplateInterpreter {
    /// Walks `value` as Python's `iter` does.
    func iterate(_ value: TemplateValue) throws(ChatTemplateError) -> TemplateIterator {
        guard let iterator = try iteratorIfAny(value) else {
            throw failure(.type, "'\(value.typeName)' object is not iterable")
        }
        return iterator
    }

    /// An iterator over `value`; nil where it can't be iterated.
    func iteratorIfAny(_ value: TemplateValue) throws(ChatTemplateError) -> TemplateIterator? {
        switch value {
        case .undefined: return TemplateIterator([])
        case .list(let sequence), .tuple(let sequence):
            return TemplateIterator(sequence.elements, depth: sequence.depth)
        case .dictionary(let dictionary):
            return TemplateIterator(dictionary.keys, typeName: "dict_keyiterator", depth: dictionary.depth)
        case .text(let text):
            var position = 0
            return TemplateIterator(typeName: "str_iterator") {
                guard position < text.bytes.count else { return nil }
                let start = position
                _ = TemplateText.scalar(in: text.bytes, at: &position)
                return .text(TemplateText(bytes: Array(text.bytes[start..<position]), isMarkup: text.isMarkup))
            }
        case .object(let object): return try object.iterator(self)
        case .none, .boolean, .integer, .float: return nil
        }
    }

    /// All elements of `value`.
    func elements(of value: TemplateValue) throws(ChatTemplateError) -> [TemplateValue] {
        if case .list(let sequence) = value { return sequence.elements }
        if case .tuple(let sequence) = value { return sequence.elements }
        let iterator = try iterate(value)
        var elements: [TemplateValue] = []
        while let element = try iterator.next(self) {
            try allocate(elements: 1)
            elements.append(element)
        }
        return elements
    }

    /// A new list, within the bounds.
    func list(_ elements: [TemplateValue]) throws(ChatTemplateError) -> TemplateValue {
        .list(try sequence(elements))
    }

    /// A new tuple, within the bounds.
    func tuple(_ elements: [TemplateValue], fieldNames: [String] = []) throws(ChatTemplateError) -> TemplateValue {
        .tuple(try sequence(elements, fieldNames: fieldNames))
    }

    private func sequence(
        _ elements: [TemplateValue], fieldNames: [String] = []
    ) throws(ChatTemplateError) -> TemplateSequence {
        // The object itself takes about as much as three elements.
        try allocate(elements: elements.count + 3)
        let sequence = TemplateSequence(elements, fieldNames: fieldNames)
        try checkDepth(sequence.depth)
        return sequence
    }

    /// A new dictionary, within the bounds.
    func dictionary(_ pairs: [(key: TemplateValue, value: TemplateValue)]) throws(ChatTemplateError) -> TemplateValue {
        try allocate(elements: 4 * pairs.count)
        var keyed: [(key: TemplateKey, original: TemplateValue, value: TemplateValue)] = []
        for pair in pairs { keyed.append((try key(pair.key), pair.key, pair.value)) }
        let dictionary = TemplateDictionary(keyed)
        try checkDepth(dictionary.depth)
        return .dictionary(dictionary)
    }

    /// An iterator whose values are made when asked for.
    func generator(over source: TemplateValue..., step: @escaping TemplateIterator.Step) throws(ChatTemplateError)
        -> TemplateValue
    {
        try allocate(elements: 4)
        let depth = source.reduce(0) { max($0, $1.depth) }
        try checkDepth(depth + 1)
        return .object(TemplateIterator(depth: depth, step))
    }
}
