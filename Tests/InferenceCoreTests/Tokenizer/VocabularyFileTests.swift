import Foundation
import Testing

@testable import InferenceCore

@Suite("GGUF files without tensors")
struct VocabularyFileTests {
    /// What `References/tokenizer/record_files.py` wrote: llama.cpp's tokens of files that it made.
    private struct Recorded: Decodable {
        var texts: [String]
        /// Nil where the model's own tokenizer is another.
        var ids: [String: [[TokenID]?]]
    }

    @Test("Tokens are llama.cpp's", arguments: ["bert", "t5", "gemma4", "llama3"])
    func tokens(name: String) throws {
        let recorded = try TokenizerFixtures.decode(Recorded.self, "tokenizer/files/tokens.json")
        let references = try #require(Bundle.module.url(forResource: "References", withExtension: nil))
        let path = references.appending(path: "tokenizer/files/\(name).vocabulary").path
        let tokenizer = try Tokenizer(path: path)
        #expect(try Tokenizer.chatTemplateSource(path: path) == nil)
        let expected = try #require(recorded.ids[name])
        #expect(expected.count == recorded.texts.count && expected.count { $0 == nil } < 4)
        for case (let text, let ids?) in zip(recorded.texts, expected) {
            let found = tokenizer.encode(text)
            #expect(found == ids, "\(name): \(text.debugDescription)")
        }
    }
}
