import Testing

@testable import Tasks

@Suite struct RecordValueTests {
    @Test(arguments: [
        (#" { "b" : 1.50, "a" : [ true , null, "x\n\u0001é" ] } "#, #"{"a":[true,null,"x\n\u0001é"],"b":1.5}"#),
        ("1e3", "1000"), ("-0.10", "-0.1"), ("0.1", "0.1"), (#""\ud83d\ude00/""#, "\"😀/\""), ("{}", "{}"),
        ("12345678901234567890.12", "12345678901234567890.12"),
    ])
    func oneValueHasOneText(json: String, canonical: String) throws {
        #expect(try RecordValue(json: json).canonicalText == canonical)
        #expect(try RecordValue(json: canonical).canonicalText == canonical)
    }

    @Test(arguments: ["", "{", "{\"a\":}", "1 2", "nul", "{\"a\":1}x", "'a'"])
    func whatIsNoJSONIsRefused(text: String) {
        #expect(throws: TaskError.self) { try RecordValue(json: text) }
    }

    @Test func numbersThatCannotBeComparedAreNamed() {
        let error = #expect(throws: TaskError.self) { try RecordValue(json: #"{"a":[1,1e300]}"#) }
        #expect(error?.description.contains("found 1e+300") == true, "\(error?.description ?? "")")
    }

    @Test func meaningCountsNotWriting() {
        #expect(RecordValue.isSame(#"{"a":1.0,"b":"é"}"#, #"{"b":"\u00e9","a":1}"#))
        #expect(!RecordValue.isSame(#"{"a":"1"}"#, #"{"a":1}"#))
        #expect(!RecordValue.isSame(#"{"a":true}"#, #"{"a":1}"#))
        #expect(!RecordValue.isSame("[1,2]", "[2,1]"))
        #expect(!RecordValue.isSame("x", "x"))
    }

    @Test func leavesAreNamedByTheWayToThem() throws {
        let value = try RecordValue(json: #"{"a":{"b":1,"c":{}},"d":[{"e":1}]}"#)
        #expect(value.leaves.keys.sorted() == ["a.b", "a.c", "d"])
    }

    @Test func deepValuesDoNotEndTheProcess() {
        let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(throws: TaskError.self) { try RecordValue(json: text) }
    }
}

@Suite struct RecordSchemaTests {
    /// (schema, instance, is valid), as the specification says.
    @Test(arguments: [
        (#"{"type":"integer"}"#, "1.0", true), (#"{"type":"integer"}"#, "1.5", false),
        (#"{"type":["string","null"]}"#, "null", true), (#"{"type":["string","null"]}"#, "1", false),
        (#"{"type":"boolean"}"#, "1", false), (#"{"type":"number"}"#, "true", false),
        (#"{"enum":["EUR",1]}"#, "1.0", true), (#"{"enum":["EUR",1]}"#, "\"eur\"", false),
        (#"{"const":{"a":[1]}}"#, #"{"a":[1.0]}"#, true), (#"{"const":null}"#, "0", false),
        (#"{"minimum":1,"maximum":2}"#, "2", true), (#"{"exclusiveMaximum":2}"#, "2", false),
        (#"{"exclusiveMinimum":2}"#, "2.01", true), (#"{"minimum":1}"#, "\"0\"", true),
        (#"{"multipleOf":0.01}"#, "19.99", true), (#"{"multipleOf":0.01}"#, "19.999", false),
        (#"{"minLength":2}"#, "\"😀\"", false), (#"{"maxLength":1}"#, "\"😀\"", true),
        (#"{"pattern":"^[0-9]+\\.[0-9]{2}$"}"#, "\"12.50\"", true),
        (#"{"pattern":"^[0-9]+\\.[0-9]{2}$"}"#, "\"12.5\"", false),
        (#"{"pattern":"b"}"#, "\"abc\"", true), (#"{"pattern":"^\\d$"}"#, "\"٣\"", false),
        (#"{"format":"date"}"#, "\"2024-02-29\"", true), (#"{"format":"date"}"#, "\"2023-02-29\"", false),
        (#"{"properties":{"a":{"type":"null"}},"required":["a"]}"#, #"{"b":1}"#, false),
        (#"{"properties":{"a":{"type":"null"}},"required":["a"]}"#, #"{"a":null,"b":1}"#, true),
        (#"{"properties":{"a":{}},"additionalProperties":false}"#, #"{"a":1,"b":1}"#, false),
        (#"{"properties":{"a":{}},"additionalProperties":{"type":"string"}}"#, #"{"a":1,"b":"1"}"#, true),
        (#"{"items":{"type":"integer"}}"#, "[1,2,\"3\"]", false), (#"{"items":false}"#, "[]", true),
        (#"{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}"#, "[\"a\",1]", true),
        (#"{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}"#, "[1,1]", false),
        (#"{"minItems":1,"maxItems":2}"#, "[]", false), (#"{"uniqueItems":true}"#, "[1,1.0]", false),
        (#"{"minProperties":1}"#, "{}", false), (#"{"maxProperties":0}"#, "{}", true),
        (#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "2", false),
        (#"{"oneOf":[{"minimum":1},{"minimum":3}]}"#, "4", false),
        (#"{"oneOf":[{"minimum":1},{"minimum":3}]}"#, "2", true),
        (#"{"allOf":[{"minimum":1},{"maximum":3}]}"#, "4", false), (#"{"not":{"type":"string"}}"#, "\"\"", false),
        (
            ##"{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"next":{"$ref":"#"}},"required":["v"]}}}"##,
            #"{"v":1,"next":{"v":2}}"#, true
        ),
        (
            ##"{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"next":{"$ref":"#"}},"required":["v"]}}}"##,
            #"{"v":1,"next":{}}"#, false
        ),
    ])
    func keywordsMeanWhatTheSpecificationSays(schema: String, instance: String, isValid: Bool) throws {
        let violation = try RecordSchema(schema).violation(in: RecordValue(json: instance))
        #expect((violation == nil) == isValid, "\(violation ?? "valid")")
    }

    @Test func aViolationNamesTheWay() throws {
        let schema = try RecordSchema(#"{"properties":{"lines":{"items":{"required":["total"]}}}}"#)
        let value = try RecordValue(json: #"{"lines":[{"total":1},{}]}"#)
        #expect(schema.violation(in: value) == "/lines/1: 'total' is missing")
    }

    @Test(arguments: [
        ("[1]", "a JSON object"), ("{", "expected JSON"), (#"{"properties":{"a":{"if":{}}}}"#, "/properties/a/if"),
        (##"{"$ref":"#/$defs/none"}"##, "'#/$defs/none'"), (#"{"$ref":"other.json"}"#, "'other.json'"),
        (#"{"pattern":"("}"#, "regular expression"), (#"{"items":1}"#, "/items"),
    ])
    func whatCannotBeCheckedIsRefused(schema: String, part: String) throws {
        let error = #expect(throws: TaskError.self) { try RecordSchema(schema, name: "s.json") }
        #expect(error?.description.hasPrefix("s.json: ") == true)
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test func referencesInACircleEnd() throws {
        let schema = try RecordSchema(##"{"$ref":"#"}"##)
        #expect(schema.violation(in: .null)?.contains("circle") == true)
    }

    @Test func theTextKeepsItsOrderAndItsStrings() throws {
        let schema = try RecordSchema("{ \"type\" : \"object\",\n \"title\": \"a \\\" b\" }")
        #expect(schema.text == #"{"type":"object","title":"a \" b"}"#)
    }
}
