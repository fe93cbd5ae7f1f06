import Testing

@testable import InferenceCore

/// Templates come from files that anyone may have written.
@Suite("Bounds of chat templates")
struct ChatTemplateBoundsTests {
    private static let limits = {
        var limits = TemplateBudget()
        (limits.steps, limits.bytes, limits.textBytes) = (200_000, 1 << 22, 1 << 20)
        return limits
    }()

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
            "{{ ('a ' * 400000).split() }}", "{{ ('a,' * 400000).split(',') }}", "{{ ('a\\n' * 400000).splitlines() }}",
            "{{ ('a\\n' * 400000)|indent }}", "{{ ('a' * 400000)|list }}", "{{ ('a' * 400000)|map('upper')|join }}",
            "{{ ('a' * 400000)|sort }}", "{{ ('a b' * 200000)|urlencode|replace('%', '%%%%%%%%') }}",
            "{{ '%9999999s' % 'a' }}", "{{ '%-9999999999999999999999s' % 'a' }}", "{{ '%.99999999f' % 1.5 }}",
            "{{ '%*d' % (2147483647, 1) }}", "{{ '{:>{}}'.format('a', 999999999) }}",
            "{{ '{:.999999999f}'.format(1.5) }}",
            "{{ '{0:{1}{1}{1}{1}{1}{1}{1}{1}{1}}'.format('a', 9) }}", "{{ 'a'.ljust(10 ** 12) }}",
            "{{ 'a'.zfill(10 ** 12) }}", "{{ '\\t'.expandtabs(10 ** 12) }}", "{{ 'a'.rjust(10 ** 9, 'é') }}",
            "{{ 'x' * 10 ** 9 }}", "{{ 2 ** 62 * 4 }}", "{{ 9223372036854775807 + 1 }}", "{{ 7 ** 77 }}",
            "{{ 1e300|int }}", "{{ ('9' * 400)|int }}", "{{ ('9' * 100000)|int }}", "{{ (1, 2) * 10 ** 15 }}",
            "{{ [[1] * 1000] * 1000 * 1000 }}", "{{ ['a' * 1000] * 10000 }}", "{{ (['a'] * 10000)|join('b' * 10000) }}",
            "{{ {'a': 1}|tojson(indent='x' * 2000000) }}",
            "{{ ([1] * 9999)|tojson(separators=('a' * 999999, '')) }}",
            "{{ {'a': {'b': [1, 2]}}|tojson(indent='x' * 999999) }}",
            "{{ [[[[[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]]]]]|tojson(indent='x' * 99999) }}",
            "{% set a = 'x' * 1000000 %}{% for i in range(50000) %}{% set b = a + 'y' %}{% endfor %}",
            "{% set a = 'x' * 100000 %}{% for i in range(50000) %}{{ a is upper }}{{ a in a }}{% endfor %}",
            "{% for a in range(99999) %}{% for b in range(99999) if b > a %}{% endfor %}{% endfor %}",
            "{{ range(99999)|map('string')|map('length')|sum ~ range(99999)|list|length }}",
            "{% set x = range(99999)|list %}{% for i in x %}{{ i in x }}{% endfor %}",
            "{% set x = range(9999)|list %}{% for i in x %}{{ x == x|list }}{% endfor %}",
            "{% macro f(x) %}{{ x }}{{ f(x ~ x) }}{% endmacro %}{{ f('ab') }}",
            "{% macro f(x) %}{{ varargs }}{{ f(x, *(varargs + varargs + (1,))) }}{% endmacro %}{{ f(1) }}",
            "{% set ns = namespace() %}{% for i in range(99999) %}{% set ns.x = namespace(a=ns) %}{% endfor %}",
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
