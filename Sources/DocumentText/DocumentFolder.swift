import Foundation

/// The documents of a folder and those below it.
public struct DocumentFolder: Sendable, Equatable {
    /// Relative to the folder, in the order of their bytes, so that every run sees them in the same one.
    public var paths: [String]
    /// How many other files were left out, by their names' endings; hidden ones aren't counted.
    public var leftOut: Int

    /// Endings of names that are taken for documents.
    public static let endings: Set<String> = ["pdf", "txt", "text", "md", "eml"]

    /// Lists a folder. Hidden files are left out, and links to folders aren't followed. Blocks.
    /// - Throws: ``DocumentError`` if the folder can't be read, or has no document.
    public init(_ folder: String) throws(DocumentError) {
        let files = FileManager.default
        let names: [String]
        do {
            names = try files.subpathsOfDirectory(atPath: folder)
        } catch {
            throw DocumentError(path: folder, reason: error.localizedDescription)
        }
        let visible = names.filter { name in
            guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else { return false }
            var status = stat()
            return stat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        }
        paths = visible.filter { Self.endings.contains(Self.ending(of: $0)) }.sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        leftOut = visible.count - paths.count
        guard !paths.isEmpty else {
            throw DocumentError(
                path: folder,
                reason: "expected files that end in .\(Self.endings.sorted().joined(separator: ", .")), found "
                    + (leftOut == 0 ? "none" : "\(leftOut) others"))
        }
    }

    private static func ending(of name: String) -> String {
        (name.lastIndex(of: ".").map { name[name.index(after: $0)...] } ?? "").lowercased()
    }
}
