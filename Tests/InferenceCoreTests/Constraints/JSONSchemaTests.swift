import EngineTestSupport
import Foundation
import Testing

@testable import InferenceCore

/// JSON schemas: what may be written, what may not, and what is refused.
@Suite struct JSONSchemaTests {
    private static let compact = JSONSchemaOptions(whitespace: .none)

    struct Case: Sendable {
        var schema: String
        var accepted: [String]
        var rejected: [String]
    }

    static let cases = [
        Case(
            schema: "true", accepted: ["1", "[]", "{\"a\":[{}]}", "\"\\ud83d\\ude00\\/\""],
            rejected: ["", "01", "\"\\ud83d\""]),
        Case(
            schema:
                #"{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"}},"required":["name"]}"#,
            accepted: [#"{"name":"Ada"}"#, #"{"name":"","age":-36}"#],
            rejected: [
                "{}", #"{"age":1}"#, #"{"age":1,"name":"x"}"#, #"{"name":"x","other":1}"#, #"{"name":"x","age":1.5}"#,
            ]),
        Case(
            schema: #"{"properties":{"a":{},"b":{},"c":{}},"type":"object"}"#,
            accepted: ["{}", #"{"a":1}"#, #"{"b":1,"c":2}"#, #"{"a":1,"c":2}"#], rejected: [#"{"b":1,"a":2}"#, #"{,}"#]),
        Case(
            schema:
                #"{"type":"object","additionalProperties":{"type":"integer"},"properties":{"a":{"type":"null"}},"maxProperties":2}"#,
            accepted: ["{}", #"{"a":null,"b":1}"#, #"{"x":1,"y":2}"#],
            rejected: [#"{"a":1}"#, #"{"b":null}"#, #"{"x":1,"y":2,"z":3}"#, #"{"\u0061":1}"#]),
        Case(
            schema: #"{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":3}"#,
            accepted: ["[1]", "[1,2,3]"], rejected: ["[]", "[1,2,3,4]", "[1,]", "[\"a\"]"]),
        Case(
            schema:
                #"{"type":"array","prefixItems":[{"type":"string"},{"type":"boolean"}],"items":false,"minItems":1}"#,
            accepted: [#"["a"]"#, #"["a",true]"#], rejected: ["[]", #"["a",true,1]"#, "[true]"]),
        Case(
            schema: #"{"enum":[1,"a",null,{"b":[1.0]}]}"#, accepted: ["1", "\"a\"", "null", #"{"b":[1]}"#],
            rejected: ["2", "\"b\""]),
        Case(
            schema: #"{"type":"string","enum":["a","bb",3],"minLength":2}"#, accepted: ["\"bb\""],
            rejected: ["\"a\"", "3"]),
        Case(
            schema: #"{"type":"string","minLength":2,"maxLength":3}"#, accepted: ["\"ab\"", "\"é\\n😀\""],
            rejected: ["\"a\"", "\"abcd\""]),
        Case(schema: #"{"type":"string","pattern":"^[a-c]+$"}"#, accepted: ["\"abc\""], rejected: ["\"\"", "\"abd\""]),
        Case(
            schema: #"{"type":"string","pattern":"b.d","maxLength":4}"#, accepted: ["\"bad\"", "\"xb\\\"d\""],
            rejected: ["\"bd\"", "\"xxbad\""]),
        Case(
            schema: #"{"type":"string","format":"date"}"#, accepted: ["\"2024-02-29\""],
            rejected: ["\"2023-02-29\"", "\"2024-13-01\""]),
        Case(
            schema: #"{"type":["integer","null"],"minimum":-5,"exclusiveMaximum":120}"#,
            accepted: ["-5", "0", "119", "null"], rejected: ["-6", "120", "1.0", "-0"]),
        Case(
            schema: #"{"type":"number","minimum":0.5,"maximum":2}"#, accepted: ["0.5", "1", "1.999", "2", "2.0"],
            rejected: ["0.49", "2.01", "-1", "0.", "5e-1"]),
        Case(
            schema: #"{"type":"integer","multipleOf":7,"minimum":10}"#, accepted: ["14", "700"],
            rejected: ["7", "15", "0"]),
        Case(
            schema: #"{"type":"number","multipleOf":0.25}"#, accepted: ["0.25", "3", "-1.5", "2.50"],
            rejected: ["0.3", "0.255"]),
        Case(
            schema:
                ##"{"$defs":{"tree":{"type":"object","properties":{"v":{"type":"integer"},"kids":{"type":"array","items":{"$ref":"#/$defs/tree"}}},"required":["v"]}},"$ref":"#/$defs/tree"}"##,
            accepted: [#"{"v":1}"#, #"{"v":1,"kids":[{"v":2,"kids":[]},{"v":3}]}"#],
            rejected: [#"{"kids":[]}"#, #"{"v":1,"kids":[{}]}"#]),
        Case(
            schema:
                #"{"allOf":[{"type":"object","properties":{"a":{"minimum":3}},"required":["a"]},{"properties":{"a":{"type":"integer","maximum":4}}}]}"#,
            accepted: [#"{"a":3}"#, #"{"a":4}"#], rejected: [#"{"a":2}"#, #"{"a":5}"#, "{}", #"{"a":"x"}"#]),
        Case(
            schema: #"{"anyOf":[{"type":"string"},{"type":"integer"}],"minimum":5}"#, accepted: ["\"a\"", "5"],
            rejected: ["4", "null"]),
        Case(
            schema:
                #"{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"x":{"type":"integer"}},"required":["kind","x"]},{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}"#,
            accepted: [#"{"kind":"a","x":1}"#, #"{"kind":"b"}"#], rejected: [#"{"kind":"a"}"#, #"{"kind":"c"}"#]),
        Case(
            schema: #"{"type":"object","patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":false}"#,
            accepted: ["{}", #"{"x-a":1,"x-b":2}"#], rejected: [#"{"y":1}"#, #"{"x-a":"b"}"#]),
        Case(
            schema: #"{"type":"object","propertyNames":{"maxLength":2},"minProperties":1}"#,
            accepted: [#"{"ab":1}"#], rejected: ["{}", #"{"abc":1}"#]),
        Case(schema: #"{"const":"a\"b\\\n\u0001é"}"#, accepted: ["\"a\\\"b\\\\\\n\\u0001é\""], rejected: ["\"a\""]),
    ]

    @Test("Schemas allow what they should", arguments: cases)
    func satisfied(_ tested: Case) throws {
        let constraint = try Constraint.jsonSchema(tested.schema, options: Self.compact)
        for text in tested.accepted { #expect(constraint.accepts(text), "\(tested.schema): \(text)") }
        for text in tested.rejected { #expect(!constraint.accepts(text), "\(tested.schema): \(text)") }
    }

    @Test("Blanks are allowed in places, but not for ever")
    func whitespace() throws {
        let schema = #"{"type":"object","properties":{"a":{"type":"array","items":{"type":"integer"}},"b":{}}}"#
        let constraint = try Constraint.jsonSchema(schema)
        let accepted = [
            #"{"a":[1,2],"b":1}"#, #"{"a": [1, 2], "b": 1}"#, "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": 1\n}", "{}",
            "{ \"a\": [ 1 ] }",
        ]
        for text in accepted { #expect(constraint.accepts(text), "\(text)") }
        let blanks = String(repeating: " ", count: 21)
        for text in [
            "{\n\(blanks)\"b\":1}", "{\n\n\"b\":1}", "{  \"b\":1}", "{\"b\" :1}", "{\"b\":\n1}", " {}", "{}\n", "{ }",
        ] {
            #expect(!constraint.accepts(text), "\(text)")
        }
    }

    @Test(
        "What can't be kept to is refused with its name and place",
        arguments: [
            (#"{"properties":{"a":{"if":{}}}}"#, ConstraintError.unsupportedKeyword("if", path: "/properties/a/if")),
            (#"{"not":{}}"#, .unsupportedKeyword("not", path: "/not")),
            (#"{"items":{"uniqueItems":true}}"#, .unsupportedKeyword("uniqueItems", path: "/items/uniqueItems")),
            (
                #"{"properties":{"a/b":{"contains":{}}}}"#,
                .unsupportedKeyword("contains", path: "/properties/a~1b/contains")
            ),
        ])
    func unsupported(schema: String, error: ConstraintError) {
        #expect(throws: error) { try Constraint.jsonSchema(schema) }
    }

    @Test(
        "Values that keywords can't have are told with their place",
        arguments: [
            (#"{"type":"text"}"#, "/type"), (#"{"minLength":-1}"#, "/minLength"), (#"{"enum":1}"#, "/enum"),
            (#"{"required":[1]}"#, "/required"), (##"{"$ref":"#/$defs/a"}"##, "/$ref"),
            (#"{"pattern":"("}"#, "/pattern"),
            (#"{"pattern":"(?=a)"}"#, "/pattern"), (#"{"properties":[]}"#, "/properties"),
            (#"{"items":[{}]}"#, "/items"),
            (#"{"oneOf":[{"type":"integer"},{"minimum":2}]}"#, "/oneOf"), (#"{"multipleOf":0}"#, "/multipleOf"),
            (#"{"properties":{"a":3}}"#, "/properties/a"), (#"{"$ref":"other.json"}"#, "/$ref"),
        ])
    func invalid(schema: String, path: String) throws {
        let error = try #require(throws: ConstraintError.self) { try Constraint.jsonSchema(schema) }
        guard case .invalidSchema(path, _) = error else {
            Issue.record("\(schema): \(error)")
            return
        }
        #expect(error.description.hasPrefix("JSON schema, \(path): "))
    }

    @Test(
        "What nothing satisfies is refused",
        arguments: [
            "false", #"{"type":"integer","minimum":3,"maximum":2}"#, #"{"type":"string","minLength":3,"maxLength":2}"#,
            #"{"type":"object","properties":{"a":false},"required":["a"]}"#, #"{"enum":[1],"type":"string"}"#,
            ##"{"type":"array","items":{"$ref":"#"},"minItems":1}"##, #"{"allOf":[{"type":"null"},{"type":"string"}]}"#,
            #"{"type":"string","pattern":"^a$","minLength":2}"#,
        ])
    func unsatisfiable(schema: String) throws {
        let error = try #require(throws: ConstraintError.self) { try Constraint.jsonSchema(schema) }
        guard case .unsatisfiable(.jsonSchema, _) = error else {
            Issue.record("\(schema): \(error)")
            return
        }
    }

    @Test("Text that is no JSON is told with its place")
    func syntax() throws {
        #expect(throws: ConstraintError.self) { try Constraint.jsonSchema("{\"type\": }") }
        let error = try #require(throws: ConstraintError.self) { try Constraint.jsonSchema("{\n  nope}") }
        guard case .syntax(.jsonSchema, 2, 3, _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("Numbers in a range are those that arithmetic says", arguments: 0..<60 as Range<UInt64>)
    func ranges(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func number(_ random: inout SeededGenerator) -> Double {
            let scale = [1, 10, 100, 1000][Int(random.next() % 4)]
            return Double(Int(random.next() % 4000) - 2000) / Double(scale)
        }
        let (first, second) = (number(&random), number(&random))
        let (low, high) = (min(first, second), max(first, second))
        let isExclusive = random.next() % 2 == 0
        let bounds =
            isExclusive
            ? #""exclusiveMinimum":\#(low),"exclusiveMaximum":\#(high)"# : #""minimum":\#(low),"maximum":\#(high)"#
        func isIn(_ value: Double) -> Bool {
            isExclusive ? value > low && value < high : value >= low && value <= high
        }
        for kind in ["integer", "number"] {
            guard let constraint = try? Constraint.jsonSchema(#"{"type":"\#(kind)",\#(bounds)}"#) else {
                #expect(kind == "integer" || first == second)
                continue
            }
            for _ in 0..<300 {
                var value = number(&random)
                if random.next() % 4 == 0 { value = [low, high][Int(random.next() % 2)] }
                if kind == "integer" { value.round() }
                let text = JSONValue.double(value).writtenForms[0]
                #expect(constraint.accepts(text) == isIn(value), "\(kind) \(bounds): \(text)")
            }
        }
    }

    @Test("The documentation names every keyword that is kept to, and every one that is refused")
    func names() throws {
        let article = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/InferenceCore/InferenceCore.docc/Constraints.md")
        let text = try String(contentsOf: article, encoding: .utf8)
        for name in JSONSchemaKeyword.supportedNames + JSONSchemaKeyword.unsupported {
            #expect(text.contains("`\(name)`"), "\(name)")
        }
        #expect(JSONSchemaKeyword.unsupported.isDisjoint(with: JSONSchemaKeyword.supportedNames))
    }
}
