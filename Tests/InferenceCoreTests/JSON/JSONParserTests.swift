import InferenceCore
import Testing

@Suite("JSON parser")
struct JSONParserTests {
    @Test("Values of every kind")
    func values() throws {
        let value = try JSONValue(parsing: " {\"a\": [null, true, false, -1, 1.5, \"x\"], \"b\": {}} ")
        #expect(value == ["a": [nil, true, false, -1, 1.5, "x"], "b": [:]])
    }

    @Test("Integers and doubles are told apart")
    func numbers() throws {
        #expect(try JSONValue(parsing: "[0, -0, 10, 9223372036854775807]") == [0, 0, 10, .integer(.max)])
        let doubles = "[1.0, 1e2, -0.0, 9223372036854775808]"
        #expect(try JSONValue(parsing: doubles) == [1.0, 100.0, -0.0, 9223372036854775808.0])
        #expect(try JSONValue(parsing: "1") != JSONValue(parsing: "1.0"))
    }

    @Test("Members keep their order; of equal names the last value wins, in the place of the first")
    func order() throws {
        let object = try #require(try JSONValue(parsing: #"{"z":1,"a":2,"z":3,"m":4}"#).objectValue)
        #expect(object.members.map(\.name) == ["z", "a", "m"])
        #expect(object["z"] == 3)
    }

    @Test("Names that only look alike stay apart")
    func canonicalEquivalence() throws {
        let object = try #require(try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}").objectValue)
        #expect(object.count == 2)
        #expect(object["\u{E9}"] == 1)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test(
        "Escapes",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\uD83D\uDE00""#, "é😀"),
            (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\u0000""#, "\0"),
        ])
    func escapes(source: String, expected: String) throws {
        #expect(try JSONValue(parsing: source) == .string(expected))
    }

    @Test(
        "What is no JSON is refused with its place",
        arguments: [
            ("", 1, 1), ("[1,]", 1, 4), ("{\"a\":1,}", 1, 8), ("[1\n 2]", 2, 2), ("01", 1, 2), ("1.", 1, 3),
            (".5", 1, 1), ("+1", 1, 1), ("1e", 1, 3), ("nul", 1, 1), ("[1] x", 1, 5), ("{a:1}", 1, 2), ("'a'", 1, 1),
            ("\"a", 1, 3),
            ("\"\\x\"", 1, 3), ("\"\\u12\"", 1, 6), ("\"\n\"", 1, 2), ("1e999", 1, 1), ("NaN", 1, 1), ("[", 1, 2),
            ("{\"a\" 1}", 1, 6), ("\u{FEFF}1", 1, 1), ("// x\n1", 1, 1),
        ])
    func malformed(source: String, line: Int, column: Int) throws {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: source) }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test("Bytes that are not UTF-8 are refused", arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    }

    @Test("Depth is bounded")
    func depth() throws {
        let deep = String(repeating: "[", count: 10) + String(repeating: "]", count: 10)
        #expect(throws: Never.self) { try JSONValue(parsing: deep, maximumDepth: 10) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: deep, maximumDepth: 9) }
        #expect(throws: JSONError.self) { try JSONValue(parsing: String(repeating: "{\"a\":[", count: 100_000)) }
    }
}
