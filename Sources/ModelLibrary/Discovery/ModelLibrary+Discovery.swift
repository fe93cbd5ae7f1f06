import Foundation
import Reports

/// A folder that models were looked for in.
public struct ModelFolder: Sendable, Equatable {
    /// Whose it is: "Ollama".
    public var tool: String
    public var path: String
    public var isThere: Bool
    /// How many models it has that can be opened.
    public var models: Int
    /// What their files take.
    public var bytes: Int
    /// How many it has besides that can't: not whole, damaged, of a kind that isn't known here.
    public var unusableModels: Int
}

/// Where models are on this machine.
public struct ModelWhereabouts: Sendable, Equatable {
    /// Of the catalog's models that are here, by id.
    public var paths: [String: String]
    /// All that were looked through, whether they are there or not.
    public var folders: [ModelFolder]
    /// What was passed over while looking, and why, one line each.
    public var notes: [String]
}

extension ModelLibrary {
    /// Where models are, without writing anything. Of those whose headers aren't known yet they are read.
    public func whereabouts() -> ModelWhereabouts {
        let discovery = discovery()
        let paths = catalog.models.map { model in
            (model.entry.id, try? path(of: model.entry, in: discovery))
        }
        var memory = OutlineMemory(path: outlineMemoryPath)
        let folders = discovery.folders.map { folder in
            let usable = folder.models.filter { memory.isSound($0) }
            return ModelFolder(
                tool: folder.tool, path: folder.path, isThere: folder.isThere, models: usable.count,
                bytes: Discovery.bytes(of: usable), unusableModels: folder.models.count - usable.count)
        }
        return ModelWhereabouts(
            paths: Dictionary(uniqueKeysWithValues: paths).compactMapValues { $0 },
            folders: folders, notes: discovery.notes)
    }

    /// The path of a catalog model's file, in the data directory or at another tool's.
    ///
    /// - Throws: ``ModelLibraryError`` if it is nowhere.
    func path(of entry: CatalogEntry, in discovery: @autoclosure () -> Discovery) throws -> String {
        let files = files(of: entry)
        if files.isWhole { return files.whole }
        let group = discovery().groups.first { Self.holds($0, entry) }
        if let found = group?.first(where: { $0.model.path != nil }) { return try path(of: found) }
        throw ModelLibraryError.notOnDisk(id: entry.id, bytes: entry.bytes, directory: files.directory)
    }

    /// Where headers that were read are remembered.
    var outlineMemoryPath: String { directories.cache + "/outlines.json" }

    /// Looks through the places of all tools.
    func discovery() -> Discovery {
        let hashes = fingerprintMemory.hashes
        return Discovery(surroundings, reserved: Set(catalog.models.map(\.entry.id))) { path in
            FileState(of: path).flatMap { state in hashes[path].flatMap { $0.state == state ? $0.sha256 : nil } }
        }
    }

    /// What a name means among what was found: the first of ``choices(_:in:)`` that can be opened, if there is one.
    func find(_ name: String, in discovery: Discovery) -> Discovery.Found? {
        let choices = Self.choices(name, in: discovery)
        guard Set(choices.map(\.id)).count > 1 else { return choices.first }
        var memory = OutlineMemory(path: outlineMemoryPath)
        defer { memory.save() }
        return choices.first { memory.isSound($0.model) } ?? choices.first
    }

    /// What a name may mean among what was found, the likeliest first: an id, or `hf:org/repo[:QUANT]`, where QUANT is a
    /// format, a file's name or its path in the repository; without it the format that a pull would take, else any.
    static func choices(_ name: String, in discovery: Discovery) -> [Discovery.Found] {
        let exact = discovery[name].map { [$0] } ?? []
        guard name.hasPrefix(HubReference.prefix) else {
            // Ollama takes this tag for granted.
            guard exact.isEmpty, name.hasPrefix("ollama:") else { return exact }
            return discovery["\(name):latest"].map { [$0] } ?? []
        }
        let parts = name.dropFirst(HubReference.prefix.count).split(separator: ":", maxSplits: 1)
            .map { $0.lowercased() }
        guard let repository = parts.first else { return exact }
        let candidates = discovery.groups.flatMap { $0 }.filter { $0.id.lowercased().hasPrefix("hf:\(repository):") }
        func all(_ label: String) -> [Discovery.Found] {
            candidates.filter { $0.model.isQuantized(label) } + candidates.filter { $0.model.isFile(label) }
        }
        return exact + (parts.count == 2 ? all(parts[1]) : all("q4_k_m") + all("q8_0") + candidates)
    }
}

extension FoundModel {
    private var fileName: GGUFFileName? {
        files.first.flatMap { GGUFFileName(path: UnfinishedPull.wholePath(of: $0)) }
    }

    /// - Parameter format: in lower case.
    fileprivate func isQuantized(_ format: String) -> Bool {
        let own = fileName?.quantization?.lowercased()
        return own == format || own == "ud-\(format)"
    }

    /// - Parameter name: a file's, or its path in a repository, or what it is called without its ending; in lower case.
    fileprivate func isFile(_ name: String) -> Bool {
        fileName?.stem.lowercased() == name || files.contains { "/\($0.lowercased())".hasSuffix("/\(name)") }
    }
}
