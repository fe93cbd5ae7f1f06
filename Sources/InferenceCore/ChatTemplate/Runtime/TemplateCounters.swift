/// What `cycler()` makes: its items in turn, over and over.
final class TemplateCycler: TemplateObject {
    let typeName = "Cycler"
    let depth: Int
    private let items: [TemplateValue]
    private var position = 0

    /// `items` is not empty.
    init(_ items: [TemplateValue]) {
        self.items = items
        depth = 1 + items.reduce(0) { max($0, $1.depth) }
    }

    func attribute(_ name: String, _ interpreter: TemplateInterpreter) -> TemplateValue? {
        switch name {
        case "current": items[position]
        case "next":
            .object(
                TemplateFunction("next", [], depth: depth) { [self] _, _ in
                    defer { position = (position + 1) % items.count }
                    return items[position]
                })
        case "reset":
            .object(
                TemplateFunction("reset", [], depth: depth) { [self] _, _ in
                    position = 0
                    return .none
                })
        default: nil
        }
    }
}

/// What `joiner()` makes: nothing when called first, its separator ever after.
final class TemplateJoiner: TemplateObject {
    let typeName = "Joiner"
    let depth: Int
    let isCallable = true
    private let separator: TemplateValue
    private var isUsed = false

    init(_ separator: TemplateValue) {
        self.separator = separator
        depth = 1 + separator.depth
    }

    func call(_ arguments: TemplateArguments, _ interpreter: TemplateInterpreter) -> TemplateValue {
        defer { isUsed = true }
        return isUsed ? separator : .text("")
    }
}
