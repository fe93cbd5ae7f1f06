/// The one value that a template may change: `{% set namespace.name = value %}`.
///
/// The interpreter empties every namespace at the end, so that cycles through one are no leaks.
final class TemplateNamespace: TemplateObject {
    let typeName = "Namespace"
    private var attributes: [(name: TemplateText, value: TemplateValue)] = []
    private var positions: [TemplateText: Int] = [:]

    func set(_ name: TemplateText, _ value: TemplateValue) {
        if let position = positions[name] {
            attributes[position].value = value
        } else {
            positions[name] = attributes.count
            attributes.append((name, value))
        }
    }

    func removeAll() {
        attributes = []
        positions = [:]
    }

    func attribute(_ name: String, _ interpreter: TemplateInterpreter) -> TemplateValue? {
        positions[TemplateText(name)].map { attributes[$0].value }
    }

    func describe(_ interpreter: TemplateInterpreter) throws(ChatTemplateError) -> TemplateText {
        let dictionary = TemplateDictionary(attributes)
        return TemplateText("<Namespace ") + (try interpreter.representation(.dictionary(dictionary))) + ">"
    }
}
