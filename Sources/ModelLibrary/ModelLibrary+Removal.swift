import Foundation
import Reports
import Transport

extension ModelLibrary {
    /// Checks that a model is this program's to remove.
    ///
    /// - Throws: ``ModelLibraryError`` if the id is unknown, or the files are another tool's.
    public func checkRemoval(of id: String) throws {
        guard let entry = catalog[id]?.entry else {
            _ = try ownModel(id)
            return
        }
        let files = files(of: entry)
        guard !files.isWhole, files.partialBytes == 0 else { return }
        let group = discovery().groups.first { Self.holds($0, entry) }
        if let found = group?.first(where: { !$0.place.isOwn }) { throw Self.refusal(found) }
    }

    /// Deletes a model's file and whatever an interrupted pull left of it.
    ///
    /// - Returns: the bytes that are free again; 0 if nothing was here.
    /// - Throws: ``ModelLibraryError`` if the id is unknown, the files are another tool's or the model is being pulled;
    ///   `FileError`.
    public func remove(_ id: String) throws -> Int {
        try checkRemoval(of: id)
        guard let entry = catalog[id]?.entry else { return try remove(try ownModel(id)) }
        return try remove([files(of: entry)], of: id)
    }

    /// A model of the data directory that isn't in the catalog.
    private func ownModel(_ id: String) throws -> FoundModel {
        let discovery = discovery()
        guard let found = Self.choices(id, in: discovery).first else { throw unknown(id, discovery) }
        guard found.place.isOwn else { throw Self.refusal(found) }
        return found.model
    }

    private static func refusal(_ found: Discovery.Found) -> ModelLibraryError {
        .foreign(
            id: found.id, tool: found.place.title, path: found.model.files.first ?? "nothing whole",
            removal: found.place.removal(of: found.model))
    }

    private func remove(_ model: FoundModel) throws -> Int {
        var paths = model.files.filter { !FolderWalk.isFolder($0) }.map { UnfinishedPull.wholePath(of: $0) }
        // What belongs to the model as a whole lies beside its first part, even where that isn't here yet.
        if let first = paths.first.flatMap({ GGUFFileName(path: $0) })?.firstPath, !paths.contains(first) {
            paths.insert(first, at: 0)
        }
        return try remove(paths.map { ModelFiles(path: $0) }, of: model.id)
    }

    /// Deletes a model's files, and what pulls wrote beside them. Whoever pulls a model holds the first one's lock.
    private func remove(_ files: [ModelFiles], of id: String) throws -> Int {
        guard let first = files.first, FileManager.default.fileExists(atPath: first.directory) else { return 0 }
        guard let lock = try FileLock(path: first.lock) else {
            throw ModelLibraryError.beingPulled(id: id, holder: FileLock.holder(of: first.lock))
        }
        defer { withExtendedLifetime(lock) {} }
        return try files.reduce(0) { $0 + (try $1.remove()) }
    }
}
