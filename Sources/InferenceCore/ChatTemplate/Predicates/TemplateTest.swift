/// A test: what stands after `is`. To add one, add a line to one of the lists.
struct TemplateTest: Sendable {
    typealias Body =
        @Sendable (TemplateValue, TemplateBoundArguments, TemplateInterpreter) throws(ChatTemplateError) -> Bool

    let names: [String]
    let signature: TemplateSignature
    let body: Body

    init(_ names: String..., signature: TemplateSignature = [], _ body: @escaping Body) {
        self.names = names
        self.signature = signature
        self.body = body
    }

    static let all: [TemplateTest] = kinds + numbers + comparisons

    /// The tests by each of their names.
    static let named: [String: TemplateTest] = Dictionary(
        all.flatMap { test in test.names.map { ($0, test) } }
    ) { first, _ in first }

    private static let kinds: [TemplateTest] = [
        TemplateTest("defined") { value, _, _ in !value.isUndefined },
        TemplateTest("undefined") { value, _, _ in value.isUndefined },
        TemplateTest("none") { value, _, _ in value.isNone },
        TemplateTest("boolean") { value, _, _ in if case .boolean = value { true } else { false } },
        TemplateTest("true") { value, _, _ in if case .boolean(true) = value { true } else { false } },
        TemplateTest("false") { value, _, _ in if case .boolean(false) = value { true } else { false } },
        TemplateTest("integer") { value, _, _ in if case .integer = value { true } else { false } },
        TemplateTest("float") { value, _, _ in if case .float = value { true } else { false } },
        TemplateTest("number") { value, _, _ in value.number != nil },
        TemplateTest("string") { value, _, _ in value.text != nil },
        TemplateTest("mapping") { value, _, _ in if case .dictionary = value { true } else { false } },
        TemplateTest("sequence") { value, _, _ in
            switch value {
            // An undefined value has a length, and means to be asked for an element, which fail when used.
            case .text, .list, .tuple, .dictionary, .undefined: true
            case .object(let object): object is TemplateRange
            default: false
            }
        },
        TemplateTest("iterable") { (value, _, interpreter) throws(ChatTemplateError) in
            try interpreter.iteratorIfAny(value) != nil
        },
        TemplateTest("callable") { value, _, _ in
            switch value {
            // An undefined value has the means to be called; it fails when it is.
            case .undefined: true
            case .object(let object): object.isCallable
            default: false
            }
        },
        TemplateTest("escaped") { value, _, _ in value.text?.isMarkup ?? false },
        TemplateTest("filter") { (value, _, interpreter) throws(ChatTemplateError) in
            _ = try interpreter.key(value)
            return value.text.map { TemplateFilter.named[$0.string] != nil } ?? false
        },
        TemplateTest("test") { (value, _, interpreter) throws(ChatTemplateError) in
            _ = try interpreter.key(value)
            return value.text.map { TemplateTest.named[$0.string] != nil } ?? false
        },
        TemplateTest("lower") { (value, _, interpreter) throws(ChatTemplateError) in
            try interpreter.string(value).isLowercase
        },
        TemplateTest("upper") { (value, _, interpreter) throws(ChatTemplateError) in
            try interpreter.string(value).isUppercase
        },
    ]

    private static let numbers: [TemplateTest] = [
        TemplateTest("odd") { (value, _, interpreter) throws(ChatTemplateError) in
            try interpreter.isEqual(try interpreter.binary(.remainder, value, .integer(2)), .integer(1))
        },
        TemplateTest("even") { (value, _, interpreter) throws(ChatTemplateError) in
            try interpreter.isEqual(try interpreter.binary(.remainder, value, .integer(2)), .integer(0))
        },
        TemplateTest("divisibleby", signature: ["num"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            let remainder = try interpreter.binary(.remainder, value, arguments["num"] ?? .none)
            return try interpreter.isEqual(remainder, .integer(0))
        },
    ]

    private static let comparisons: [TemplateTest] = [
        comparison("eq", "equalto", "==", .equal),
        comparison("ne", "!=", nil, .notEqual),
        comparison("lt", "lessthan", "<", .less),
        comparison("le", "<=", nil, .lessOrEqual),
        comparison("gt", "greaterthan", ">", .greater),
        comparison("ge", ">=", nil, .greaterOrEqual),
        TemplateTest("in", signature: ["seq"]) { (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.contains(arguments["seq"] ?? .none, value)
        },
        TemplateTest("sameas", signature: ["other"]) { (value, arguments, _) in
            isSame(value, arguments["other"] ?? .none)
        },
    ]

    private static func comparison(
        _ name: String, _ second: String, _ third: String?, _ comparison: TemplateComparisonOperator
    ) -> TemplateTest {
        TemplateTest(names: [name, second] + (third.map { [$0] } ?? [])) {
            (value, arguments, interpreter) throws(ChatTemplateError) in
            try interpreter.compare(value, comparison, arguments["other"] ?? .none)
        }
    }

    private init(names: [String], _ body: @escaping Body) {
        self.names = names
        signature = ["other"]
        self.body = body
    }

    /// Python's `is`: the same object. Small values of one kind are one object there.
    private static func isSame(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        switch (left, right) {
        case (.none, .none): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.text(let left), .text(let right)): left == right
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)): left === right
        case (.dictionary(let left), .dictionary(let right)): left === right
        case (.object(let left), .object(let right)): left === right
        default: false
        }
    }
}
