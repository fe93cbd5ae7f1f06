/// A value written down in a template.
enum TemplateLiteral: Sendable, Equatable {
    case none
    case boolean(Bool)
    case integer(Int)
    case float(Double)
    case text(TemplateText)
}

/// A variable where it is read or written.
struct TemplateName: Sendable {
    let name: String
    /// The place among all names of the template, by which ``TemplateScopes`` knows the variable it means.
    let reference: Int
}

/// An expression as the parser found it.
struct TemplateExpression: Sendable {
    indirect enum Kind: Sendable {
        case literal(TemplateLiteral)
        case name(TemplateName)
        case tuple([TemplateExpression])
        case list([TemplateExpression])
        case dictionary([(key: TemplateExpression, value: TemplateExpression)])
        case attribute(TemplateExpression, String)
        case item(TemplateExpression, TemplateExpression)
        case slice(TemplateExpression, TemplateSlice)
        case call(TemplateExpression, TemplateCallArguments)
        /// A filter; without an expression it is applied to the block it belongs to.
        case filter(TemplateExpression?, name: String, TemplateCallArguments)
        case test(TemplateExpression, name: String, TemplateCallArguments)
        case unary(TemplateUnaryOperator, TemplateExpression)
        case binary(TemplateBinaryOperator, TemplateExpression, TemplateExpression)
        case concatenation([TemplateExpression])
        case comparison(TemplateExpression, [TemplateComparison])
        case and(TemplateExpression, TemplateExpression)
        case or(TemplateExpression, TemplateExpression)
        case conditional(test: TemplateExpression, then: TemplateExpression, otherwise: TemplateExpression?)
    }

    let kind: Kind
    let line: Int
    /// How many expressions nest here, this one included.
    let depth: Int

    init(_ kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
        depth = 1 + kind.operands.reduce(0) { max($0, $1.depth) }
    }
}

enum TemplateUnaryOperator: Sendable {
    case not, negative, positive
}

enum TemplateBinaryOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case remainder = "%"
    case power = "**"
}

enum TemplateComparisonOperator: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case contained = "in"
    case notContained = "not in"
}

/// One step of a chain such as `a < b <= c`.
struct TemplateComparison: Sendable {
    let comparison: TemplateComparisonOperator
    let right: TemplateExpression
}

/// The bounds of `a[start:stop:step]`.
struct TemplateSlice: Sendable {
    var start: TemplateExpression?
    var stop: TemplateExpression?
    var step: TemplateExpression?
}

/// What stands in a call's parentheses.
struct TemplateCallArguments: Sendable {
    var positional: [TemplateExpression] = []
    var keyword: [(name: String, value: TemplateExpression)] = []
    /// `*values`
    var unpackedPositional: TemplateExpression?
    /// `**values`
    var unpackedKeyword: TemplateExpression?

    var operands: [TemplateExpression] {
        positional + keyword.map(\.value) + [unpackedPositional, unpackedKeyword].compactMap { $0 }
    }
}

extension TemplateExpression.Kind {
    /// The expressions directly inside of this one, in the order in which names in them are looked up.
    var operands: [TemplateExpression] {
        switch self {
        case .literal, .name: []
        case .tuple(let items), .list(let items), .concatenation(let items): items
        case .dictionary(let pairs): pairs.flatMap { [$0.key, $0.value] }
        case .attribute(let value, _), .unary(_, let value): [value]
        case .item(let value, let key): [value, key]
        case .slice(let value, let slice): [value] + [slice.start, slice.stop, slice.step].compactMap { $0 }
        case .call(let value, let arguments), .test(let value, _, let arguments): [value] + arguments.operands
        case .filter(let value, _, let arguments): (value.map { [$0] } ?? []) + arguments.operands
        case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right): [left, right]
        case .comparison(let left, let steps): [left] + steps.map(\.right)
        case .conditional(let test, let then, let otherwise): [test, then] + (otherwise.map { [$0] } ?? [])
        }
    }
}
