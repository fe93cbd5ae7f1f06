import InferenceCore

extension FuzzTarget {
    /// Renders a template, up to the first NUL, with the JSON object behind it as variables.
    static let template = FuzzTarget(
        "template",
        words: [
            "{%", "%}", "{{", "}}", "{#", "#}", "{%-", "-%}", "+%}", "{% for m in messages %}", "{% endfor %}",
            "{% if ", "{% else %}", "{% endif %}", "{% set x = ", "{% macro f(a, b=1) %}", "{% endmacro %}", "loop.",
            "namespace(", "|tojson", "|length", "|map(attribute='a')", "|join(',')", "[::-1]", "[-1]", " is defined",
            " is not none", " in ", "~", "**", "//", "'%s' % ", ".format(", "range(", ".items()", ".split(",
            "'a' * 999",
            "{% raw %}", "{% endraw %}", "{% call f() %}", "{% endcall %}", "caller()", "recursive", "loop(", "\\u00e9",
            "{% generation %}", "{% break %}", "raise_exception('x')", "strftime_now('%Y')",
            "\0{\"messages\": [{\"role\": ",
        ]
    ) { bytes in
        let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let source = String(decoding: parts.first ?? [], as: UTF8.self)
        let variables = parts.count > 1 ? (try? JSONValue(parsing: parts[1]))?.objectValue : nil
        var limits = TemplateBudget()
        limits.steps = 20_000
        limits.bytes = 1 << 20
        limits.textBytes = 1 << 18
        do throws(ChatTemplateError) {
            let template = try ChatTemplate(source: source)
            let text = try template.render(
                messages: variables?["messages"] ?? [["role": "user", "content": "Hi"]],
                beginningOfSequence: "<s>", endOfSequence: "</s>", variables: variables ?? [:],
                now: CivilTime(year: 2026, month: 3, day: 7), limits: limits)
            require(text.utf8.count <= limits.textBytes, "a text beyond the bound")
            return true
        } catch {
            require(error.line >= 1, "an error without a line")
            return false
        }
    }
}
