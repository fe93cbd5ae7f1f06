import Foundation
import Reports
import Testing

@testable import ModelLibrary

@Suite("LM Studio, llama.cpp and own folders") struct OtherPlacesTests {
    // MARK: LM Studio

    @Test(arguments: [".lmstudio/models", ".cache/lm-studio/models", "pointed/models", "moved"])
    func lmStudioIsWhereItsHomeIs(folder: String) throws {
        let home = try ForeignHome()
        if folder == "pointed/models" { try home.write("\(home.path("pointed"))\n".utf8, to: ".lmstudio-home-pointer") }
        if folder == "moved" {
            try home.write(#"{"downloadsFolder":"\#(home.path("moved"))","x":[1]}"#.utf8, to: ".lmstudio/settings.json")
        }
        try home.write(ForeignHome.small, to: "\(folder)/makers/Tiny-GGUF/tiny-Q4_0.gguf")
        #expect(try home.library.found.map(\.id) == ["lmstudio:makers/Tiny-GGUF:Q4_0"])
    }

    @Test func lmStudiosOddFilesHaveNamesToo() throws {
        let home = try ForeignHome()
        let models = ".lmstudio/models"
        try home.write(ForeignHome.small, to: "\(models)/makers/Tiny-GGUF/Q8/tiny-Q8_0.gguf")
        try home.write(ForeignHome.other, to: "\(models)/loose.gguf")
        try home.write(ForeignHome.other, to: "\(models)/makers/Tiny-GGUF/mmproj-model-f16.gguf")
        try home.write([1], to: "\(models)/makers/Tiny-GGUF/downloading_tiny-Q4_0.gguf.part")
        for (name, bytes) in ForeignHome.encoder { try home.write(bytes, to: "\(models)/makers/encoder/\(name)") }
        let library = try home.library
        #expect(
            library.found.map(\.id) == [
                "lmstudio:loose", "lmstudio:makers/Tiny-GGUF/Q8:Q8_0", "lmstudio:makers/encoder",
            ])
        for id in library.found.map(\.id) { #expect(try library.resolve(id).name == id) }
        #expect(library.survey(contextLength: 1).notes.count == 1)
    }

    // MARK: llama.cpp

    @Test(arguments: [
        (["LLAMA_CACHE": "H/a", "XDG_CACHE_HOME": "H/b"], "a"), (["XDG_CACHE_HOME": "H/b"], "b/llama.cpp"),
        ([:], ".cache/llama.cpp"),
    ]) func llamaCppIsWhereVariablesSay(variables: [String: String], place: String) throws {
        var home = try ForeignHome()
        for (name, value) in variables {
            home.environment.variables[name] = value.replacing("H/", with: home.path(""))
        }
        let stem = "makers_Tiny-GGUF_tiny-Q4_0"
        try home.write(ForeignHome.small, to: "\(place)/\(stem).gguf")
        try home.write(#"{"etag":"\"a\"","url":"https://example"}"#.utf8, to: "\(place)/\(stem).gguf.json")
        try home.write("\"a\"".utf8, to: "\(place)/\(stem).gguf.etag")
        try home.write("{}".utf8, to: "\(place)/manifest=makers=Tiny-GGUF=latest.json")
        #expect(try home.library.found.map(\.id) == ["llama.cpp:\(stem)"])
    }

    @Test func whatLlamaCppHasBegunSaysSo() throws {
        let home = try ForeignHome()
        try home.write([1, 2, 3], to: ".cache/llama.cpp/a-Q4_0.gguf.downloadInProgress")
        // A newer version of what is here already.
        try home.write(ForeignHome.small, to: ".cache/llama.cpp/b-Q4_0.gguf")
        try home.write([1, 2, 3], to: ".cache/llama.cpp/b-Q4_0.gguf.downloadInProgress")
        let rows = try home.library.found
        #expect(rows.map(\.id) == ["llama.cpp:b-Q4_0", "llama.cpp:a-Q4_0"])
        #expect(rows.last?.availability == .partial(bytes: 3))
        #expect(rows.last?.obstacle?.contains("interrupted") == true)
    }

    // MARK: Folders

    @Test func foldersOfTheConfigurationAreLookedThrough() throws {
        var home = try ForeignHome()
        home.folders = ["~/weights", home.path("more/"), "~/none"]
        try home.write(ForeignHome.small, to: "weights/deep/er/a.GGUF")
        try home.write(ForeignHome.other, to: "more/a.gguf")
        for (name, bytes) in ForeignHome.encoder { try home.write(bytes, to: "more/an-encoder/\(name)") }
        let survey = try home.library.survey(contextLength: 1)
        // Two of one name: the second is called by its folder too.
        #expect(survey.listings.map(\.id) == ["a", "more/a", "an-encoder"])
        #expect(survey.notes == [home.path("none") + ": no such folder; correct 'folders' in config.yaml"])
        #expect(try home.library.resolve("more/a").path == home.path("more/a.gguf"))
    }

    @Test func whatAPullNotedTellsThatFilesAreTheSame() throws {
        let home = try ForeignHome()
        let digest = try LibraryFixture.digest(of: ForeignHome.small)
        let file = "hf/makers/Tiny-GGUF/tiny-Q4_0.gguf"
        let data = ".local/share/diptych/models"
        try home.write(ForeignHome.small, to: "\(data)/\(file)")
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q4_0.gguf", ForeignHome.small)
        #expect(try home.library.found.map(\.id) == ["hf:makers/Tiny-GGUF:Q4_0", "hf:makers/Tiny-GGUF:Q4_0#2"])
        var origin = ModelOrigin(fileCount: 1)
        origin.files = [.init(path: file, bytes: ForeignHome.small.count, sha256: digest)]
        try home.write(JSONEncoder().encode(origin), to: "\(data)/\(file).origin.json")
        let rows = try home.library.found
        #expect(rows.map(\.id) == ["hf:makers/Tiny-GGUF:Q4_0"])
        #expect(rows.first?.places.map(\.tool) == ["Diptych", "Hugging Face"])
        #expect(try home.library.resolve("hf:makers/Tiny-GGUF:Q4_0").path == home.path("\(data)/\(file)"))
    }

    @Test func theDataDirectoryHasWhatTheCatalogHasNot() throws {
        var home = try ForeignHome()
        home.catalog = [
            CatalogEntry(
                id: "tiny", title: "Tiny", file: "tiny.gguf", bytes: 7, sha256: "00", licence: "MIT")
        ]
        let data = ".local/share/diptych/models"
        // Its size isn't what the catalog says, so it isn't the catalog's model: a pull would replace it.
        try home.write(ForeignHome.small, to: "\(data)/tiny.gguf")
        try home.write(ForeignHome.other, to: "\(data)/mine.gguf")
        try home.write([1], to: "\(data)/other.gguf.part")
        try home.write(ForeignHome.small, to: "\(data)/.tiny.gguf.staging/a.gguf")
        let listings = try home.library.listings(contextLength: 1)
        // The catalog's comes first, what can't be opened last.
        #expect(listings.map(\.id) == ["tiny", "mine", "other"])
        #expect(listings[0].availability == .remote)
        #expect(listings[1].places.map(\.isOwn) == [true])
    }
}
