/// The template by which a model's file turns a conversation into the prompt that the model was trained on.
///
/// The language is Jinja as the PyPI package `jinja2` reads it, set up as the PyPI package `transformers` does:
/// an immutable sandbox, `trim_blocks` and `lstrip_blocks`, the tags `break`, `continue` and `generation`, the
/// functions `raise_exception` and `strftime_now`, and a filter `tojson` that escapes nothing for HTML. Rendering is
/// bounded in time, memory and depth, so a template may come from anywhere.
///
/// ```swift
/// let template = try ChatTemplate(source: source)
/// let prompt = try template.render([(role: "user", content: "Hello")], beginningOfSequence: "<s>")
/// ```
public struct ChatTemplate: Sendable {
    /// The longest source that is read, in bytes.
    public static let maximumSourceBytes = 1 << 18

    /// The template as it was given.
    public let source: String
    private let body: TemplateBody
    private let scopes: TemplateScopes

    private static let noThread = ChatTemplateError(
        .limit, line: 1, "the system has no thread to spare for the template")

    /// Reads a template.
    ///
    /// - Throws: ``ChatTemplateError`` that says on which line what was expected.
    public init(source: String) throws(ChatTemplateError) {
        guard source.utf8.count <= Self.maximumSourceBytes else {
            throw ChatTemplateError(
                .limit, line: 1,
                "the source is \(source.utf8.count) bytes long, and at most \(Self.maximumSourceBytes) are read")
        }
        self.source = source
        (body, scopes) = try DeepStack.run(otherwise: Self.noThread) { () throws(ChatTemplateError) in
            var parser = TemplateParser(tokens: try TemplateLexer.tokens(of: source))
            let body = try parser.template()
            let scopes = try TemplateResolver.scopes(
                of: body, referenceCount: parser.referenceCount, scopeCount: parser.scopeCount)
            return (body, scopes)
        }
    }

    /// The prompt for a conversation.
    ///
    /// - Parameters:
    ///   - messages: An array of objects with `role`, `content` and whatever else the template reads.
    ///   - addGenerationPrompt: Whether the prompt ends with the beginning of the model's answer.
    ///   - beginningOfSequence: The text of the model's token of that name, which the template sees as `bos_token`.
    ///   - endOfSequence: The text of the model's token of that name, which the template sees as `eos_token`.
    ///   - variables: What else the template sees: `tools`, `documents`, `enable_thinking`. The first two are `none`
    ///     where they are not given, and what is given here wins over the other parameters.
    ///   - now: What `strftime_now` prints.
    ///   - limits: What the rendering may spend.
    /// - Throws: ``ChatTemplateError`` with the line and the reason; of kind `raised` where the template refuses the
    ///   conversation.
    public func render(
        messages: JSONValue,
        addGenerationPrompt: Bool = true,
        beginningOfSequence: String = "",
        endOfSequence: String = "",
        variables: JSONObject = [:],
        now: CivilTime = .now(),
        limits: TemplateBudget = TemplateBudget()
    ) throws(ChatTemplateError) -> String {
        var context: JSONObject = [
            "messages": messages,
            "tools": .null,
            "documents": .null,
            "add_generation_prompt": .boolean(addGenerationPrompt),
            "bos_token": .string(beginningOfSequence),
            "eos_token": .string(endOfSequence),
        ]
        for member in variables { context[member.name] = member.value }
        return try DeepStack.run(otherwise: Self.noThread) { [body, scopes, context] () throws(ChatTemplateError) in
            var values: [String: TemplateValue] = [:]
            for member in context { values[member.name] = try TemplateValue(member.value, limits: limits) }
            let interpreter = TemplateInterpreter(scopes: scopes, context: values, limits: limits, now: now)
            return try interpreter.render(body).string
        }
    }

    /// The prompt for a conversation of roles and texts.
    public func render(
        _ messages: [(role: String, content: String)],
        addGenerationPrompt: Bool = true,
        beginningOfSequence: String = "",
        endOfSequence: String = "",
        variables: JSONObject = [:],
        now: CivilTime = .now()
    ) throws(ChatTemplateError) -> String {
        let objects = messages.map { message -> JSONValue in
            ["role": .string(message.role), "content": .string(message.content)]
        }
        return try render(
            messages: .array(objects), addGenerationPrompt: addGenerationPrompt,
            beginningOfSequence: beginningOfSequence, endOfSequence: endOfSequence, variables: variables, now: now)
    }
}
