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
        let files = files(of: entry)
        guard FileManager.default.fileExists(atPath: files.directory) else { return 0 }
        guard let lock = try FileLock(path: files.lock) else {
            throw ModelLibraryError.beingPulled(id: id, holder: FileLock.holder(of: files.lock))
        }
        defer { withExtendedLifetime(lock) {} }
        var freed = 0
        for path in [files.whole, files.partial, files.journal] {
            let size = ModelFiles.size(of: path) ?? 0
            guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path) }
            freed += size
        }
        freed += ModelFiles.totalSize(below: files.staging)
        try? FileManager.default.removeItem(atPath: files.staging)
        return freed
    }

    /// A model of the data directory that isn't in the catalog.
    private func ownModel(_ id: String) throws -> FoundModel {
        let discovery = discovery()
        guard let found = Self.find(id, in: discovery) else { throw unknown(id, discovery) }
        guard found.place.isOwn else { throw Self.refusal(found) }
        return found.model
    }

    private static func refusal(_ found: Discovery.Found) -> ModelLibraryError {
        .foreign(
            id: found.id, tool: found.place.title, path: found.model.files.first ?? "nothing whole",
            removal: found.place.removal(of: found.model))
    }

    /// Deletes a model's files, and what pulls wrote beside them.
    private func remove(_ model: FoundModel) throws -> Int {
        var freed = 0
        let files = model.files.filter { !FolderWalk.isFolder($0) }
        for path in files.flatMap({ file in ["", ".origin.json", ".part", ".part.json"].map { file + $0 } }) {
            let size = ModelFiles.size(of: path) ?? 0
            guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path) }
            freed += size
        }
        return freed
    }
}
