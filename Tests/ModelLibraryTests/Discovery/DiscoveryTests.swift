import Foundation
import Reports
import Testing

import struct EngineTestSupport.TinyModel

@testable import ModelLibrary

@Suite struct DiscoveryTests {
    /// The same weights in four places, two of which name them by their hash.
    private func fourfold() throws -> ForeignHome {
        var home = try ForeignHome()
        home.folders = ["~/weights"]
        try home.addToHub("makers/Tiny-GGUF", "tiny-Q4_0.gguf", ForeignHome.small)
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", [.init(kind: "model", bytes: ForeignHome.small)])
        try home.write(ForeignHome.small, to: ".lmstudio/models/makers/Tiny-GGUF/tiny-Q4_0.gguf")
        // A hard link to the Hub's blob: the same file.
        let digest = try LibraryFixture.digest(of: ForeignHome.small)
        let blob = home.path("\(ForeignHome.hub)/models--makers--Tiny-GGUF/blobs/\(digest)")
        try FileManager.default.createDirectory(atPath: home.path("weights"), withIntermediateDirectories: true)
        try FileManager.default.linkItem(atPath: blob, toPath: home.path("weights/linked.gguf"))
        return home
    }

    @Test func theSameWeightsAreOneRowWithSeveralPlaces() throws {
        let home = try fourfold()
        let library = try home.library
        // LM Studio's copy has the same size, which proves nothing.
        #expect(library.found.map(\.id) == ["linked", "lmstudio:makers/Tiny-GGUF:Q4_0"])
        #expect(library.found[0].places.map(\.tool) == ["config.yaml", "Hugging Face", "Ollama"])
        for place in library.found[0].places { #expect(try library.resolve(place.id).path == place.path) }
    }

    @Test func filesOfOneSizeAreReadOnDemandAndRememberedThen() throws {
        var home = try fourfold()
        // As long as the others, but something else.
        var different = ForeignHome.small
        different[different.count - 1] ^= 1
        home.folders.append("~/different")
        try home.write(different, to: "different/other.gguf")
        let library = try home.library
        let rows = library.survey(contextLength: 1, isVerified: true).listings
        #expect(rows.map(\.id) == ["linked", "other"])
        #expect(rows[0].places.map(\.tool) == ["config.yaml", "Hugging Face", "Ollama", "LM Studio"])
        // From now on it is known without reading.
        #expect(library.found.map(\.id) == ["linked", "other"])
    }

    @Test func aCatalogModelIsHereWhereverItsFileIs() throws {
        var home = try ForeignHome()
        let digest = try LibraryFixture.digest(of: ForeignHome.small)
        home.catalog = [
            CatalogEntry(
                id: "tiny", title: "Tiny", file: "tiny.gguf", bytes: ForeignHome.small.count, sha256: digest,
                licence: "MIT")
        ]
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", [.init(kind: "model", bytes: ForeignHome.small)])
        let library = try home.library
        let blob = home.path(".ollama/models/blobs/sha256-\(digest)")
        let rows = library.listings(contextLength: 1)
        #expect(rows.map(\.id) == ["tiny"])
        #expect(rows[0].availability == .onDisk(path: blob))
        #expect(rows[0].places.map(\.id) == ["ollama:tiny:1b"])
        #expect(rows[0].architecture == "llama")
        #expect(try library.path(of: "tiny") == blob)
        #expect(try library.resolve("tiny").entry?.id == "tiny")
        #expect(try library.resolve("ollama:tiny:1b").path == blob)
        #expect(library.whereabouts().paths == ["tiny": blob])
        // It isn't this program's to remove.
        let error = #expect(throws: ModelLibraryError.self) { try library.remove("tiny") }
        #expect(error?.description.contains("'ollama rm tiny:1b'") == true)
        #expect(FileManager.default.fileExists(atPath: blob))
    }

    @Test func aCatalogIdIsNobodyElses() throws {
        var home = try ForeignHome()
        home.folders = ["~/weights"]
        home.catalog = [
            CatalogEntry(id: "tiny", title: "Tiny", file: "t.gguf", bytes: 1, sha256: "00", licence: "MIT")
        ]
        try home.write(ForeignHome.small, to: "weights/tiny.gguf")
        let library = try home.library
        #expect(library.listings(contextLength: 1).map(\.id) == ["tiny", "weights/tiny"])
        #expect(throws: ModelLibraryError.self) { try library.resolve("tiny") }
        #expect(try library.resolve("weights/tiny").entry == nil)
    }

    @Test func oneNameInTwoStoresIsOneModelOnlyWithTheSameWeights() throws {
        let home = try ForeignHome()
        let name = "registry.ollama.ai/library/tiny/1b"
        let shared = "../root/usr/share/ollama/.ollama/models"
        try home.addToOllama(name, [.init(kind: "model", bytes: ForeignHome.small)])
        try home.addToOllama(name, [.init(kind: "model", bytes: ForeignHome.small)], in: shared)
        #expect(try home.library.found.map { $0.places.map(\.id) } == [["ollama:tiny:1b", "ollama:tiny:1b"]])
        try home.addToOllama(name, [.init(kind: "model", bytes: ForeignHome.other)], in: shared)
        let library = try home.library
        #expect(library.found.map(\.id) == ["ollama:tiny:1b", "ollama:tiny:1b#2"])
        #expect(try library.resolve("ollama:tiny:1b#2").path.hasPrefix(home.folder.file("root/usr/share")))
    }

    @Test func splitFilesAreOneModel() throws {
        var home = try ForeignHome()
        home.folders = ["~/weights"]
        let parts = ForeignHome.parts()
        for (index, part) in parts.enumerated() {
            try home.write(part, to: "weights/tiny-Q4_0-0000\(index + 1)-of-00002.gguf")
        }
        try home.write(parts[1], to: "weights/broken-00002-of-00004.gguf")
        let library = try home.library
        let rows = library.found
        #expect(rows.map(\.id) == ["tiny-Q4_0", "broken"])
        let whole = TinyModel(.llama, seed: 3).writer()
        #expect(rows[0].parameters == whole.tensors.reduce(0) { $0 + Int($1.shape.reduce(1, *)) })
        #expect(rows[0].bytes == parts[0].count + parts[1].count)
        #expect(rows[0].obstacle == nil)
        #expect(try library.resolve("tiny-Q4_0").path.hasSuffix("tiny-Q4_0-00001-of-00002.gguf"))
        #expect(rows[1].obstacle?.hasPrefix("parts 1, 3, 4 are missing in ") == true)
        #expect(rows[1].availability == .partial(bytes: parts[1].count))
    }

    @Test func brokenAndForeignFilesAreRowsThatSayWhy() throws {
        var home = try ForeignHome()
        home.folders = ["~/weights"]
        var zebra = TinyModel(.llama)
        zebra.defects = [.unknownArchitecture("zebra\u{1B}[31m")]
        var unknownFormat = TinyModel(.llama)
        unknownFormat.defects = [.unknownFormat(tensor: "blk.1.ffn_up.weight", id: 16)]
        var adapter = TinyModel(.llama)
        adapter.defects = [.replacedKey("general.type", .string("adapter"))]
        let files: [String: [UInt8]] = [
            "page": Array("<html>not found</html>".utf8), "empty": [], "cut": Array(ForeignHome.small.prefix(900)),
            "zebra": zebra.writer().bytes, "format": unknownFormat.writer().bytes, "adapter": adapter.writer().bytes,
        ]
        for (name, bytes) in files { try home.write(bytes, to: "weights/\(name).gguf") }
        try home.link("weights/gone.gguf", to: "nowhere.gguf")
        #expect(mkfifo(home.path("weights/pipe.gguf"), 0o644) == 0)
        try home.write(ForeignHome.small, to: "weights/sound.gguf")
        let rows = try home.library.found
        #expect(rows.first?.id == "sound")
        #expect(rows.dropFirst().map(\.id) == ["adapter", "cut", "empty", "format", "gone", "page", "pipe", "zebra"])
        let expected = [
            "adapter": "'adapter', not a model", "cut": "cut short", "empty": "expected", "format": "IQ2_XXS",
            "gone": "leads to no file", "page": "a web page", "pipe": "leads to no file", "zebra": "isn't known here",
        ]
        for row in rows.dropFirst() {
            let obstacle = try #require(row.obstacle)
            #expect(obstacle.contains(expected[row.id] ?? "?"), "\(row.id): \(obstacle)")
            #expect(!obstacle.contains("\n") && !obstacle.contains("\u{1B}"))
            #expect(row.fit == nil)
        }
    }

    @Test func aSecondListingReadsNoHeaders() throws {
        var home = try ForeignHome()
        home.folders = ["~/weights"]
        try home.write(ForeignHome.small, to: "weights/a.gguf")
        let library = try home.library
        #expect(try library.row("a").architecture == "llama")
        // What can't be seen from outside isn't looked at: the same size, time and inode.
        let path = home.path("weights/a.gguf")
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        var info = stat()
        try #require(stat(path, &info) == 0)
        try handle.write(contentsOf: Data("GARBAGE!".utf8))
        try handle.close()
        var times = [info.st_atim, info.st_mtim]
        try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
        #expect(try library.row("a").architecture == "llama")
        // A changed time is seen.
        times[1].tv_sec += 1
        try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
        #expect(try library.row("a").obstacle?.contains("expected a GGUF file") == true)
        // What is remembered may be lost, or be nonsense.
        try home.write("nonsense".utf8, to: ".cache/diptych/outlines.json")
        #expect(try library.row("a").obstacle != nil)
    }

    @Test func anUnknownNameSuggestsWhatWasFound() throws {
        let home = try ForeignHome()
        try home.addToOllama("registry.ollama.ai/library/tiny/1b", [.init(kind: "model", bytes: ForeignHome.small)])
        let error = #expect(throws: ModelLibraryError.self) { try home.library.resolve("ollama:tiny:2b") }
        #expect(error?.description.contains("did you mean ollama:tiny:1b?") == true)
    }
}
