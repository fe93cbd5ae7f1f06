import EngineTestSupport
import InferenceCore
import Testing

@Suite struct GGUFArrayTests {
    private func array(_ type: GGUFValueType, _ elements: [GGUFWriter.Value]) throws -> GGUFArray {
        var writer = GGUFWriter()
        // An odd place in the file: nothing may rely on alignment.
        writer["pad"] = .uint8(0)
        writer["list"] = .array(type, elements)
        return try #require(try GGUFSample.open(writer.bytes).metadata["list"]?.array)
    }

    @Test func integersOfEveryType() throws {
        #expect(try array(.uint8, [.uint8(0), .uint8(255)]).integers == [0, 255])
        #expect(try array(.int8, [.int8(-128), .int8(127)]).integers == [-128, 127])
        #expect(try array(.uint16, [.uint16(0), .uint16(65_535)]).integers == [0, 65_535])
        #expect(try array(.int16, [.int16(-32_768), .int16(32_767)]).integers == [-32_768, 32_767])
        #expect(try array(.uint32, [.uint32(0), .uint32(.max)]).integers == [0, 4_294_967_295])
        #expect(try array(.int32, [.int32(.min), .int32(.max)]).integers == [-2_147_483_648, 2_147_483_647])
        #expect(try array(.int64, [.int64(.min), .int64(.max)]).integers == [.min, .max])
        #expect(try array(.uint64, [.uint64(0), .uint64(UInt64(Int.max))]).integers == [0, .max])
        #expect(try array(.uint64, [.uint64(UInt64(Int.max) + 1)]).integers == nil)
    }

    @Test func floatsOfBothTypes() throws {
        #expect(try array(.float32, [.float32(0.1), .float32(-0)]).floats == [0.1, -0])
        #expect(try array(.float64, [.float64(0.1), .float64(1e300)]).floats == [0.1, .infinity])
    }

    @Test func wrongAccessorYieldsNil() throws {
        let integers = try array(.int8, [.int8(1)])
        #expect(integers.strings == nil)
        #expect(integers.floats == nil)
        #expect(integers.bools == nil)
        #expect(Array(integers.arrays).isEmpty)
        #expect(try array(.string, [.string("1")]).integers == nil)
        #expect(try array(.bool, [.bool(true), .bool(false)]).bools == [true, false])
        #expect(try array(.bool, [.bool(true)]).integers == nil)
    }

    @Test func stringsAreReachedAtRandom() throws {
        let words = (0..<1000).map { String(repeating: "ü", count: $0 % 7) + "\($0)" }
        let strings = try #require(try array(.string, words.map { .string($0) }).strings)
        #expect(strings.count == 1000)
        #expect(strings[999].text == words[999])
        #expect(strings[0].text == "0")
        #expect(strings[503].text == words[503])
        #expect(strings.map(\.text) == words)
        #expect(strings.reversed().first?.text == "üüüüü999")
    }

    @Test func stringsAreKeysAndOutliveTheFile() throws {
        var index: [GGUFString: Int] = [:]
        for (position, string) in try #require(try array(.string, [.string("a"), .string("b")]).strings).enumerated() {
            index[string] = position
        }
        #expect(index[GGUFString("b")] == 1)
        #expect(index[GGUFString("c")] == nil)
        #expect(index.keys.map(\.text).sorted() == ["a", "b"])
    }

    @Test func emptyArrays() throws {
        for type in GGUFValueType.allCases {
            let empty = try array(type, [])
            #expect(empty.count == 0)
            #expect(empty.elementType == type)
        }
        #expect(try array(.string, []).strings?.isEmpty == true)
    }

    @Test func nestedArrays() throws {
        let nested = try array(
            .array, [.array(.string, [.string("x"), .string("")]), .array(.array, [.array(.int8, [.int8(5)])])])
        let inner = Array(nested.arrays)
        #expect(inner.count == 2)
        #expect(inner[0].strings?.map(\.text) == ["x", ""])
        #expect(inner[1].arrays.map(\.integers) == [[5]])
    }

    @Test func equalityIsOfTypeAndElements() throws {
        let first = try array(.int8, [.int8(1), .int8(2)])
        #expect(try first == array(.int8, [.int8(1), .int8(2)]))
        #expect(try first != array(.int8, [.int8(1), .int8(3)]))
        #expect(try first != array(.uint8, [.uint8(1), .uint8(2)]))
        #expect(try first != array(.int8, [.int8(1)]))
    }
}
