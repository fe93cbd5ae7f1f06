import Foundation
import Testing

@testable import InferenceCore

/// Rules of the house that the compiler doesn't check.
struct RulesTests {
    static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    @Test("no file outside Architectures/ knows an architecture by name")
    func architecturesByName() throws {
        let names = Architectures.all.flatMap { $0.identifiers }
        let files = try #require(FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            if file.path.contains("/Architectures/") { continue }
            // Formats of chats bear the names of the families that first wrote them.
            if file.path.contains("/ChatTemplate/BuiltIn/") { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            for line in text.split(separator: "\n") where !line.contains("///") {
                // The tokenizer's model "llama" is SentencePiece's name in GGUF files, not an architecture.
                if file.path.contains("/Tokenizer/") { continue }
                for name in names { #expect(!line.contains("\"\(name)\""), "\(file.lastPathComponent): \(line)") }
            }
        }
    }
}
