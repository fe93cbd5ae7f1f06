import EngineTestSupport
import Foundation
import InferenceCore

@testable import Retrieval

/// A folder to index, and its index beside it.
struct SampleFolder {
    let temporary: TemporaryFolder
    var folder: String { "\(temporary.path)/folder" }
    var index: String { "\(temporary.path)/test.index" }

    init(_ files: [String: String] = Self.files) throws {
        temporary = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (path, text) in files { try write(text, as: path) }
    }

    static let files = [
        "guide.md": "# Guide\n\nHow to bake bread: flour, water, salt.\n\n## Ovens\n\nAn oven wants to be hot.\n",
        "notes/ships.txt": "Ships sail the sea.\n\nA harbour is where ships rest.\n",
        "code/Parser.swift": "/// Reads tokens.\nstruct Parser {\n    func parseTokens() -> Int { 1 }\n}\n",
    ]

    /// Files are old, so that their times can be trusted.
    func write(_ text: String, as path: String, age: Double = 3600) throws {
        let full = "\(folder)/\(path)"
        try FileManager.default.createDirectory(
            atPath: (full as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: full))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: full)
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(path)") }

    @discardableResult
    func build(
        _ encoder: ScriptedEncoder = ScriptedEncoder(), excluded: [String] = [],
        limits: IndexingLimits = IndexingLimits()
    ) async throws -> IndexSummary {
        let indexer = FolderIndexer(
            folder: folder, index: index, encoder: encoder, encoderName: "scripted", excluded: excluded, limits: limits)
        var summary: IndexSummary?
        for try await event in indexer.run() {
            if case .finished(let found) = event { summary = found }
        }
        guard let summary else { throw CancellationError() }
        return summary
    }

    func searcher(_ encoder: ScriptedEncoder? = ScriptedEncoder()) async throws -> Searcher {
        try await Searcher(index: index, encoder: encoder, runtime: Runtime(threads: 1))
    }
}
