import Foundation
import Testing

@testable import ModelLibrary

/// Other tools' files are looked at and never touched.
@Suite struct UnchangedTests {
    /// Every layout, sound and damaged.
    private static func everything() throws -> ForeignHome {
        var home = try ForeignHome()
        // This program's own directories lie elsewhere, so that what it writes there isn't in the picture.
        for kind in ["DATA", "STATE", "CONFIG"] {
            home.environment.variables["XDG_\(kind)_HOME"] = home.folder.file("own/\(kind)")
        }
        home.environment.variables["XDG_CACHE_HOME"] = home.folder.file("own/cache")
        home.environment.variables["HF_HOME"] = home.path(".cache/huggingface")
        home.environment.variables["LLAMA_CACHE"] = home.path(".cache/llama.cpp")
        home.folders = ["~/weights"]
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q4_0.gguf", ForeignHome.small)
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q4_0.gguf", ForeignHome.other, commit: ForeignHome.olderCommit)
        try home.addToHub("makers/New-GGUF", "new-Q8_0.gguf", ForeignHome.other, in: ".cache/llama.cpp")
        for (name, bytes) in ForeignHome.encoder { try home.addToHub("makers/encoder", name, bytes) }
        let snapshot = "\(ForeignHome.hub)/models--makers--Tiny-GGUF/snapshots/\(ForeignHome.commit)"
        try home.link("\(snapshot)/lost-Q8_0.gguf", to: "../../blobs/gone")
        try home.link("\(snapshot)/loop", to: "..")
        try home.write([1], to: "\(ForeignHome.hub)/models--makers--Tiny-GGUF/blobs/77.incomplete")
        let weights = ForeignHome.Layer(kind: "model", bytes: ForeignHome.small)
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", [weights, .init(kind: "system", bytes: [65])])
        try home.addToOllama("hf.co/makers/Tiny/Q4_0", [.init(kind: "model", bytes: [1], isThere: false)])
        try home.write("{".utf8, to: ".ollama/models/manifests/registry.ollama.ai/library/odd/1b")
        try home.write([1], to: ".ollama/models/blobs/sha256-77-partial-0")
        try home.write(ForeignHome.small, to: ".lmstudio/models/makers/Tiny-GGUF/tiny-Q4_0.gguf")
        try home.write("\(home.path("elsewhere"))\n".utf8, to: ".lmstudio-home-pointer")
        try home.write(ForeignHome.small, to: ".cache/llama.cpp/makers_Tiny-GGUF_tiny-Q4_0.gguf")
        try home.write([1], to: ".cache/llama.cpp/makers_Tiny-GGUF_tiny-Q8_0.gguf.downloadInProgress")
        try home.write(ForeignHome.parts()[1], to: "weights/split-00002-of-00002.gguf")
        try home.write([], to: "weights/empty.gguf")
        try home.write([1], to: "weights/closed/a.gguf")
        try home.link("weights/loop", to: "../weights")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: home.path("weights/closed"))
        return home
    }

    @Test func nothingThatIsntOursChanges() throws {
        let home = try Self.everything()
        defer {
            try? FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: home.path("weights/closed"))
        }
        let before = try home.picture()
        let library = try home.library
        let survey = library.survey(contextLength: 4096)
        _ = library.survey(contextLength: 4096, isVerified: true)
        _ = library.whereabouts()
        for row in survey.listings {
            for id in [row.id] + row.places.map(\.id) {
                _ = try? library.resolve(id)
                _ = try? library.path(of: id)
                #expect(throws: ModelLibraryError.self, "\(id)") { try library.remove(id) }
            }
        }
        #expect(try home.picture() == before)
        #expect(survey.listings.count >= 10)
        #expect(survey.listings.contains { $0.obstacle == nil } && survey.listings.contains { $0.obstacle != nil })
        let ids = survey.listings.flatMap { Set($0.places.map(\.id)) }
        #expect(Set(ids.map { $0.lowercased() }).count == ids.count)
        #expect(survey.notes.allSatisfy { !$0.contains("\n") })
        // What was read is remembered in this program's own cache, and nowhere else.
        #expect(FileManager.default.fileExists(atPath: home.folder.file("own/cache/diptych/outlines.json")))
        #expect(!FileManager.default.fileExists(atPath: home.folder.file("own/DATA")))
    }
}
