import EngineTestSupport
import InferenceCore
import Testing

@Suite struct GGUFMetadataTests {
    let metadata: GGUFMetadata

    init() throws {
        metadata = try GGUFSample.open(GGUFSample.writer().bytes).metadata
    }

    @Test func everyTypeIsRead() {
        #expect(metadata["general.architecture"] == .string(GGUFString("sample")))
        #expect(metadata["a.uint8"] == .uint8(200))
        #expect(metadata["a.int8"] == .int8(-100))
        #expect(metadata["a.uint16"] == .uint16(60_000))
        #expect(metadata["a.int16"] == .int16(-30_000))
        #expect(metadata["a.uint32"] == .uint32(4_000_000_000))
        #expect(metadata["a.int32"] == .int32(-2_000_000_000))
        #expect(metadata["a.uint64"] == .uint64(.max))
        #expect(metadata["a.int64"] == .int64(.min))
        #expect(metadata["a.float32"] == .float32(0.1))
        #expect(metadata["a.float64"] == .float64(0.1))
        #expect(metadata["a.bool"] == .bool(true))
        #expect(metadata["absent"] == nil)
        #expect(metadata.count == 18)
    }

    @Test func integersOfAnyTypeAreConverted() throws {
        #expect(try metadata.integer("a.uint8") == 200)
        #expect(try metadata.integer("a.int8") == -100)
        #expect(try metadata.integer("a.uint16") == 60_000)
        #expect(try metadata.integer("a.int16") == -30_000)
        #expect(try metadata.integer("a.uint32") == 4_000_000_000)
        #expect(try metadata.integer("a.int32") == -2_000_000_000)
        #expect(try metadata.integer("a.int64") == .min)
        #expect(throws: GGUFError.self) { try metadata.integer("a.uint64") }
        #expect(throws: GGUFError.self) { try metadata.integer("a.bool") }
        #expect(throws: GGUFError.self) { try metadata.integer("a.float32") }
    }

    @Test func otherTypesAreConverted() throws {
        #expect(try metadata.string("general.architecture") == "sample")
        #expect(try metadata.float("a.float32") == 0.1)
        #expect(try metadata.float("a.float64") == 0.1)
        #expect(try metadata.bool("a.bool"))
        #expect(try metadata.strings("a.strings").map(\.text) == ["", "one", "zwei", "trois è"])
        #expect(try metadata.floats("a.floats") == [1, -2.5, 1e-6])
        #expect(try metadata.integers("a.integers") == [1, 65_535])
    }

    @Test func absentKeyIsNilOrAnError() throws {
        #expect(try metadata.stringIfPresent("absent") == nil)
        #expect(try metadata.integerIfPresent("absent") == nil)
        #expect(try metadata.floatIfPresent("absent") == nil)
        #expect(try metadata.boolIfPresent("absent") == nil)
        #expect(try metadata.stringsIfPresent("absent") == nil)
        #expect(try metadata.floatsIfPresent("absent") == nil)
        #expect(try metadata.integersIfPresent("absent") == nil)
        let error = try #require(throws: GGUFError.self) { try metadata.integer("absent") }
        #expect(error.kind == .missing)
        #expect(
            error.description
                == "sample.gguf: key absent: expected an integer, found no such key; "
                + "use a file written by a current converter")
        #expect(throws: GGUFError.self) { try metadata.string("absent") }
        #expect(throws: GGUFError.self) { try metadata.float("absent") }
        #expect(throws: GGUFError.self) { try metadata.bool("absent") }
        #expect(throws: GGUFError.self) { try metadata.strings("absent") }
        #expect(throws: GGUFError.self) { try metadata.floats("absent") }
        #expect(throws: GGUFError.self) { try metadata.integers("absent") }
    }

    @Test func wrongTypeIsAnErrorEvenIfOptional() throws {
        let error = try #require(throws: GGUFError.self) { try metadata.stringIfPresent("a.uint8") }
        #expect(error.kind == .wrongType)
        #expect(error.field == "key a.uint8")
        #expect(error.expected == "a string")
        #expect(error.found == "uint8 200")
        #expect(throws: GGUFError.self) { try metadata.integerIfPresent("a.strings") }
        #expect(throws: GGUFError.self) { try metadata.floatIfPresent("a.uint8") }
        #expect(throws: GGUFError.self) { try metadata.boolIfPresent("a.uint8") }
        #expect(throws: GGUFError.self) { try metadata.stringsIfPresent("a.floats") }
        #expect(throws: GGUFError.self) { try metadata.floatsIfPresent("a.integers") }
        #expect(throws: GGUFError.self) { try metadata.integersIfPresent("a.bools") }
    }

    @Test func invalidTextIsRepaired() throws {
        var writer = GGUFWriter()
        writer["text"] = .rawString([0x61, 0xFF, 0x62])
        let file = try GGUFSample.open(writer.bytes)
        #expect(try file.metadata.string("text") == "a\u{FFFD}b")
    }

    @Test func shownTextHasNoControlCharacters() throws {
        var writer = GGUFWriter()
        writer["text"] = .string("red \u{1B}[31m\u{9B}\n\u{202E}")
        let value = try #require(try GGUFSample.open(writer.bytes).metadata["text"])
        #expect(value.summary() == "string \"red \\u{1b}[31m\\u{9b}\\n\\u{202e}\"")
    }

    @Test func longValuesAreCutShort() throws {
        var writer = GGUFWriter()
        writer["text"] = .string(String(repeating: "é", count: 1000))
        writer["list"] = .int32s(Array(1...100))
        let metadata = try GGUFSample.open(writer.bytes).metadata
        #expect(metadata["text"]?.text(limit: 3) == "\"ééé\"… (2000 bytes)")
        #expect(metadata["list"]?.summary() == "array of int32 [1, 2, 3, 4, …] (100)")
    }
}
