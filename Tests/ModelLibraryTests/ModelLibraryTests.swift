import Configuration
import Foundation
import Reports
import Testing
import TransportTestSupport

@testable import ModelLibrary

@Suite struct ModelLibraryTests {
    private let fixture: LibraryFixture
    private let library: ModelLibrary

    init() throws {
        fixture = try LibraryFixture()
        library = try fixture.library(sources: [LibraryFixture.hub])
    }

    private var modelPath: String { fixture.folder.file("data/diptych/models/tiny.gguf") }

    private func putModel() throws {
        try fixture.folder.write(fixture.bytes, to: "data/diptych/models/tiny.gguf")
    }

    @Test func listingsSayWhatIsHere() throws {
        #expect(library.listings(contextLength: 10).map(\.availability) == [.remote])
        try putModel()
        #expect(library.listings(contextLength: 10).map(\.availability) == [.onDisk(path: modelPath)])
        let needed = library.listings(contextLength: 10).first?.fit?.neededBytes
        #expect(needed == 120_000 + 10 * 100 + (32 << 20))
    }

    @Test func pathsOfModels() throws {
        let missing = #expect(throws: ModelLibraryError.self) { try library.path(of: LibraryFixture.id) }
        #expect(missing?.description.contains("'diptych models pull tiny-model'") == true)
        try putModel()
        #expect(try library.path(of: LibraryFixture.id) == modelPath)
        let unknown = #expect(throws: ModelLibraryError.self) { try library.path(of: "tony-model") }
        #expect(unknown?.description.contains("did you mean tiny-model?") == true)
    }

    @Test func removing() throws {
        #expect(try library.remove(LibraryFixture.id) == 0)
        try putModel()
        try fixture.folder.write([1, 2, 3], to: "data/diptych/models/tiny.gguf.part")
        try fixture.folder.write([1, 2], to: "data/diptych/models/.tiny.gguf.staging/wheel/a.whl")
        #expect(try library.remove(LibraryFixture.id) == 120_005)
        #expect(fixture.files == [])
        #expect(throws: ModelLibraryError.self) { try library.remove("other") }
    }

    @Test func anIdNamesItsFile() throws {
        try putModel()
        let model = try library.resolve(LibraryFixture.id)
        #expect(model.path == modelPath)
        #expect(model.name == "tiny-model")
        #expect(model.entry?.id == "tiny-model")
    }

    @Test func aPathNamesItself() throws {
        try fixture.folder.write([0], to: "own.gguf")
        let model = try library.resolve(fixture.folder.file("own.gguf"))
        #expect(model == ResolvedModel(path: fixture.folder.file("own.gguf"), name: "own.gguf"))
    }

    @Test func aPathWinsOverAnId() throws {
        // An id of this catalog that is also a path.
        let path = fixture.folder.file("both")
        try fixture.folder.write([0], to: "both")
        let entry = CatalogEntry(id: path, title: "", file: "f", bytes: 1, sha256: "", licence: "")
        let library = ModelLibrary(
            directories: library.directories, catalog: Catalog(models: [CatalogModel(entry: entry, sources: [])]),
            environment: fixture.environment)
        #expect(try library.resolve(path).path == path)
        #expect(try library.resolve(path).entry == nil)
    }

    @Test(arguments: [
        ("hf:makers/Tiny-GGUF:Q4_K_M", "fetch it with 'diptych models pull hf:makers/Tiny-GGUF:Q4_K_M'"),
        ("ollama:llama3.2:1b", "no model is called 'ollama:llama3.2:1b'"),
        ("folder/none.gguf", "no such file"),
        ("none.GGUF", "no such file"),
        ("tiny-modle", "did you mean tiny-model?"),
        ("tiny-model", "diptych models pull tiny-model"),
        ("something-else-altogether", "no model is called 'something-else-altogether'; known are tiny-model"),
        ("/", "is a folder"),
        ("", "no model is called"),
    ])
    func whatCannotBeOpenedIsExplained(model: String, expected: String) {
        let error = #expect(throws: ModelLibraryError.self) { try library.resolve(model) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }

    @Test func theDefaultPair() throws {
        let error = #expect(throws: ModelLibraryError.self) { try library.defaultPair() }
        #expect(error?.description.contains("--small") == true)
        let shipped = try ModelLibrary(environment: fixture.environment)
        let pair = try shipped.defaultPair()
        #expect(pair == ("smollm2-135m-instruct", "qwen2.5-coder-1.5b-instruct"))
    }
}
