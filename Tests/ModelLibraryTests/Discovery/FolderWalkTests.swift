import Foundation
import Testing
import TransportTestSupport

@testable import ModelLibrary

@Suite struct FolderWalkTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func files(_ walk: inout FolderWalk) -> [String] {
        walk.files(below: folder.path).map { String($0.dropFirst(folder.path.count + 1)) }
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: folder.file(name), withDestinationPath: target)
    }

    @Test func filesComeInOrderAndHiddenOnesDoNot() throws {
        for name in ["b/2", "b/1", "a", ".hidden", ".folder/x", "c/.git/y"] { try folder.write([1], to: name) }
        var walk = FolderWalk()
        #expect(files(&walk) == ["a", "b/1", "b/2"])
        #expect(walk.notes.isEmpty)
    }

    @Test func linksAreFollowedButNoLoops() throws {
        try folder.write([1], to: "a/1")
        try link("a/up", to: "..")
        try link("a/self", to: "self")
        try link("b", to: "a")
        try link("lost", to: "nowhere")
        var walk = FolderWalk()
        // A link to itself leads nowhere; a folder is looked into once, whatever leads to it.
        #expect(files(&walk) == ["a/1", "a/self", "lost"])
    }

    @Test func depthIsBounded() throws {
        let deep = (1...FolderWalk.depthLimit + 1).map { "d\($0)" }.joined(separator: "/")
        try folder.write([1], to: "\(deep)/out-of-reach")
        try folder.write([1], to: "d1/d2/near")
        var walk = FolderWalk()
        #expect(files(&walk) == ["d1/d2/near"])
        #expect(walk.notes.count == 1)
        #expect(walk.notes.first?.contains("deeper than 8 folders") == true)
    }

    @Test func numbersAreBounded() throws {
        try folder.write([1], to: "a")
        var walk = FolderWalk { _ in (0..<FolderWalk.entryLimit + 5).map { "\($0)" } }
        #expect(walk.names(in: folder.path).count == FolderWalk.entryLimit)
        #expect(walk.names(in: folder.path).isEmpty)
        #expect(walk.notes.first?.contains("more than is looked through") == true)
    }

    @Test func unreadableFoldersAreNoted() throws {
        try folder.write([1], to: "locked/a")
        try folder.write([1], to: "open/b")
        var walk = FolderWalk { path in
            guard !path.hasSuffix("/locked") else { throw CocoaError(.fileReadNoPermission) }
            return try FileManager.default.contentsOfDirectory(atPath: path)
        }
        #expect(files(&walk) == ["open/b"])
        #expect(
            walk.notes == [folder.file("locked") + ": it can't be read; allow it to this user, if its models matter"])
    }

    @Test func whatIsMissingIsEmpty() {
        var walk = FolderWalk()
        #expect(walk.files(below: folder.file("none")).isEmpty)
        #expect(walk.notes.isEmpty)
    }

    @Test func bigFilesArentSmall() throws {
        try folder.write([1, 2, 3], to: "a")
        #expect(FolderWalk.contents(of: folder.file("a"), limit: 3) == Data([1, 2, 3]))
        #expect(FolderWalk.contents(of: folder.file("a"), limit: 2) == nil)
        #expect(FolderWalk.contents(of: folder.path) == nil)
    }
}

@Suite struct GGUFFileNameTests {
    @Test(arguments: [
        ("/m/a-Q4_K_M.gguf", "a-Q4_K_M", 1, 1), ("/m/a-00002-of-00003.gguf", "a", 2, 3), ("a.GGUF", "a", 1, 1),
        ("/m/a-00004-of-00003.gguf", "a-00004-of-00003", 1, 1), ("/m/a-2-of-3.gguf", "a-2-of-3", 1, 1),
        ("/m/a-00000-of-00000.gguf", "a-00000-of-00000", 1, 1),
    ]) func parts(path: String, stem: String, part: Int, count: Int) throws {
        let name = try #require(GGUFFileName(path: path))
        #expect(name.stem == stem)
        #expect(name.part == part && name.partCount == count)
    }

    @Test(arguments: ["a.gguf.part", "a.gguf.json", "gguf", "a.safetensors", ""])
    func otherFiles(path: String) {
        #expect(GGUFFileName(path: path) == nil)
    }

    @Test(arguments: [
        ("Qwen2.5-7B-Instruct-Q4_K_M", "Q4_K_M"), ("qwen2.5-coder-1.5b-instruct-q4_k_m", "Q4_K_M"), ("m.Q8_0", "Q8_0"),
        ("m-IQ3_XXS", "IQ3_XXS"), ("m-UD-Q4_K_XL", "UD-Q4_K_XL"), ("m-bf16", "BF16"), ("m-F16", "F16"),
        ("m-MXFP4", "MXFP4"), ("m_f16", "F16"), ("m-Q4_0-imat", "Q4_0"), ("gemma-3-270m-it", nil), ("m", nil),
        ("phi-4", nil), ("Q8_0", "Q8_0"), ("QwQ-32B", nil),
    ]) func formats(stem: String, format: String?) {
        #expect(GGUFFileName.quantization(in: stem) == format)
    }
}
