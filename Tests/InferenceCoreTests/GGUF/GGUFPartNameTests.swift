import InferenceCore
import Testing

@Suite struct GGUFPartNameTests {
    @Test func aPartKnowsTheOthers() throws {
        let name = try #require(GGUFPartName("a folder/Some-Model-of-mine-Q4_K_M-00002-of-00003.gguf"))
        #expect(name.prefix == "a folder/Some-Model-of-mine-Q4_K_M")
        #expect(name.number == 2)
        #expect(name.count == 3)
        #expect(name.path(ofPart: 1) == "a folder/Some-Model-of-mine-Q4_K_M-00001-of-00003.gguf")
        #expect(name.path(ofPart: 2) == "a folder/Some-Model-of-mine-Q4_K_M-00002-of-00003.gguf")
    }

    @Test func moreDigitsThanFiveStay() {
        #expect(GGUFPartName("m-00007-of-100000.gguf")?.path(ofPart: 100_000) == "m-100000-of-100000.gguf")
    }

    @Test(arguments: [
        "model.gguf", "model-1-of-3.gguf", "model-00001-of-00003.bin", "model-00004-of-00003.gguf",
        "model-00000-of-00003.gguf", "model-0001a-of-00003.gguf", "model-000001-of-00003.gguf", "-00001-of-00003.gguf",
        "folder/-00001-of-00003.gguf", "00001-of-00003.gguf", "model-+0001-of-00003.gguf",
        "model-00001-of-99999999999999999999.gguf", "model-00001-of-00000.gguf", "",
    ])
    func whatIsNoPartHasNoOthers(path: String) {
        #expect(GGUFPartName(path) == nil)
    }
}
