/// A method that Python gives to values of one type.
struct TemplateMethod<Receiver>: Sendable {
    typealias Body =
        @Sendable (Receiver, TemplateBoundArguments, TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue

    let name: String
    let signature: TemplateSignature
    let body: Body

    init(_ name: String, _ signature: TemplateSignature, _ body: @escaping Body) {
        self.name = name
        self.signature = signature
        self.body = body
    }

    /// Methods by their names.
    static func byName(_ methods: [TemplateMethod]) -> [String: TemplateMethod] {
        Dictionary(methods.map { ($0.name, $0) }) { first, _ in first }
    }
}
