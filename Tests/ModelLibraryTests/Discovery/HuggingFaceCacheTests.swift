import Foundation
import Reports
import Testing

@testable import ModelLibrary

@Suite struct HuggingFaceCacheTests {
    @Test(arguments: [
        (["HF_HUB_CACHE": "H/a", "HUGGINGFACE_HUB_CACHE": "H/b", "HF_HOME": "H/c"], "a"),
        (["HUGGINGFACE_HUB_CACHE": "H/b/", "HF_HOME": "H/c", "XDG_CACHE_HOME": "H/d"], "b"),
        (["HF_HOME": "~/c", "XDG_CACHE_HOME": "H/d"], "c/hub"),
        (["XDG_CACHE_HOME": "H/d"], "d/huggingface/hub"),
        ([:], ".cache/huggingface/hub"),
        (["LLAMA_CACHE": "H/e"], "e"),
    ]) func variablesSayWhereItIs(variables: [String: String], place: String) throws {
        var home = try ForeignHome()
        for (name, value) in variables {
            home.environment.variables[name] = value.replacing("H/", with: home.path(""))
        }
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q4_0.gguf", ForeignHome.small, in: place)
        #expect(try home.library.found.map(\.id) == ["hf:makers/Tiny-GGUF:Q4_0"])
    }

    @Test func filesAreCalledByTheirFormats() throws {
        let home = try ForeignHome()
        let repository = "makers/Tiny-GGUF"
        try home.addToHub(repository, "tiny-q4_0.gguf", ForeignHome.small)
        try home.addToHub(repository, "BF16/tiny-BF16.gguf", ForeignHome.other)
        try home.addToHub(repository, "tiny.gguf", ForeignHome.small + [0])
        try home.addToHub(repository, "tiny-draft-Q4_0.gguf", ForeignHome.other + [0])
        try home.addToHub(repository, "mmproj-tiny-F16.gguf", ForeignHome.other + [1])
        try home.addToHub(repository, "README.md", Array("# Tiny".utf8))
        let ids = try home.library.found.map(\.id)
        #expect(
            Set(ids) == [
                "hf:makers/Tiny-GGUF:Q4_0", "hf:makers/Tiny-GGUF:BF16", "hf:makers/Tiny-GGUF:tiny",
                "hf:makers/Tiny-GGUF:tiny-q4_0",
            ])
    }

    @Test func plainFilesStandForLinks() throws {
        let home = try ForeignHome()
        let folder = "\(ForeignHome.hub)/models--tiny"
        try home.write(ForeignHome.small, to: "\(folder)/snapshots/\(ForeignHome.commit)/tiny-F16.gguf")
        let row = try home.library.row("hf:tiny:F16")
        #expect(row.obstacle == nil)
        #expect(row.places[0].path == home.path("\(folder)/snapshots/\(ForeignHome.commit)/tiny-F16.gguf"))
    }

    @Test func anOlderSnapshotSaysWhichItIs() throws {
        let home = try ForeignHome()
        try home.addToHub(
            "makers/Tiny-GGUF", "tiny-Q4_0.gguf", ForeignHome.other, commit: ForeignHome.olderCommit)
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q4_0.gguf", ForeignHome.small)
        // The same blob in both is one model.
        try home.addToHub("makers/Tiny-GGUF", "tiny-F32.gguf", ForeignHome.other)
        let library = try home.library
        #expect(library.found.map(\.id) == ["hf:makers/Tiny-GGUF:F32", "hf:makers/Tiny-GGUF:Q4_0"])
        #expect(try library.row("hf:makers/Tiny-GGUF:Q4_0").architecture == "llama")
        #expect(
            try library.row("hf:makers/Tiny-GGUF:F32").places.map(\.id) == [
                "hf:makers/Tiny-GGUF:F32", "hf:makers/Tiny-GGUF@0f0e0d0:Q4_0",
            ])
        #expect(try library.resolve("hf:makers/Tiny-GGUF@0f0e0d0:Q4_0").path.contains(ForeignHome.olderCommit))
    }

    @Test func foldersOfEncodersAreModelsToo() throws {
        let home = try ForeignHome()
        for (name, bytes) in ForeignHome.encoder { try home.addToHub("makers/tiny-encoder", name, bytes) }
        let row = try home.library.row("hf:makers/tiny-encoder")
        #expect(row.isEncoder)
        #expect(row.obstacle == nil)
        #expect(row.architecture == "bert")
        #expect([row.parameters, row.contextLength] == [320, 128])
        #expect(row.format == "F32")
        #expect(try home.library.resolve("hf:makers/tiny-encoder").path.hasSuffix("/snapshots/\(ForeignHome.commit)"))
    }

    @Test func whatIsntWholeSaysSo() throws {
        let home = try ForeignHome()
        let folder = "\(ForeignHome.hub)/models--makers--Tiny-GGUF"
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q8_0.gguf", ForeignHome.small)
        try home.link("\(folder)/snapshots/\(ForeignHome.commit)/tiny-Q4_0.gguf", to: "../../blobs/gone")
        try home.write([1, 2, 3], to: "\(folder)/blobs/0123.incomplete")
        let library = try home.library
        let row = try library.row("hf:makers/Tiny-GGUF:Q4_0")
        #expect(row.availability == .partial(bytes: 0))
        #expect(row.obstacle?.contains("tiny-Q4_0.gguf leads to no file") == true)
        let error = #expect(throws: ModelLibraryError.self) { try library.resolve("hf:makers/Tiny-GGUF:Q4_0") }
        #expect(error?.description.contains("leads to no file: fetch it again") == true)
        #expect(library.survey(contextLength: 1).notes.count { $0.contains("interrupted downloads: 1") } == 1)
        // What is whole isn't touched by that.
        #expect(try library.resolve("hf:makers/Tiny-GGUF").path.hasSuffix("tiny-Q8_0.gguf"))
    }

    @Test(arguments: [
        ("hf:makers/Tiny-GGUF", "tiny-Q4_K_M.gguf"), ("hf:Makers/tiny-gguf:q4_k_m", "tiny-Q4_K_M.gguf"),
        ("hf:makers/Tiny-GGUF:Q8_0", "tiny-Q8_0.gguf"), ("hf:makers/Tiny-GGUF:tiny-Q8_0.gguf", "tiny-Q8_0.gguf"),
        ("hf:makers/Tiny-GGUF:Q5_K_XL", "tiny-UD-Q5_K_XL.gguf"), ("hf:makers/Tiny-GGUF:tiny-q2_k", "tiny-Q2_K.gguf"),
        ("hf:makers/Tiny-GGUF:BF16", "BF16/tiny.gguf"), ("hf:makers/Tiny-GGUF:BF16/tiny.gguf", "BF16/tiny.gguf"),
    ]) func namesOfTheHubMeanWhatIsHere(name: String, file: String) throws {
        let home = try ForeignHome()
        let files = ["Q2_K", "Q4_K_M", "Q8_0", "UD-Q5_K_XL"].map { "tiny-\($0).gguf" } + ["BF16/tiny.gguf"]
        for (index, file) in files.enumerated() {
            try home.addToHub("makers/Tiny-GGUF", file, ForeignHome.small + [UInt8(index)])
        }
        #expect(try home.library.resolve(name).path.hasSuffix("/\(file)"))
    }

    /// The format that is taken where none is named is cut short; what is sound is taken instead.
    @Test func aSoundFileGoesBeforeADamagedOne() throws {
        let home = try ForeignHome()
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q4_K_M.gguf", Array(ForeignHome.small.prefix(900)))
        let damaged = try home.library.resolve("hf:makers/Tiny-GGUF").path
        #expect(damaged.hasSuffix("tiny-Q4_K_M.gguf"))
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q5_0.gguf", ForeignHome.other)
        let library = try home.library
        #expect(try library.resolve("hf:makers/Tiny-GGUF").path.hasSuffix("tiny-Q5_0.gguf"))
        #expect(try library.path(of: "hf:makers/tiny-gguf").hasSuffix("tiny-Q5_0.gguf"))
        // Who names a format gets that one.
        #expect(try library.resolve("hf:makers/Tiny-GGUF:Q4_K_M").path == damaged)
    }

    @Test(arguments: ["hf:makers/Tiny-GGUF:Q6_K", "hf:makers/Other:Q4_K_M", "hf:nonsense", "hf:"])
    func namesOfTheHubThatArentHereHaveARemedy(name: String) throws {
        let home = try ForeignHome()
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q8_0.gguf", ForeignHome.small)
        let error = #expect(throws: ModelLibraryError.self) { try home.library.resolve(name) }
        #expect(error?.description == "\(name) is not on this machine: fetch it with 'diptych models pull \(name)'")
        let pathError = #expect(throws: ModelLibraryError.self) { try home.library.path(of: name) }
        #expect(pathError == error)
    }
}
