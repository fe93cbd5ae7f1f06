import Testing

@testable import ModelLibrary

@Suite struct HubChoiceTests {
    private func choose(_ selection: String?, _ paths: [String]) throws -> HubChoice {
        let reference = try HubReference("hf:makers/Tiny-GGUF" + (selection.map { ":\($0)" } ?? ""))
        return try HubChoice(reference, among: paths.map { HubFile(path: $0, bytes: 1_500_000, sha256: nil) })
    }

    private static let usual = [
        "README.md", "Tiny-BF16.gguf", "Tiny-IQ4_XS.gguf", "Tiny-Q4_0.gguf", "Tiny-Q4_K_M.gguf", "Tiny-Q8_0.gguf",
        "Tiny-UD-Q6_K_XL.gguf", "imatrix.gguf", "mmproj-F16.gguf", "Tiny.mmproj-Q8_0.gguf",
    ]

    @Test(
        arguments: [
            (nil, "Tiny-Q4_K_M.gguf", "Q4_K_M"),
            ("Q4_K_M", "Tiny-Q4_K_M.gguf", "Q4_K_M"),
            ("q8_0", "Tiny-Q8_0.gguf", "Q8_0"),
            ("bf16", "Tiny-BF16.gguf", "BF16"),
            ("iq4_xs", "Tiny-IQ4_XS.gguf", "IQ4_XS"),
            ("Q6_K_XL", "Tiny-UD-Q6_K_XL.gguf", "UD-Q6_K_XL"),
            ("ud-q6_k_xl", "Tiny-UD-Q6_K_XL.gguf", "UD-Q6_K_XL"),
            ("tiny-q4_0.GGUF", "Tiny-Q4_0.gguf", "Q4_0"),
            ("Tiny-Q4_0", "Tiny-Q4_0.gguf", "Q4_0"),
        ] as [(String?, String, String)])
    func theFormatChooses(selection: String?, path: String, label: String) throws {
        let choice = try choose(selection, Self.usual)
        #expect(choice.files.map(\.path) == [path])
        #expect(choice.label == label)
        #expect(choice.isDefault == (label == "Q4_K_M"))
        #expect(choice.alternatives.isEmpty)
    }

    @Test(arguments: [
        (["a-Q2_K.gguf", "a-Q8_0.gguf"], "a-Q8_0.gguf"), (["b-Q5_K_M.gguf", "a-Q2_K.gguf"], "a-Q2_K.gguf"),
        (["model.gguf"], "model.gguf"), (["tiny.q4_k_m.gguf", "tiny.q8_0.gguf"], "tiny.q4_k_m.gguf"),
        (["Q8_0/x.gguf", "Q4_K_M/x.gguf"], "Q4_K_M/x.gguf"),
    ])
    func whatIsTakenWhereNobodyChooses(paths: [String], expected: String) throws {
        let choice = try choose(nil, paths)
        #expect(choice.files.map(\.path) == [expected])
        #expect(choice.isDefault)
    }

    @Test func aShorterNameIsNotTheLongerOne() {
        #expect(throws: HubError.self) { try choose("Q4_K", ["a-Q4_K_M.gguf"]) }
        #expect(throws: HubError.self) { try choose("4_K_M", ["a-Q4_K_M.gguf"]) }
    }

    @Test func allPartsAreTakenInTheirOrder() throws {
        let parts = (1...3).map { "Q8_0/big-Q8_0-0000\($0)-of-00003.gguf" }
        let paths = [parts[2], "big-Q4_K_M.gguf", parts[0], parts[1]]
        let choice = try choose("q8_0", paths)
        #expect(choice.files.map(\.path) == parts)
        #expect(choice.label == "Q8_0")
        // Any part's name stands for all.
        #expect(try choose("big-Q8_0-00002-of-00003.gguf", paths).files.map(\.path) == parts)
        #expect(try choose(parts[0], paths).files.map(\.path) == parts)
    }

    @Test(arguments: 0..<3)
    func aMissingPartIsNamed(missing: Int) throws {
        var parts = (1...3).map { "big-Q8_0-0000\($0)-of-00003.gguf" }
        let gone = parts.remove(at: missing)
        #expect(throws: HubError.missingPart(repository: "makers/Tiny-GGUF", file: gone)) { try choose(nil, parts) }
    }

    @Test func twoThatFitAreTold() throws {
        let choice = try choose("Q4_0", ["b-Q4_0.gguf", "a-Q4_0.gguf", "c-Q8_0.gguf"])
        #expect(choice.files.map(\.path) == ["a-Q4_0.gguf"])
        #expect(choice.alternatives == ["b-Q4_0.gguf"])
        // A format that two files have names neither.
        #expect(choice.label == "a-Q4_0.gguf")
    }

    @Test func anUnknownFormatShowsWhatThereIs() throws {
        let parts = (1...2).map { "big-F16-0000\($0)-of-00002.gguf" }
        let error = #expect(throws: HubError.self) { try choose("Q9_9", Self.usual + parts) }
        let text = try #require(error?.description)
        #expect(text.hasPrefix("makers/Tiny-GGUF has no 'Q9_9': choose one of BF16 (1.50 MB), IQ4_XS (1.50 MB), "))
        #expect(text.hasSuffix(", F16 (3.00 MB in 2 files)"))
        #expect(!text.contains("mmproj"))
        #expect(!text.contains("imatrix"))
    }

    @Test func aLongMenuIsCutShort() throws {
        let paths = (100..<160).map { "model-\($0).gguf" }
        let error = #expect(throws: HubError.self) { try choose("Q9_9", paths) }
        #expect(error?.description.hasSuffix(", 20 more") == true)
    }

    @Test func aRepositoryWithoutGGUFSaysWhatItHas() {
        let error = #expect(throws: HubError.self) {
            try choose(nil, ["config.json", "model.safetensors", "mmproj-F16.gguf"])
        }
        #expect(error?.description.contains("only .safetensors") == true)
        #expect(error?.description.contains("'-GGUF'") == true)
    }
}
