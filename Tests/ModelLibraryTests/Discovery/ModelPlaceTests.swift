import Configuration
import Foundation
import Testing
import TransportTestSupport

@testable import ModelLibrary

/// What holds for every place there is.
@Suite struct ModelPlaceTests {
    /// Puts one sound model into each place, and says what it is called then.
    private static let models: [String: @Sendable (inout ForeignHome) throws -> String] = [
        OwnFolder.title: { home in
            try home.write(ForeignHome.small, to: ".local/share/diptych/models/hf/makers/Tiny-GGUF/tiny-Q4_0.gguf")
            return "hf:makers/Tiny-GGUF:Q4_0"
        },
        ConfiguredFolders.title: { home in
            home.folders = ["~/weights"]
            try home.write(ForeignHome.small, to: "weights/a/my-model.gguf")
            return "my-model"
        },
        HuggingFaceCache.title: { home in
            try home.addToHub("makers/Tiny-GGUF", "tiny-Q4_0.gguf", ForeignHome.small)
            return "hf:makers/Tiny-GGUF:Q4_0"
        },
        OllamaStore.title: { home in
            try home.addToOllama(
                "registry.ollama.ai/library/tiny/1b", [.init(kind: "model", bytes: ForeignHome.small)])
            return "ollama:tiny:1b"
        },
        LMStudioFolder.title: { home in
            try home.write(ForeignHome.small, to: ".lmstudio/models/makers/Tiny-GGUF/tiny-Q4_0.gguf")
            return "lmstudio:makers/Tiny-GGUF:Q4_0"
        },
        LlamaCppCache.title: { home in
            try home.write(ForeignHome.small, to: ".cache/llama.cpp/makers_Tiny-GGUF_tiny-Q4_0.gguf")
            return "llama.cpp:makers_Tiny-GGUF_tiny-Q4_0"
        },
    ]

    private static let titles = ModelPlaces.all.map { $0.title }

    @Test(arguments: titles) func aModelIsFoundReadAndOpenedInPlace(_ title: String) throws {
        let put = try #require(Self.models[title], "a place needs a fixture here")
        var home = try ForeignHome()
        let id = try put(&home)
        let library = try home.library
        let row = try #require(library.found.first)
        #expect(library.found.count == 1)
        #expect(row.id == id)
        #expect(row.title == "Tiny llama 1")
        #expect(row.architecture == "llama")
        #expect(row.format == "F32")
        #expect(row.contextLength == 256)
        #expect(row.bytes == ForeignHome.small.count)
        #expect(row.parameters ?? 0 > 10_000)
        #expect(row.obstacle == nil && !row.isEncoder)
        // 2 layers of 2 heads of 16 keys and 16 values, two bytes each.
        #expect(row.fit?.neededBytes == ForeignHome.small.count + (32 << 20) + 100 * 2 * 2 * 32 * 2)
        #expect(row.places.map(\.tool) == [title])
        #expect(row.availability == .onDisk(path: row.places[0].path))
        let resolved = try library.resolve(id)
        #expect(resolved.path == row.places[0].path)
        #expect(resolved.name == id)
        #expect(try library.path(of: id.uppercased()) == resolved.path)
    }

    @Test(arguments: titles) func onlyThisProgramsFilesAreRemoved(_ title: String) throws {
        let put = try #require(Self.models[title])
        let place = try #require(ModelPlaces.all.first { $0.title == title })
        var home = try ForeignHome()
        let id = try put(&home)
        let library = try home.library
        let path = try library.path(of: id)
        guard !place.isOwn else {
            try Data("{}".utf8).write(to: URL(filePath: "\(path).origin.json"))
            #expect(try library.remove(id) == ForeignHome.small.count + 2)
            let folder = (path as NSString).deletingLastPathComponent
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
            return
        }
        let before = try home.picture()
        let error = #expect(throws: ModelLibraryError.self) { try library.checkRemoval(of: id) }
        #expect(throws: ModelLibraryError.self) { try library.remove(id) }
        #expect(try home.picture() == before)
        let text = try #require(error?.description)
        #expect(text.contains(title) && text.contains(path) && text.contains("isn't removed from here: "))
        #expect(!text.contains("\n"))
    }

    @Test func titlesAreUnique() {
        #expect(Set(Self.titles).count == ModelPlaces.all.count)
        #expect(ModelPlaces.all.count { $0.isOwn } == 1)
    }

    @Test func anEmptyHomeHasNothingAndNoFaults() throws {
        let library = try ForeignHome().library
        #expect(library.survey(contextLength: 1).listings.isEmpty)
        #expect(library.survey(contextLength: 1).notes.isEmpty)
        #expect(library.whereabouts().folders.allSatisfy { !$0.isThere })
    }

    @Test("no home at all isn't a fault either") func noHome() throws {
        let folder = try TemporaryFolder()
        let environment = Environment([
            "XDG_CONFIG_HOME": folder.path, "XDG_DATA_HOME": folder.path, "XDG_STATE_HOME": folder.path,
            "XDG_CACHE_HOME": folder.path,
        ])
        let library = ModelLibrary(
            directories: try Directories(environment: environment), catalog: Catalog(models: []),
            environment: environment, root: folder.path)
        #expect(library.survey(contextLength: 1).listings.isEmpty)
    }
}
