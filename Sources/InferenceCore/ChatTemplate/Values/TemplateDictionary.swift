/// A dictionary in the order of its keys, which never changes: the sandbox forbids it.
final class TemplateDictionary {
    let keys: [TemplateValue]
    let values: [TemplateValue]
    private let positions: [TemplateKey: Int]
    /// How deep values nest here, this one included.
    let depth: Int

    /// Of equal keys the last value wins, in the place of the first.
    init(_ pairs: [(key: TemplateKey, original: TemplateValue, value: TemplateValue)]) {
        var keys: [TemplateValue] = []
        var values: [TemplateValue] = []
        var positions: [TemplateKey: Int] = [:]
        for pair in pairs {
            if let position = positions[pair.key] {
                values[position] = pair.value
            } else {
                positions[pair.key] = keys.count
                keys.append(pair.original)
                values.append(pair.value)
            }
        }
        self.keys = keys
        self.values = values
        self.positions = positions
        depth = 1 + (keys + values).reduce(0) { max($0, $1.depth) }
    }

    convenience init(_ pairs: [(name: TemplateText, value: TemplateValue)]) {
        self.init(pairs.map { (.text($0.name), .text($0.name), $0.value) })
    }

    var count: Int { keys.count }

    subscript(key: TemplateKey) -> TemplateValue? {
        positions[key].map { values[$0] }
    }

    subscript(name: String) -> TemplateValue? {
        self[.text(TemplateText(name))]
    }
}

/// A dictionary key. Numbers that are equal are one key, whatever their type.
enum TemplateKey: Hashable {
    case none
    case integer(Int)
    case float(Double)
    case text(TemplateText)
    case tuple([TemplateKey])
    case undefined
    case object(ObjectIdentifier)
}

extension TemplateInterpreter {
    /// The value as a key; nil where it, or what it holds, can change in Python and so can't be hashed.
    func keyIfHashable(_ value: TemplateValue) throws(ChatTemplateError) -> TemplateKey? {
        try spend()
        switch value {
        case .undefined: return .undefined
        case .none: return TemplateKey.none
        case .boolean(let value): return .integer(value ? 1 : 0)
        case .integer(let value): return .integer(value)
        case .float(let value): return Int(exactly: value).map { .integer($0) } ?? .float(value)
        case .text(let text):
            try touch(bytes: text.bytes.count)
            return .text(text)
        case .list, .dictionary: return nil
        case .tuple(let sequence):
            var keys: [TemplateKey] = []
            for element in sequence.elements {
                guard let key = try keyIfHashable(element) else { return nil }
                try allocate(elements: 1)
                keys.append(key)
            }
            return .tuple(keys)
        case .object(let object): return .object(ObjectIdentifier(object))
        }
    }

    /// The value as a key.
    func key(_ value: TemplateValue) throws(ChatTemplateError) -> TemplateKey {
        guard let key = try keyIfHashable(value) else { throw failure(.type, "unhashable type: '\(value.typeName)'") }
        return key
    }
}
