/// A function or a method bound to its object.
final class TemplateFunction: TemplateObject {
    typealias Body = (TemplateBoundArguments, TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue

    let name: String
    let depth: Int
    let typeName = "builtin_function_or_method"
    let isCallable = true
    private let signature: TemplateSignature
    private let body: Body

    /// - Parameter depth: How deep the values nest that `body` holds.
    init(_ name: String, _ signature: TemplateSignature, depth: Int = 0, _ body: @escaping Body) {
        self.name = name
        self.signature = signature
        self.depth = depth + 1
        self.body = body
    }

    func call(
        _ arguments: TemplateArguments, _ interpreter: TemplateInterpreter
    ) throws(ChatTemplateError) -> TemplateValue {
        try body(try interpreter.bind(arguments, to: signature, of: name), interpreter)
    }

    func describe(_ interpreter: TemplateInterpreter) -> TemplateText {
        TemplateText("<built-in function \(name)>")
    }
}
