import Testing

@testable import ModelLibrary

@Suite struct HubReferenceTests {
    @Test(
        arguments: [
            ("hf:makers/Tiny-GGUF", "main", nil, "hf:makers/Tiny-GGUF", "hf/makers/Tiny-GGUF"),
            ("hf:makers/Tiny-GGUF:Q4_K_M", "main", "Q4_K_M", "hf:makers/Tiny-GGUF:Q4_K_M", "hf/makers/Tiny-GGUF"),
            ("hf:makers/Tiny-GGUF:latest", "main", nil, "hf:makers/Tiny-GGUF", "hf/makers/Tiny-GGUF"),
            ("hf:makers/Tiny-GGUF@v1", "v1", nil, "hf:makers/Tiny-GGUF@v1", "hf/makers/Tiny-GGUF@v1"),
            ("hf:makers/Tiny-GGUF@v1:q8_0", "v1", "q8_0", "hf:makers/Tiny-GGUF@v1:q8_0", "hf/makers/Tiny-GGUF@v1"),
            ("hf:makers/Tiny-GGUF:q8_0@v1", "v1", "q8_0", "hf:makers/Tiny-GGUF@v1:q8_0", "hf/makers/Tiny-GGUF@v1"),
            (
                "hf:makers/Tiny-GGUF@refs/pr/2", "refs/pr/2", nil, "hf:makers/Tiny-GGUF@refs/pr/2",
                "hf/makers/Tiny-GGUF@refs_pr_2"
            ),
            (
                "hf:makers/Tiny-GGUF:sub/a b.gguf", "main", "sub/a b.gguf", "hf:makers/Tiny-GGUF:sub/a b.gguf",
                "hf/makers/Tiny-GGUF"
            ),
            (
                "hf:makers/Tiny-GGUF/sub/a.gguf", "main", "sub/a.gguf", "hf:makers/Tiny-GGUF:sub/a.gguf",
                "hf/makers/Tiny-GGUF"
            ),
        ] as [(String, String, String?, String, String)])
    func names(text: String, revision: String, selection: String?, description: String, folder: String) throws {
        let reference = try HubReference(text)
        #expect(reference.repository == "makers/Tiny-GGUF")
        #expect(reference.revision == revision)
        #expect(reference.selection == selection)
        #expect("\(reference)" == description)
        #expect(reference.folder == folder)
    }

    @Test(arguments: [
        "hf:", "hf:makers", "hf:/Tiny", "hf:makers/", "hf:makers/..", "hf:../makers", "hf:makers/Tiny:", "makers/Tiny",
        "hf:makers/Tiny@", "hf:makers/Tiny@a..b", "hf:makers/Tiny@../..", "hf:makers/Tiny@a:b@c", "hf:ma kers/Tiny",
        "hf:makers/Tiny:../../x.gguf", "hf:makers/Tiny:/x.gguf", "hf:makers/Tiny:a\u{1B}[2J",
        "hf:makers/Tiny/x.gguf:Q4",
        "hf:https://huggingface.co/makers/Tiny",
    ])
    func whatNamesNothingIsRefused(text: String) {
        #expect(throws: HubError.malformedName(text)) { try HubReference(text) }
    }
}
