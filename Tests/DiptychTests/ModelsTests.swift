import Configuration
import EngineTestSupport
import Foundation
import ModelLibrary
import Reports
import Testing

@testable import diptych

@Suite("models")
final class ModelsTests {
    private let home = FileManager.default.temporaryDirectory.appending(path: "diptych-models-\(UUID().uuidString)")
    private let environment: Environment
    private let library: ModelLibrary

    init() throws {
        environment = Environment(["HOME": home.path(), "PATH": "/nowhere"])
        library = ModelLibrary(
            directories: try Directories(environment: environment),
            catalog: Catalog(models: [
                Self.model("small-one", bytes: 3, role: .small), Self.model("large-one", bytes: 1 << 60, role: .large),
                Self.model("other", bytes: 5, role: nil),
            ]),
            environment: environment, root: home.path(percentEncoded: false))
    }

    deinit {
        try? FileManager.default.removeItem(at: home)
    }

    private static func model(_ id: String, bytes: Int, role: CatalogEntry.Role?) -> CatalogModel {
        let entry = CatalogEntry(
            id: id, title: id.uppercased(), note: role == nil ? "a note" : nil, role: role, file: "\(id).gguf",
            bytes: bytes, sha256: String(repeating: "0", count: 64), licence: "MIT", parameters: 7)
        return CatalogModel(
            entry: entry, sources: [.pyPI(PyPIPackages(packages: ["x==1"], member: "y"))])
    }

    private func putSmallModel() throws {
        let folder = home.appending(path: ".local/share/diptych/models")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data([1, 2, 3]).write(to: folder.appending(path: "small-one.gguf"))
    }

    @Test("list shows what is here, what fits and who is the default")
    func list() throws {
        try putSmallModel()
        let text = ModelListDocument(library, contextLength: 100).text
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines[0] == ["MODEL", "SIZE", "STATE", "MEMORY", "LICENCE"])
        #expect(lines[1] == ["small-one", "3", "B", "on", "disk", "33.6", "MB", "MIT"])
        #expect(lines[2] == ["large-one", "1.15", "EB", "not", "here", "1.22", "EB!", "MIT"])
        #expect(text.contains("the small model is small-one,\nthe large model is large-one."))
        #expect(text.contains("other: a note."))
        #expect(text.contains("(! is more than that)"))
    }

    @Test("list --json has a field for everything")
    func listDocument() throws {
        try putSmallModel()
        let text = try ModelListDocument(library, contextLength: 100).encoded()
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["schema"] as? Int == 1)
        #expect(object["context_length"] as? Int == 100)
        let models = try #require(object["models"] as? [[String: Any]])
        #expect(models.map { $0["state"] as? String } == ["on_disk", "remote", "remote"])
        #expect(models[0]["path"] as? String == library.directories.models + "/small-one.gguf")
        #expect(models.map { $0["fits"] as? Bool } == [true, false, true])
        #expect(models.map { $0["role"] as? String } == ["small", "large", nil])
        #expect(models[2]["note"] as? String == "a note")
        #expect(models[2]["needed_bytes"] as? Int == 5 + (32 << 20))
        #expect(models[2]["parameters"] as? Int == 7)
    }

    @Test("list shows what other tools have, with long names, other names and what can't be opened")
    func listOfFound() throws {
        let digest = String(repeating: "a", count: 64)
        let store = ".ollama/models"
        try write(TinyModel(.llama).writer().bytes, to: "\(store)/blobs/sha256-\(digest)")
        let layer = #"{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:\#(digest)"}"#
        let system =
            #"{"mediaType":"application/vnd.ollama.image.system","digest":"sha256:\#(digest.replacing("a", with: "b"))"}"#
        try write(Array("Be terse.".utf8), to: "\(store)/blobs/sha256-\(digest.replacing("a", with: "b"))")
        for tag in ["1b", "latest"] {
            try write(
                Array(#"{"layers":[\#(layer),\#(system)]}"#.utf8),
                to: "\(store)/manifests/registry.ollama.ai/library/tiny/\(tag)")
        }
        let folder = ".lmstudio/models/somebody/A-Model-With-A-Long-Name-GGUF"
        try write(TinyModel(.qwen2).writer().bytes, to: "\(folder)/long-Q4_0.gguf")
        try write(Array("<html>".utf8), to: "\(folder)/page-Q8_0.gguf")
        let document = ModelListDocument(library, contextLength: 100)
        let lines = document.text.split(separator: "\n").map(String.init)
        // Paths are as long as they are.
        #expect(lines.allSatisfy { $0.count <= 80 || $0.contains(home.path()) })
        let heading = try #require(lines.firstIndex { $0.hasPrefix("ALSO HERE") })
        let columns = ["SIZE", "WEIGHTS", "FAMILY", "FORMAT", "CONTEXT", "MEMORY", "WHERE"]
        #expect(lines[heading + 1].split(separator: " ").map(String.init) == columns)
        #expect(lines[heading + 2] == "ollama:tiny:1b")
        let words = lines[heading + 3].split(separator: " ").map(String.init)
        #expect(words[3...6] == ["K", "llama", "F32", "256"] && words.last == "Ollama")
        #expect(lines[heading + 4] == "lmstudio:somebody/A-Model-With-A-Long-Name-GGUF:Q4_0")
        #expect(lines[heading + 5].hasPrefix("  ") && lines[heading + 5].hasSuffix("  LM Studio"))
        #expect(lines[heading + 6] == "Found, but not to be opened:")
        #expect(lines[heading + 7].hasPrefix("  lmstudio:somebody/A-Model-With-A-Long-Name-GGUF:Q8_0: "))
        #expect(lines.contains("ollama:tiny:1b is also ollama:tiny:latest."))
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(document.encoded().utf8)) as? [String: Any])
        let models = try #require(object["models"] as? [[String: Any]]).dropFirst(3)
        #expect(models.map { $0["state"] as? String } == ["on_disk", "on_disk", "on_disk"])
        #expect(models.map { $0["architecture"] as? String } == ["llama", "qwen2", nil])
        #expect(models.map { $0["obstacle"] != nil } == [false, false, true])
        let places = try #require(models.first?["places"] as? [[String: Any]])
        #expect(places.map { $0["system"] as? String } == ["Be terse.", "Be terse."])
        #expect(models.first?["licence"] == nil && models.first?["sha256"] == nil)
    }

    @Test("remove refuses what other tools have before anything is removed")
    func removeForeign() throws {
        try putSmallModel()
        try write(TinyModel(.llama).writer().bytes, to: ".cache/llama.cpp/a.gguf")
        let error = #expect(throws: ModelLibraryError.self) {
            try ModelRemovalDocument(removing: ["small-one", "llama.cpp:a"], from: library)
        }
        #expect(error?.description.contains("belongs to llama.cpp") == true)
        #expect(try library.path(of: "small-one").hasSuffix("small-one.gguf"))
    }

    @Test("doctor tells which caches were found and changes nothing")
    func doctor() throws {
        try write(TinyModel(.llama).writer().bytes, to: ".cache/llama.cpp/a.gguf")
        try write([], to: ".cache/llama.cpp/empty.gguf")
        try FileManager.default.createDirectory(
            at: home.appending(path: ".ollama/models"), withIntermediateDirectories: true)
        let before = try FileManager.default.subpathsOfDirectory(atPath: home.path()).sorted()
        let document = DoctorDocument(environment: environment)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: home.path()).sorted() == before)
        let caches = document.caches.filter { $0.path.hasPrefix(home.path()) }
        #expect(caches.map(\.tool) == ["Ollama", "llama.cpp"])
        #expect(caches.map(\.models) == [0, 1])
        #expect(document.text.contains("Caches found\n"))
        #expect(caches.map(\.unusableModels) == [0, 1])
        #expect(document.text.contains("1 model, "))
        #expect(document.text.contains("; 1 can't be opened\n"))
    }

    private func write(_ bytes: [UInt8], to name: String) throws {
        let url = home.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    @Test("what is here already is pulled without a word")
    func pullOfWhatIsHere() async throws {
        try putSmallModel()
        let errors = MemoryOutput()
        let run = PullRun(library: library, environment: environment, errors: errors.output)
        let document = try await run.run(["small-one"])
        #expect(document.text == library.directories.models + "/small-one.gguf\n")
        #expect(errors.text == "")
    }

    @Test("an unknown id ends a pull before anything is fetched")
    func pullOfUnknown() async {
        let errors = MemoryOutput()
        let run = PullRun(library: library, environment: environment, errors: errors.output)
        await #expect(throws: ModelLibraryError.self) { try await run.run(["other", "unknown"]) }
        #expect(errors.text == "")
    }

    @Test("without ids the default pair is pulled, and a failure says what to do")
    func pullOfTheDefaultPair() async throws {
        let errors = MemoryOutput()
        let run = PullRun(library: library, environment: environment, errors: errors.output)
        let error = await #expect(throws: PullError.self) { try await run.run([]) }
        #expect(error.map { String(oneLine: $0) }?.contains("install it with") == true)
        #expect(errors.text.hasPrefix("diptych: pulling SMALL-ONE, 3 B, licence: MIT\n"))
        #expect(!errors.text.contains("\u{1B}"))
    }

    @Test("remove says what is free again")
    func remove() throws {
        try putSmallModel()
        let document = try ModelRemovalDocument(removing: ["small-one", "other"], from: library)
        #expect(document.text == "small-one: removed, 3 B are free again\nother: was not here\n")
        #expect(try library.remove("small-one") == 0)
    }

    @Test("an unknown id removes nothing")
    func removeUnknown() throws {
        try putSmallModel()
        #expect(throws: ModelLibraryError.self) {
            try ModelRemovalDocument(removing: ["small-one", "unknown"], from: library)
        }
        #expect(try library.path(of: "small-one").hasSuffix("small-one.gguf"))
    }
}
