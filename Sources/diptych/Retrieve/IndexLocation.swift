import Configuration
import Foundation
import Transport

/// Where the index of a folder is, unless the command line says otherwise: among this program's data, since folders such as
/// `/usr/share/doc` aren't the user's to write to.
struct IndexLocation {
    let directories: Directories

    private var folder: String { directories.data + "/indexes" }

    /// `…/indexes/NAME-HASH.index`, the hash of the folder's absolute path.
    /// - Throws: `DigestError`
    func path(ofFolder folder: String) throws -> String {
        var hash = try SHA256()
        var absolute = folder
        try absolute.withUTF8 { try hash.update(UnsafeRawBufferPointer($0)) }
        let name = (folder as NSString).lastPathComponent
        let safe = name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" }
        return "\(self.folder)/\(String(safe.prefix(40)))-\(try hash.finish().prefix(12)).index"
    }

    /// What INDEX on the command line means: an index file, or a folder that was indexed.
    /// - Throws: ``CommandFailure`` where there is none.
    func path(of argument: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) else {
            throw CommandFailure(
                message:
                    "\(argument): expected an index file or a folder that was indexed, found nothing; make an index "
                    + "with 'diptych retrieve index FOLDER'")
        }
        guard isFolder.boolValue else { return argument }
        let path = try path(ofFolder: Self.absolute(argument))
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                message: "\(argument): expected a folder that was indexed, found no index of it; make one with "
                    + "'diptych retrieve index \(argument)'")
        }
        return path
    }

    /// Makes the folder that an index will be in.
    static func makeFolder(of path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        guard !folder.isEmpty else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// The absolute path of a folder that is to be indexed.
    /// - Throws: ``CommandFailure`` where there is no such folder.
    static func absolute(folder: String) throws -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw CommandFailure(message: "\(folder): expected a folder, found none; name one that is here")
        }
        return absolute(folder)
    }

    /// Without links, so that a folder has one index whatever way leads to it.
    static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
