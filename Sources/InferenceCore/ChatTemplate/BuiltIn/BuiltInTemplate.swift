/// A chat template that comes with the library, for files whose own is missing, fails or refuses a conversation.
///
/// To add one, add an entry to ``all``. Each writes `bos_token` first and takes contents as texts or as lists of parts.
public struct BuiltInTemplate: Sendable {
    /// What it is chosen by, such as `chatml`.
    public let name: String
    /// The models that were trained on it.
    public let models: String
    /// In Jinja.
    public let source: String

    init(_ name: String, models: String, _ body: String) {
        self.name = name
        self.models = models
        source = Self.contents + body
    }

    /// The text of a message's content: texts, and the text parts of lists.
    private static let contents = """
        {%- macro text(content) -%}
            {%- if content is string -%}
                {{- content -}}
            {%- elif content -%}
                {%- for part in content if part.type == 'text' -%}{{- part.text -}}{%- endfor -%}
            {%- endif -%}
        {%- endmacro -%}
        {{- bos_token -}}

        """

    /// The built-in template of that name; nil where there is none.
    public static func named(_ name: String) -> BuiltInTemplate? {
        all.first { $0.name == name }
    }
}
