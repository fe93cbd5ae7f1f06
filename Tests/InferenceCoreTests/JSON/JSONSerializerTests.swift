import InferenceCore
import Testing

@Suite("JSON serializer")
struct JSONSerializerTests {
    private let value: JSONValue = ["b": [1, 2.0, nil, true], "a": ["é": "\"\\\n\u{1}\u{7F}😀/"], "c": [], "d": [:]]

    @Test("Compact")
    func compact() {
        let expected = #"{"b":[1,2.0,null,true],"a":{"é":"\"\\\n\u0001"# + "\u{7F}" + #"😀/"},"c":[],"d":{}}"#
        #expect(value.serialized() == expected)
    }

    @Test("As Python writes it")
    func python() {
        #expect((["b": [1, 2], "a": "x"] as JSONValue).serialized(.python) == #"{"b": [1, 2], "a": "x"}"#)
        var format = JSONFormat.python
        format.escapesNonASCII = true
        format.sortsNames = true
        #expect((["b": 1, "a": "é😀"] as JSONValue).serialized(format) == #"{"a": "\u00e9\ud83d\ude00", "b": 1}"#)
    }

    @Test("Pretty")
    func pretty() {
        let expected = """
            {
              "b": [
                1
              ],
              "c": [],
              "d": {}
            }
            """
        #expect((["b": [1], "c": [], "d": [:]] as JSONValue).serialized(.pretty) == expected)
    }

    /// What Python's `repr` prints for these numbers.
    @Test(
        "Doubles in their shortest form",
        arguments: [
            (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"),
            (1e15, "1000000000000000.0"),
            (123456789012345680.0, "1.2345678901234568e+17"), (9999999999999998.0, "9999999999999998.0"),
            (1e16, "1e+16"), (1e22, "1e+22"), (0.0001, "0.0001"), (0.00001, "1e-05"),
            (Double.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"), (-12.5, "-12.5"), (1e100, "1e+100"),
        ])
    func doubles(value: Double, expected: String) {
        #expect(JSONValue.double(value).serialized() == expected)
    }

    @Test("What is no finite number")
    func nonFinite() {
        let value: JSONValue = [.double(.nan), .double(.infinity), .double(-.infinity)]
        #expect(value.serialized() == "[null,null,null]")
        #expect(value.serialized(.python) == "[NaN, Infinity, -Infinity]")
    }

    @Test("What is written reads back as the same value")
    func roundTrip() throws {
        for format in [JSONFormat.compact, .pretty, .python] {
            #expect(try JSONValue(parsing: value.serialized(format)) == value)
        }
    }
}

@Suite("JSON object")
struct JSONObjectTests {
    @Test("Setting, replacing and removing members")
    func members() {
        var object: JSONObject = ["a": 1, "b": 2, "c": 3]
        object["b"] = nil
        object["c"] = 4
        object["d"] = 5
        object["x"] = nil
        #expect(object.members.map(\.name) == ["a", "c", "d"])
        #expect(object["c"] == 4)
        #expect(object["d"] == 5)
        #expect(object["b"] == nil)
    }

    @Test("Order counts for equality")
    func equality() {
        #expect(JSONObject([("a", 1), ("b", 2)]) != JSONObject([("b", 2), ("a", 1)]))
        #expect((["a": 1] as JSONValue)["a"] == 1)
        #expect(([1] as JSONValue)["a"] == nil)
    }
}
