import Foundation
import Reports
import Testing

@testable import ModelLibrary

@Suite struct OllamaStoreTests {
    private static let weights = ForeignHome.Layer(kind: "model", bytes: ForeignHome.small)

    @Test(arguments: [
        ("registry.ollama.ai/library/tiny/1b", "ollama:tiny:1b"),
        ("registry.ollama.ai/somebody/tiny/latest", "ollama:somebody/tiny:latest"),
        ("hf.co/makers/Tiny-GGUF/Q4_0", "ollama:hf.co/makers/Tiny-GGUF:Q4_0"),
        ("localhost/library/tiny/latest", "ollama:localhost/library/tiny:latest"),
    ]) func everyHostIsLookedInto(manifest: String, id: String) throws {
        let home = try ForeignHome()
        try home.addToOllama(manifest, [Self.weights])
        #expect(try home.library.found.map(\.id) == [id])
        #expect(try home.library.resolve(id).path.contains("/blobs/sha256-"))
    }

    @Test(arguments: [
        "root/usr/share/ollama/.ollama/models", "root/var/lib/ollama", "root/var/lib/ollama/models",
        "root/var/lib/ollama/.ollama/models", "home/.ollama/models", "home/elsewhere",
    ]) func itsStoresAreWhereServicesKeepThem(store: String) throws {
        var home = try ForeignHome()
        if store.hasSuffix("elsewhere") { home.environment.variables["OLLAMA_MODELS"] = home.path("elsewhere") }
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", [Self.weights], in: "../\(store)")
        #expect(try home.library.found.map(\.id) == ["ollama:tiny:1b"])
    }

    @Test func theTagThatOllamaTakesForGrantedNeedNotBeTyped() throws {
        let home = try ForeignHome()
        try home.addToOllama("registry.ollama.ai/library/tiny/latest", [Self.weights])
        #expect(try home.library.resolve("ollama:tiny").name == "ollama:tiny:latest")
    }

    @Test func whatItKeepsBesideTheWeightsIsShown() throws {
        let home = try ForeignHome()
        let parameters = #"{"stop":["<|a|>","<|b|>"],"temperature":0.7,"num_ctx":4096,"penalize_newline":true}"#
        try home.addToOllama(
            "registry.ollama.ai/library/tiny/1b",
            [
                Self.weights, .init(kind: "template", bytes: Array("{{ .Prompt }}".utf8)),
                .init(kind: "system", bytes: Array("You are terse.".utf8)),
                .init(kind: "params", bytes: Array(parameters.utf8)), .init(kind: "license", bytes: [65]),
                .init(kind: "projector", bytes: [66]),
            ])
        let place = try #require(try home.library.row("ollama:tiny:1b").places.first)
        #expect(place.system == "You are terse.")
        #expect(
            place.parameters == [
                "stop": ["<|a|>", "<|b|>"], "temperature": ["0.7"], "num_ctx": ["4096"], "penalize_newline": ["true"],
            ])
    }

    @Test func blobsOfOlderVersionsHaveAColon() throws {
        let home = try ForeignHome()
        var layer = Self.weights
        layer.separator = ":"
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", [layer])
        #expect(try home.library.resolve("ollama:tiny:1b").path.contains("/blobs/sha256:"))
    }

    @Test func twoTagsOfOneModelAreOneRow() throws {
        let home = try ForeignHome()
        for tag in ["1b", "latest"] {
            try home.addToOllama("registry.ollama.ai/library/tiny/\(tag)", [Self.weights])
        }
        let rows = try home.library.found
        #expect(rows.count == 1)
        #expect(rows.first?.places.map(\.id) == ["ollama:tiny:1b", "ollama:tiny:latest"])
        let store = try #require(try home.library.whereabouts().folders.first { $0.isThere })
        #expect(store.models == 2 && store.bytes == ForeignHome.small.count)
    }

    /// A manifest that makes no sense, weights that were cut short, and what can be opened.
    @Test func whatCantBeOpenedIsCountedApart() throws {
        let home = try ForeignHome()
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", [Self.weights])
        let cut = Array(ForeignHome.other.prefix(900))
        try home.addToOllama("registry.ollama.ai/library/cut/1b", [.init(kind: "model", bytes: cut)])
        try home.write("{".utf8, to: ".ollama/models/manifests/registry.ollama.ai/library/odd/1b")
        let before = try home.picture()
        let store = try #require(try home.library.whereabouts().folders.first { $0.isThere })
        #expect(store.models == 1 && store.bytes == ForeignHome.small.count)
        #expect(store.unusableModels == 2)
        #expect(try home.picture() == before)
    }

    @Test func listsOfManifestsAreReadToo() throws {
        let home = try ForeignHome()
        try home.addToOllama("unused/library/tiny/inner", [Self.weights])
        let manifests = home.path(".ollama/models/manifests/unused")
        let inner = try Data(contentsOf: URL(filePath: "\(manifests)/library/tiny/inner"))
        try FileManager.default.removeItem(atPath: manifests)
        // A list that refers to its members, in a blob that the name links to.
        let digest = try LibraryFixture.digest(of: Array(inner))
        try home.write(inner, to: ".ollama/models/blobs/sha256-\(digest)")
        let list = #"""
            {"mediaType":"application/vnd.ollama.manifest.list.v2+json","manifests":[{"runner":"mlx","digest":"sha256:00"},\#
            {"runner":"ollama","format":"gguf","digest":"sha256:\#(digest)"}]}
            """#
        let outer = try LibraryFixture.digest(of: Array(list.utf8))
        try home.write(list.utf8, to: ".ollama/models/blobs/sha256-\(outer)")
        try home.link(
            ".ollama/models/manifests-v2/registry.ollama.ai/library/tiny/1b", to: "../../../../blobs/sha256-\(outer)")
        let row = try home.library.row("ollama:tiny:1b")
        #expect(row.obstacle == nil)
        #expect(row.architecture == "llama")
    }

    private static let obstacles: [(layers: [ForeignHome.Layer], obstacle: String)] = [
        ([.init(kind: "model", bytes: ForeignHome.small, isThere: false)], "are missing: 'ollama pull tiny:1b'"),
        ([.init(kind: "model", bytes: ForeignHome.small, size: 7_000_000)], "bytes of 7000000: 'ollama pull tiny:1b'"),
        ([weights, .init(kind: "adapter", bytes: [1])], "an adapter, which isn't applied here"),
        ([.init(kind: "tensor; name=a", bytes: [1])], "single files, which only Ollama opens"),
        ([], "it runs on Ollama's servers"),
    ]

    @Test(arguments: obstacles) func whatCannotBeOpenedSaysWhy(layers: [ForeignHome.Layer], obstacle: String) throws {
        let home = try ForeignHome()
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", layers)
        let row = try home.library.row("ollama:tiny:1b")
        #expect(row.obstacle?.contains(obstacle) == true, "\(row.obstacle ?? "")")
        #expect(row.fit == nil)
        // A model with an adapter is whole, though it can't be opened.
        let isWhole = if case .onDisk = row.availability { true } else { false }
        #expect(isWhole == obstacle.contains("adapter"))
        #expect(throws: ModelLibraryError.self) { try home.library.resolve("ollama:tiny:1b") }
    }

    @Test(arguments: [
        "", "not JSON", #"{"layers":3}"#, #"[]"#, #"{"manifests":[]}"#, #"{"layers":[{"mediaType":7}]}"#,
        #"{"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:../../../etc/passwd"}]}"#,
    ]) func foreignManifestsAreRowsThatSayWhy(manifest: String) throws {
        let home = try ForeignHome()
        try home.write(manifest.utf8, to: ".ollama/models/manifests/registry.ollama.ai/library/odd/1b")
        try home.write([1], to: ".ollama/models/manifests/registry.ollama.ai/stray")
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", [Self.weights])
        let library = try home.library
        #expect(library.found.map(\.id) == ["ollama:tiny:1b", "ollama:odd:1b"])
        #expect(try library.row("ollama:odd:1b").obstacle?.contains("'ollama pull odd:1b'") == true)
    }

    @Test func interruptedDownloadsAreTold() throws {
        let home = try ForeignHome()
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", [Self.weights])
        for part in ["", "-0", "-1"] { try home.write([1], to: ".ollama/models/blobs/sha256-77-partial\(part)") }
        #expect(
            try home.library.survey(contextLength: 1).notes == [
                home.path(".ollama/models/blobs") + ": interrupted downloads: 1; 'ollama pull' goes on with them"
            ])
    }
}
