/// A value in a template while it is rendered: what Python would hold.
enum TemplateValue {
    case undefined(TemplateUndefined)
    case none
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    case text(TemplateText)
    case list(TemplateSequence)
    case tuple(TemplateSequence)
    case dictionary(TemplateDictionary)
    /// Everything that is not plain data: iterators, macros, functions, namespaces.
    case object(any TemplateObject)
}

/// What a name or a lookup gives that found nothing: it prints as nothing and is false; all else with it fails.
struct TemplateUndefined {
    /// What the failure says.
    let message: String
    /// Whether there is something that the sandbox withholds.
    var isWithheld = false

    init(_ message: String, isWithheld: Bool = false) {
        self.message = message
        self.isWithheld = isWithheld
    }
}

/// The elements of a list or tuple, which never change: the sandbox forbids it.
final class TemplateSequence {
    let elements: [TemplateValue]
    /// How deep values nest here, this one included.
    let depth: Int
    /// The names of the elements, for tuples that have them.
    let fieldNames: [String]

    init(_ elements: [TemplateValue], fieldNames: [String] = []) {
        self.elements = elements
        self.fieldNames = fieldNames
        depth = 1 + elements.reduce(0) { max($0, $1.depth) }
    }
}

/// A value of a kind of its own.
protocol TemplateObject: AnyObject {
    /// Python's name of the type, for errors.
    var typeName: String { get }
    /// How deep values nest here.
    var depth: Int { get }
    /// Whether it can be called.
    var isCallable: Bool { get }

    /// The number of elements; nil for what has no length.
    func count(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> Int?
    /// The attribute `name`; nil where there is none.
    func attribute(_ name: String, _ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue?
    /// The element `key`; nil where there is none.
    func element(_ key: TemplateValue, _ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue?
    /// An iterator over the elements; nil for what can't be iterated.
    func iterator(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateIterator?
    /// What printing it shows.
    func describe(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateText
    func call(
        _ arguments: TemplateArguments, _ interpreter: TemplateInterpreter
    ) throws(ChatTemplateError) -> TemplateValue
}

extension TemplateObject {
    var depth: Int { 1 }
    var isCallable: Bool { false }

    func count(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> Int? {
        nil
    }

    func attribute(_ name: String, _ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue? {
        nil
    }

    func element(_ key: TemplateValue, _ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue? {
        nil
    }

    func iterator(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateIterator? {
        nil
    }

    func describe(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateText {
        TemplateText("<\(typeName) object>")
    }

    func call(
        _ arguments: TemplateArguments, _ interpreter: TemplateInterpreter
    ) throws(ChatTemplateError) -> TemplateValue {
        throw interpreter.failure(.type, "'\(typeName)' object is not callable")
    }
}

extension TemplateValue {
    /// Python's name of the type.
    var typeName: String {
        switch self {
        case .undefined: "Undefined"
        case .none: "NoneType"
        case .boolean: "bool"
        case .integer: "int"
        case .float: "float"
        case .text(let text): text.isMarkup ? "Markup" : "str"
        case .list: "list"
        case .tuple: "tuple"
        case .dictionary: "dict"
        case .object(let object): object.typeName
        }
    }

    var depth: Int {
        switch self {
        case .list(let sequence), .tuple(let sequence): sequence.depth
        case .dictionary(let dictionary): dictionary.depth
        case .object(let object): object.depth
        default: 0
        }
    }

    var isUndefined: Bool {
        if case .undefined = self { true } else { false }
    }

    var isNone: Bool {
        if case .none = self { true } else { false }
    }

    /// The text of a string; nil for every other kind.
    var text: TemplateText? {
        if case .text(let text) = self { text } else { nil }
    }

    /// A number's value as an integer where Python would accept it as one: integers and booleans.
    var index: Int? {
        switch self {
        case .integer(let value): value
        case .boolean(let value): value ? 1 : 0
        default: nil
        }
    }

    /// A number's value as a double: integers, booleans and floats.
    var number: Double? {
        switch self {
        case .float(let value): value
        default: index.map(Double.init)
        }
    }

    /// The object if it is of the type asked for.
    func object<Object: TemplateObject>(as type: Object.Type) -> Object? {
        guard case .object(let object) = self else { return nil }
        return object as? Object
    }

    static func text(_ text: String) -> TemplateValue {
        .text(TemplateText(text))
    }

    init(_ literal: TemplateLiteral) {
        switch literal {
        case .none: self = .none
        case .boolean(let value): self = .boolean(value)
        case .integer(let value): self = .integer(value)
        case .float(let value): self = .float(value)
        case .text(let text): self = .text(text)
        }
    }
}
