/// What `keys()`, `values()` and `items()` of a dictionary give: a length and elements, but no element by number.
final class TemplateDictionaryView: TemplateObject {
    let typeName: String
    let depth: Int
    let elements: [TemplateValue]

    init(_ typeName: String, _ elements: [TemplateValue], depth: Int) {
        self.typeName = typeName
        self.elements = elements
        self.depth = depth + 1
    }

    func count(_ interpreter: TemplateInterpreter) -> Int? {
        elements.count
    }

    func iterator(_ interpreter: TemplateInterpreter) -> TemplateIterator? {
        TemplateIterator(elements, typeName: typeName + "_iterator", depth: depth)
    }

    func describe(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateText {
        let list = try interpreter.representation(try interpreter.list(elements))
        return TemplateText(typeName + "(") + list + ")"
    }
}
