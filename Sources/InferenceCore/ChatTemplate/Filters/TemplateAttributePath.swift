/// A path such as `address.city` or `items.0`, by which filters reach into their elements.
struct TemplateAttributePath {
    private let parts: [TemplateValue]
    private let fallback: TemplateValue?

    /// - Parameter fallback: What stands in for what is not defined along the path.
    init(_ attribute: TemplateValue, fallback: TemplateValue? = nil) {
        self.fallback = fallback
        guard case .text(let text) = attribute else {
            parts = [attribute]
            return
        }
        parts = text.pieces(between: text.indices(of: "."), of: ".").map { part in
            part.allScalars(\.isPythonDigit) ? Int(part.string).map { .integer($0) } ?? .text(part) : .text(part)
        }
    }

    /// Several paths with commas between them.
    static func paths(_ attribute: TemplateValue) -> [TemplateAttributePath] {
        guard case .text(let text) = attribute else { return [TemplateAttributePath(attribute)] }
        return text.pieces(between: text.indices(of: ","), of: ",").map { TemplateAttributePath(.text($0)) }
    }

    func value(in element: TemplateValue, _ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateValue
    {
        var value = element
        for part in parts {
            value = try interpreter.item(of: value, part)
            if let fallback, value.isUndefined { value = fallback }
        }
        return value
    }
}
