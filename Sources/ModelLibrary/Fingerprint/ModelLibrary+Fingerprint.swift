import Foundation
import Transport

extension ModelLibrary {
    /// The SHA-256 of a model's file. A file that was fetched isn't read again; of others the hash is remembered in the
    /// cache directory. Blocks: reading takes about a second a gigabyte.
    /// - Returns: nil for a folder, which has no hash of its own.
    /// - Throws: what reading the file throws.
    public func fingerprint(of model: ResolvedModel) throws -> ModelFingerprint? {
        guard let state = FileState(of: model.path) else { return nil }
        if let entry = model.entry, entry.bytes == state.bytes {
            return ModelFingerprint(sha256: entry.sha256, source: .catalog)
        }
        let memory = fingerprintMemory
        if let known = memory.hash(of: model.path, state) {
            return ModelFingerprint(sha256: known, source: .remembered)
        }
        let hash = try Self.sha256(ofFile: model.path)
        memory.remember(hash, of: model.path, state)
        return ModelFingerprint(sha256: hash, source: .computed)
    }

    var fingerprintMemory: FingerprintMemory { FingerprintMemory(path: directories.cache + "/fingerprints.json") }

    static func sha256(ofFile path: String) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        var hash = try SHA256()
        while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
            try chunk.withUnsafeBytes { try hash.update($0) }
        }
        return try hash.finish()
    }
}

/// Hashes of files that were read, in a file that may be lost: then they are read again.
struct FingerprintMemory {
    struct Entry: Codable {
        var state: FileState
        var sha256: String
    }

    let path: String

    func hash(of file: String, _ state: FileState) -> String? {
        hashes[file].flatMap { $0.state == state ? $0.sha256 : nil }
    }

    func remember(_ hash: String, of file: String, _ state: FileState) {
        var entries = hashes
        entries[file] = Entry(state: state, sha256: hash)
        guard let data = try? JSONEncoder().encode(entries) else { return }
        let url = URL(filePath: path)
        try? FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? data.write(to: url, options: .atomic)
    }

    /// All that is remembered, by path.
    var hashes: [String: Entry] {
        guard let data = FileManager.default.contents(atPath: path) else { return [:] }
        return (try? JSONDecoder().decode([String: Entry].self, from: data)) ?? [:]
    }
}
