import Testing

@testable import InferenceCore

/// Templates come from files that anyone may have written.
@Suite("Bounds of chat templates")
struct ChatTemplateBoundsTests {
    private static let limits = TemplateBudget(
        steps: 200_000, bytes: 1 << 22, textBytes: 1 << 20, depth: 500, valueDepth: 200)

    private func failure(_ source: String) -> ChatTemplateError? {
        do {
            _ = try ChatTemplate(source: source).render(
                messages: [], addGenerationPrompt: true, beginningOfSequence: "", endOfSequence: "", variables: [:],
                now: CivilTime(year: 2026, month: 1, day: 1), limits: Self.limits)
            return nil
        } catch {
            return error
        }
    }

    private static let grows = "{% set ns = namespace(x='a', l=[1]) %}{% for i in range(5000) %}"

    @Test(
        "Endless, huge and bottomless templates end in an error",
        arguments: [
            "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
            "{% for i in range(99999) %}{% for j in range(99) %}{{ 'a' * 99 }}{% endfor %}{% endfor %}",
            "{{ 'a' * 10000000000 }}", "{{ [1] * 10000000000 }}", "{{ 9 ** 9 ** 9 ** 9 }}", "{{ range(10000000) }}",
            "{{ 'a'|center(100000000000) }}", "{{ 'a'|indent(10000000000) }}", "{{ '%1000000000d' % 1 }}",
            "{{ '{:1000000000}'.format(1) }}", "{{ [1]|tojson(indent=100000000000) }}",
            "{{ [1]|batch(100000000000, 'x')|list }}", "{{ [1]|slice(100000000000)|list }}",
            "{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}",
            "{% macro f(a=f()) %}{% endmacro %}{{ f() }}",
            "{% macro f() %}{{ caller() }}{% endmacro %}{% macro g() %}{% call f() %}{{ g() }}{% endcall %}{% endmacro %}"
                + "{{ g() }}",
            "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
            "{% set ns = namespace() %}{% set ns.a = [ns] %}{{ ns }}",
            grows + "{% set ns.x = ns.x + ns.x %}{% endfor %}", grows + "{% set ns.l = ns.l + ns.l %}{% endfor %}",
            grows + "{% set ns.x = [ns.x] %}{% endfor %}", grows + "{% set ns.l = ns.l|map('string') %}{% endfor %}",
            grows + "{% set ns.x = [ns.x].count %}{% endfor %}", grows + "{% set ns.x = cycler(ns.x) %}{% endfor %}",
            grows + "{% set ns.x = {'a': ns.x}.values() %}{% endfor %}",
            grows + "{% for j in [ns.x] %}{% set ns.x = loop %}{% endfor %}{% endfor %}",
            "{% set ns = namespace(x='a') %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
            "{% set ns = namespace(x='a') %}{% for i in range(60) %}{% set ns.x = (ns.x, ns.x) %}{% endfor %}"
                + "{{ {ns.x: 1} }}",
            "{% set s = 'a' * 100000 %}{{ s|replace('a', s) }}",
            "{% set s = 'a' * 1000000 %}{% for i in range(10000) %}{{ s|length }}{% endfor %}",
        ])
    func bounded(source: String) throws {
        let error = try #require(failure(source), "\(source)")
        #expect(error.kind == .limit, "\(error)")
    }

    @Test(
        "Sources that nest without end are refused",
        arguments: [
            ("(", "1", ")"), ("[", "", "]"), ("{1:", "1", "}"), ("not ", "1", ""), ("-", "1", ""), ("1+", "1", ""),
            ("1 if 0 else ", "1", ""), ("1 and ", "1", ""), ("", "1", "|string"), ("", "a", ".a"), ("", "a", "[0]"),
            ("", "a", "()"), ("", "1 ", "if 1 "),
        ])
    func nestedExpressions(before: String, middle: String, after: String) throws {
        let source =
            "{{ " + String(repeating: before, count: 5000) + middle + String(repeating: after, count: 5000) + " }}"
        #expect(try #require(failure(source)).kind == .limit)
    }

    @Test("Tags that nest without end are refused, and so is a source without end")
    func nestedStatements() throws {
        #expect(try #require(failure(String(repeating: "{% if 1 %}", count: 5000))).kind == .limit)
        let long = String(repeating: "a", count: ChatTemplate.maximumSourceBytes + 1)
        #expect(try #require(failure(long)).kind == .limit)
        let arguments = (0..<5000).map { "a\($0)=1" }.joined(separator: ",")
        #expect(try #require(failure("{{ dict(\(arguments)) }}")).kind == .limit)
    }

    @Test("Messages that nest without end are refused")
    func nestedMessages() throws {
        var message: JSONValue = "x"
        for _ in 0..<400 { message = [message] }
        #expect(throws: ChatTemplateError.self) {
            try ChatTemplate(source: "{{ messages }}").render(messages: message)
        }
    }

    @Test("What is deep but sensible is rendered")
    func deep() throws {
        let sum = "{{ " + String(repeating: "1 + ", count: 150) + "1 }}"
        #expect(try ChatTemplate(source: sum).render(messages: []) == "151")
        let recursion = "{% macro f(n) %}{% if n %}({{ f(n - 1) }}){% endif %}{% endmacro %}{{ f(40) }}"
        let depth = String(repeating: "(", count: 40) + String(repeating: ")", count: 40)
        #expect(try ChatTemplate(source: recursion).render(messages: []) == depth)
    }
}
