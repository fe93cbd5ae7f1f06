import Foundation
import Testing

@testable import InferenceCore

@Suite("Tokenizers of Hugging Face folders")
struct HuggingFaceFolderTests {
    /// What `References/tokenizer/record_folders.py` wrote: PyPI's `tokenizers` over folders that it trained.
    struct Recorded: Decodable {
        struct Kind: Decodable {
            /// Nil where the library and SentencePiece differ.
            var ids: [[TokenID]?]
            /// Without special tokens.
            var plain: [[TokenID]?]
            var pairs: [[String]]
            var pairIDs: [[TokenID]]
            var pairSegments: [[Int32]]

            enum CodingKeys: String, CodingKey {
                case ids, plain, pairs
                case pairIDs = "pair_ids"
                case pairSegments = "pair_segments"
            }
        }

        var texts: [String]
        var kinds: [String: Kind]
        /// Numbers as written, and as the library reads them.
        var scores: [[Double]]
    }

    static let kinds = [
        "llama3", "qwen2", "roberta", "smollm", "deepseek", "llama2", "mistral", "metaspace", "gemma", "t5", "xlm",
        "bert-uncased", "bert-cased", "bert-list",
    ]

    static func folder(_ kind: String) throws -> String {
        let references = try #require(Bundle.module.url(forResource: "References", withExtension: nil))
        return references.appending(path: "tokenizer/folders/\(kind)").path
    }

    @Test("Tokens are those of the published library", arguments: kinds)
    func tokens(kind: String) throws {
        try compare(TokenizerFixtures.decode(Recorded.self, "tokenizer/folders/tokens.json"), kind)
    }

    @Test("Random texts' tokens too", .enabled(if: recordedFile != nil), arguments: kinds)
    func randomTokens(kind: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: #require(Self.recordedFile)))
        try compare(JSONDecoder().decode(Recorded.self, from: bytes), kind)
    }

    /// What `record_folders.py --random` wrote, for a longer comparison.
    private static let recordedFile = ProcessInfo.processInfo.environment["DIPTYCH_TOKENS"]

    private func compare(_ recorded: Recorded, _ kind: String) throws {
        let tokenizer = try Tokenizer(folder: Self.folder(kind))
        let expected = try #require(recorded.kinds[kind])
        #expect(expected.ids.count == recorded.texts.count && expected.plain.count == recorded.texts.count)
        var differences = 0
        func check(_ found: [TokenID], _ wanted: [TokenID], _ what: String) {
            guard found != wanted else { return }
            differences += 1
            if differences <= 8 { Issue.record("\(kind), \(what): \(found), expected \(wanted)") }
        }
        for (index, text) in recorded.texts.enumerated() {
            if let ids = expected.ids[index] {
                check(tokenizer.encode(text, parseSpecial: true), ids, "\(text.debugDescription)")
            }
            guard let plain = expected.plain[index] else { continue }
            check(tokenizer.encode(text, addSpecial: false), plain, "plain \(text.debugDescription)")
        }
        for (index, pair) in expected.pairs.enumerated() {
            let encoding = tokenizer.encodePair(pair[0], pair[1], parseSpecial: true)
            check(encoding.tokens, expected.pairIDs[index], "pair \(pair)")
            #expect(encoding.segments == expected.pairSegments[index])
            #expect(encoding.tokens.count == encoding.segments.count)
        }
        #expect(differences == 0)
    }

    @Test("The chat template is found", arguments: kinds)
    func chatTemplate(kind: String) throws {
        #expect(try Tokenizer.chatTemplateSource(folder: Self.folder(kind)) == "{# \(kind) #}")
    }

    @Test("Scores are read as the library reads them")
    func scores() throws {
        let recorded = try TokenizerFixtures.decode(Recorded.self, "tokenizer/folders/tokens.json")
        #expect(recorded.scores.contains { $0[0] != $0[1] })
        for pair in recorded.scores { #expect(PublishedScore.asRead(pair[0]) == pair[1]) }
    }

    @Test("The published steps are recognized", arguments: Pretokenizers.all.flatMap { $0.names.prefix(1) })
    func steps(name: String) throws {
        // llama.cpp's own; the others have the steps of a row above theirs.
        if name == "default" { return }
        let row = ["dbrx": "llama-bpe", "granite-embed-multi-97m": "gpt-4o"][name] ?? name
        let references = try #require(Bundle.module.url(forResource: "References", withExtension: nil))
        let bytes = try Data(contentsOf: references.appending(path: "tokenizer/words.json"))
        let steps = try #require(JSONValue(parsing: bytes)["steps"]?[name]?.arrayValue)
        let folder = HuggingFaceFolder("folder")
        let file = try TokenizerFile(folder: folder, value: [:], configuration: TokenizerConfiguration(folder))
        guard case .bytePair(let pretokenizer, _) = try file.bytePair(steps, [:]) else {
            Issue.record("no byte pairs")
            return
        }
        #expect(pretokenizer.names == Pretokenizers.named(row)?.names)
    }

    @Test("What has no counterpart is named")
    func unknownParts() throws {
        let folder = HuggingFaceFolder("folder")
        func error(
            _ pretokenizer: JSONValue, _ normalizer: JSONValue = nil, id: Int = 0
        ) throws -> TokenizerError? {
            let model: JSONValue = ["type": "BPE", "vocab": ["a": .integer(id)], "merges": []]
            let value: JSONValue = ["model": model, "pre_tokenizer": pretokenizer, "normalizer": normalizer]
            let file = try TokenizerFile(folder: folder, value: value, configuration: TokenizerConfiguration(folder))
            do {
                _ = try file.contents()
                return nil
            } catch let error as TokenizerError {
                return error
            }
        }
        let split: JSONValue = [
            "type": "Sequence",
            "pretokenizers": [
                ["type": "Split", "pattern": ["Regex": "[aeiou]+"], "behavior": "Isolated"], ["type": "ByteLevel"],
            ],
        ]
        let unknownSplit = try #require(try error(split))
        #expect(unknownSplit.description.contains("[aeiou]+") && unknownSplit.description.contains("folder"))
        let unknownNormalizer = try #require(try error(["type": "ByteLevel"], ["type": "Nmt"]))
        #expect(unknownNormalizer.reason == .unknownPart(found: "Nmt"))
        #expect(try error(["type": "ByteLevel"]) == nil)
        for id in [-1, 1 << 17, Int.max] {
            #expect(try error(["type": "ByteLevel"], id: id)?.key == "model.vocab")
        }
    }

    @Test("A folder without a vocabulary is an error")
    func emptyFolder() throws {
        #expect(throws: TokenizerError.self) { try Tokenizer(folder: "no/such/folder") }
    }
}
