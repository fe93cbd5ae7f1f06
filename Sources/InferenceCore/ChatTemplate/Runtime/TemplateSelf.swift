/// What a template sees as `self`: its blocks by name.
final class TemplateSelf: TemplateObject {
    let typeName = "TemplateReference"

    func element(_ key: TemplateValue, _ interpreter: TemplateInterpreter) -> TemplateValue? {
        key.text.flatMap { interpreter.scopes.blocks[$0.string] }.map { .object(TemplateBlockReference($0)) }
    }

    func describe(_ interpreter: TemplateInterpreter) -> TemplateText {
        "<TemplateReference None>"
    }
}

/// A block that is called: `self.name()`.
private final class TemplateBlockReference: TemplateObject {
    let typeName = "BlockReference"
    let isCallable = true
    private let block: TemplateBlock

    init(_ block: TemplateBlock) {
        self.block = block
    }

    func call(
        _ arguments: TemplateArguments, _ interpreter: TemplateInterpreter
    ) throws(ChatTemplateError) -> TemplateValue {
        _ = try interpreter.bind(arguments, to: [], of: block.name)
        return .text(
            try interpreter.capture { () throws(ChatTemplateError) in
                try interpreter.deeper { () throws(ChatTemplateError) in try interpreter.execute(block) }
            })
    }
}
