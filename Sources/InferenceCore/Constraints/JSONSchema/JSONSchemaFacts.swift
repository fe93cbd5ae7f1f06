/// A schema, or one that stands in a schema, and where.
struct JSONSchemaPlace {
    var schema: JSONValue
    /// A JSON pointer into the document.
    var pointer: String

    func child(_ name: String, _ schema: JSONValue) -> JSONSchemaPlace {
        let escaped = name.replacing("~", with: "~0").replacing("/", with: "~1")
        return JSONSchemaPlace(schema: schema, pointer: "\(pointer)/\(escaped)")
    }
}

/// The kinds of JSON values; numbers are told apart by whether they are whole.
enum JSONSchemaKind: Hashable, CaseIterable {
    case null, boolean, integer, fraction, string, array, object

    /// The kinds that a name in `type` stands for.
    static func named(_ name: String) -> Set<JSONSchemaKind>? {
        switch name {
        case "null": [.null]
        case "boolean": [.boolean]
        case "integer": [.integer]
        case "number": [.integer, .fraction]
        case "string": [.string]
        case "array": [.array]
        case "object": [.object]
        default: nil
        }
    }

    init(_ value: JSONValue) {
        self =
            switch value {
            case .null: .null
            case .boolean: .boolean
            case .integer: .integer
            case .double(let number): number.rounded() == number ? .integer : .fraction
            case .string: .string
            case .array: .array
            case .object: .object
            }
    }
}

/// What some schemas, all of which have to be satisfied, demand together; their alternatives have been chosen.
struct JSONSchemaFacts {
    var kinds = Set(JSONSchemaKind.allCases)
    /// The only values that are allowed; nil where others are.
    var values: [JSONValue]?
    var numbers = Numbers()
    var strings = Strings()
    var arrays = Arrays()
    var objects = Objects()

    struct Numbers {
        var low: NumberLanguage.Bound?
        var high: NumberLanguage.Bound?
        var multiples: [(number: DecimalNumber, pointer: String)] = []

        var isFree: Bool { low == nil && high == nil && multiples.isEmpty }

        mutating func raise(to bound: NumberLanguage.Bound) {
            guard let low else {
                self.low = bound
                return
            }
            if bound.value > low.value || bound.value == low.value && bound.isExclusive { self.low = bound }
        }

        mutating func lower(to bound: NumberLanguage.Bound) {
            guard let high else {
                self.high = bound
                return
            }
            if bound.value < high.value || bound.value == high.value && bound.isExclusive { self.high = bound }
        }
    }

    struct Strings {
        var least = 0
        var most: Int?
        /// Regular expressions, and whether a match anywhere will do.
        var patterns: [(source: String, isSearch: Bool, pointer: String)] = []

        var isFree: Bool { least == 0 && most == nil && patterns.isEmpty }
    }

    struct Arrays {
        /// What one schema says of items: the first ones' schemas and that of the others.
        struct Shape {
            var first: [JSONSchemaPlace]
            var others: JSONSchemaPlace?
        }

        var shapes: [Shape] = []
        var least = 0
        var most: Int?
    }

    struct Objects {
        /// What one schema says of members.
        struct Shape {
            var declared: [(name: String, place: JSONSchemaPlace)] = []
            var patterns: [(source: String, place: JSONSchemaPlace)] = []
            var others: JSONSchemaPlace?
        }

        var shapes: [Shape] = []
        var required: [String] = []
        var names: [JSONSchemaPlace] = []
        var least = 0
        var most: Int?
    }
}

extension JSONSchemaFacts {
    mutating func restrict(to values: [JSONValue]) {
        self.values = self.values?.filter { old in values.contains { $0.isSameValue(as: old) } } ?? values
    }
}
