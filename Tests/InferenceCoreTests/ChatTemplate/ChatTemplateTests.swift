import InferenceCore
import Testing

@Suite("Chat template")
struct ChatTemplateTests {
    private func render(_ source: String, _ variables: JSONObject = [:]) throws -> String {
        try ChatTemplate(source: source).render(
            messages: [["role": "user", "content": "Hi"]], beginningOfSequence: "<s>", endOfSequence: "</s>",
            variables: variables, now: CivilTime(year: 2024, month: 12, day: 30, hour: 0, minute: 5))
    }

    private func failure(_ source: String) -> ChatTemplateError? {
        do {
            _ = try render(source)
            return nil
        } catch {
            return error as? ChatTemplateError
        }
    }

    @Test("Roles and texts are a conversation")
    func pairs() throws {
        let template = try ChatTemplate(
            source: "{{ bos_token }}{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}"
                + "{% if add_generation_prompt %}[assistant]{% endif %}{{ eos_token }}")
        let turns = [(role: "system", content: "Brief."), (role: "user", content: "Hi")]
        #expect(try template.render(turns, beginningOfSequence: "<s>") == "<s>[system]Brief.[user]Hi[assistant]")
        #expect(try template.render(turns, addGenerationPrompt: false) == "[system]Brief.[user]Hi")
    }

    @Test("Tools and documents are none where they are not given, as in the reference")
    func absentTools() throws {
        #expect(try render("{{ tools is defined }} {{ tools is none }} {{ documents }}") == "True True None")
        #expect(try render("{{ tools|length }}", ["tools": [1, 2]]) == "2")
    }

    @Test("Variables win over the parameters")
    func variables() throws {
        let variables: JSONObject = ["bos_token": "B", "enable_thinking": false]
        #expect(try render("{{ bos_token }}{{ enable_thinking }}", variables) == "BFalse")
    }

    @Test("Keys that only look alike stay apart")
    func canonicalEquivalence() throws {
        let source = "{{ d|length }}{{ 'e\\u0301' == '\\xe9' }}"
        #expect(try render(source, ["d": ["e\u{301}": 1, "\u{E9}": 2]]) == "2False")
    }

    @Test("A template that refuses says why and where")
    func raised() throws {
        let error = try #require(failure("{% if true %}\n{{ raise_exception('No ' ~ messages[0].role) }}{% endif %}"))
        #expect(error.kind == .raised)
        #expect(error.line == 2)
        #expect(error.message == "No user")
        #expect(error.description == "chat template, line 2: the template refuses these messages: No user")
    }

    @Test(
        "Errors name their kind and line",
        arguments: [
            ("a\n{% if x %}", ChatTemplateError.Kind.syntax, 2),
            ("a\n\n{{ 1 + }}", .syntax, 3),
            ("{{ 'abc }}", .syntax, 1),
            ("\n{{ x|nothing }}", .syntax, 2),
            ("{% for i in messages %}\n{{ missing.attribute }}{% endfor %}", .undefined, 2),
            ("\n\n{{ 1 + 'a' }}", .type, 3),
            ("\n{{ 1 // 0 }}", .value, 2),
            ("\n{{ messages.append(1) }}", .security, 2),
            ("\n{{ ''.__class__.__mro__ }}", .security, 2),
            ("\n{% include 'other' %}", .unsupported, 2),
            ("{% macro f() %}\n{{ missing.x }}{% endmacro %}\n\n{{ f() }}", .undefined, 2),
        ])
    func errors(source: String, kind: ChatTemplateError.Kind, line: Int) throws {
        let error = try #require(failure(source))
        #expect(error.kind == kind)
        #expect(error.line == line)
        #expect(!error.message.contains("\n"))
    }

    @Test("Every prefix of a template is read or refused, never more")
    func truncated() throws {
        let source = """
            {%- macro f(a, b=[1, {'k': "v\\n"}]) -%}{{ a ~ b|tojson(indent=2) }}{%- endmacro %}
            {% for k, v in {'x': 1.5e3}.items() if v is not none recursive %}{% set ns.x = k[::-1] %}{% else %}{% endfor %}
            {# note #}{% raw %}{{ }}{% endraw %}{% call(x) f(*[1]) %}{{ x if x else 0x1F }}{% endcall %}
            """
        let letters = Array(source)
        for length in 0...letters.count {
            let prefix = String(letters[..<length])
            if let template = try? ChatTemplate(source: prefix) {
                _ = try? template.render(messages: [])
            }
        }
    }

    @Test(
        "The clock, as strftime prints it",
        arguments: [
            ("%Y-%m-%d %H:%M:%S", "2024-12-30 00:05:00"), ("%d %b %Y", "30 Dec 2024"),
            ("%A, %B %-d", "Monday, December 30"), ("%I:%M %p", "12:05 AM"), ("%j %U %W", "365 52 53"),
            ("%G-W%V-%u", "2025-W01-1"), ("%e|%k|%l", "30| 0|12"), ("%y%%%C", "24%20"), ("%^a %5d", "MON 00030"),
            ("%Q%", "%Q%"),
        ])
    func clock(format: String, expected: String) throws {
        #expect(try render("{{ strftime_now('\(format)') }}") == expected)
    }

    @Test("The local clock is read")
    func now() {
        let now = CivilTime.now()
        #expect((1...12).contains(now.month) && (1...31).contains(now.day) && now.year > 2000)
    }
}
