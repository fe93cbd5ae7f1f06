import Foundation

extension ModelLibrary {
    /// What MODEL on the command line means: the path of a `.gguf` file or of a Hugging Face folder, or the catalog's id
    /// of a model that is here. A path that exists wins.
    ///
    /// - Throws: ``ModelLibraryError``.
    public func resolve(_ model: String) throws -> ResolvedModel {
        if model.hasPrefix("hf:") {
            throw ModelLibraryError.unsupported(name: model, kind: "a repository of the Hugging Face Hub")
        }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: model, isDirectory: &isFolder) {
            // A folder that happens to be called like a model shouldn't hide it.
            if !isFolder.boolValue || Self.isHuggingFaceFolder(model) {
                return ResolvedModel(path: model, name: (model as NSString).lastPathComponent)
            }
            if catalog[model] == nil { throw ModelLibraryError.folder(path: model) }
        } else if catalog[model] == nil, model.contains("/") || model.lowercased().hasSuffix(".gguf") {
            throw ModelLibraryError.noSuchFile(path: model)
        }
        let entry = try entry(model)
        return ResolvedModel(path: try path(of: entry.id), name: entry.id, entry: entry)
    }

    /// Whether a folder holds what Hugging Face publishes of a model, or at least its tokenizer.
    private static func isHuggingFaceFolder(_ path: String) -> Bool {
        ["config.json", "tokenizer.json", "vocab.txt"].contains {
            FileManager.default.fileExists(atPath: (path as NSString).appendingPathComponent($0))
        }
    }
}
