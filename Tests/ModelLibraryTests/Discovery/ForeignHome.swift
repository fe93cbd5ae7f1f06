import Configuration
import Foundation
import Reports
import Testing
import TransportTestSupport

import struct EngineTestSupport.GGUFWriter
import struct EngineTestSupport.SafetensorsWriter
import struct EngineTestSupport.TinyModel

@testable import ModelLibrary

/// A home in which other tools keep models, as they lay them out.
struct ForeignHome {
    let folder: TemporaryFolder
    var environment: Environment
    /// The configuration's `folders`.
    var folders: [String] = []
    var catalog: [CatalogEntry] = []

    /// Whole models of a few ten thousand weights.
    static let small = TinyModel(.llama, seed: 1).writer().bytes
    static let other = TinyModel(.qwen2, seed: 2).writer().bytes

    init() throws {
        folder = try TemporaryFolder()
        environment = Environment(["HOME": folder.file("home")])
    }

    var library: ModelLibrary {
        get throws {
            ModelLibrary(
                directories: try Directories(environment: environment),
                catalog: Catalog(models: catalog.map { CatalogModel(entry: $0, sources: []) }),
                environment: environment, folders: folders, root: folder.file("root"))
        }
    }

    func path(_ name: String) -> String { folder.file("home/\(name)") }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        try folder.write(bytes, to: "home/\(name)")
    }

    func link(_ name: String, to target: String) throws {
        let path = path(name)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }

    // MARK: Hugging Face

    static let hub = ".cache/huggingface/hub"
    static let commit = "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d"
    static let olderCommit = "0f0e0d0c0b0a09080706050403020100ffeeddcc"

    /// Puts a file into a repository's snapshot, as a link to its blob.
    func addToHub(
        _ repository: String, _ file: String, _ bytes: [UInt8], commit: String = Self.commit, in hub: String = Self.hub
    ) throws {
        let folder = "\(hub)/models--\(repository.replacing("/", with: "--"))"
        let digest = try LibraryFixture.digest(of: bytes)
        try write(bytes, to: "\(folder)/blobs/\(digest)")
        let up = String(repeating: "../", count: 2 + file.count { $0 == "/" })
        try link("\(folder)/snapshots/\(commit)/\(file)", to: up + "blobs/\(digest)")
        if commit == Self.commit { try write(commit.utf8, to: "\(folder)/refs/main") }
    }

    // MARK: Ollama

    struct Layer {
        var kind: String
        var bytes: [UInt8]
        /// As the manifest has it, where that isn't the truth.
        var size: Int?
        var isThere = true
        var separator = "-"
    }

    /// Puts a model into Ollama's store.
    /// - Parameter name: below `manifests/`.
    func addToOllama(_ name: String, _ layers: [Layer], in store: String = ".ollama/models") throws {
        var entries: [String] = []
        for layer in layers {
            let digest = try LibraryFixture.digest(of: layer.bytes)
            if layer.isThere { try write(layer.bytes, to: "\(store)/blobs/sha256\(layer.separator)\(digest)") }
            entries.append(
                #"{"mediaType":"application/vnd.ollama.image.\#(layer.kind)","digest":"sha256:\#(digest)","#
                    + #""size":\#(layer.size ?? layer.bytes.count)}"#)
        }
        let manifest = #"{"schemaVersion":2,"config":{"digest":""},"layers":[\#(entries.joined(separator: ","))]}"#
        try write(manifest.utf8, to: "\(store)/manifests/\(name)")
    }

    // MARK: Files

    /// The parts of a model in two files.
    static func parts(of model: TinyModel = TinyModel(.llama, seed: 3)) -> [[UInt8]] {
        model.writer().split(into: 2).map(\.bytes)
    }

    /// An encoder's folder, as far as its outline is concerned.
    static let encoder: [String: [UInt8]] = [
        "config.json": Array(
            #"{"model_type":"bert","hidden_size":32,"num_hidden_layers":2,"num_attention_heads":2,"#.utf8)
            + Array(#""intermediate_size":64,"max_position_embeddings":128}"#.utf8),
        "model.safetensors": SafetensorsWriter(tensors: [
            SafetensorsWriter.Tensor(
                name: "embeddings.word_embeddings.weight", shape: [10, 32], floats: [Float](repeating: 0, count: 320))
        ]).bytes,
    ]

    // MARK: Pictures

    /// All that can be seen of a folder and what lies below it: kinds, modes, sizes, times, contents, targets of links.
    func picture(of name: String = "home") throws -> [String: String] {
        var picture: [String: String] = [:]
        let top = folder.file(name)
        let names = try #require(FileManager.default.enumerator(atPath: top)).compactMap { $0 as? String }
        for path in [""] + names {
            let whole = "\(top)/\(path)"
            var info = stat()
            try #require(lstat(whole, &info) == 0)
            let times = "\(info.st_mtim.tv_sec).\(info.st_mtim.tv_nsec) \(info.st_ctim.tv_sec).\(info.st_ctim.tv_nsec)"
            var line = "\(info.st_mode) \(info.st_ino) \(info.st_nlink) \(info.st_size) \(times)"
            switch info.st_mode & S_IFMT {
            case S_IFLNK: line += " -> " + (try FileManager.default.destinationOfSymbolicLink(atPath: whole))
            case S_IFREG:
                line +=
                    " " + (try LibraryFixture.digest(of: Array(FileManager.default.contents(atPath: whole) ?? Data())))
            default: break
            }
            picture[path] = line
        }
        return picture
    }
}

extension ModelLibrary {
    /// The rows that aren't the catalog's.
    var found: [ModelListing] { listings(contextLength: 100).filter { $0.entry == nil } }

    func row(_ id: String) throws -> ModelListing {
        let rows = listings(contextLength: 100)
        return try #require(rows.first { $0.id == id }, "\(rows.map(\.id))")
    }
}
