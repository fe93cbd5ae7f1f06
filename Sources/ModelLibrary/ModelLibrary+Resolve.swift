import Configuration
import Foundation

extension ModelLibrary {
    /// What MODEL on the command line means: the path of a `.gguf` file or of a Hugging Face folder, the catalog's id of
    /// a model that is here, or the id of one that was found. A path that exists wins, then the catalog.
    ///
    /// - Throws: ``ModelLibraryError``.
    public func resolve(_ model: String) throws -> ResolvedModel {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: model, isDirectory: &isFolder) {
            // A folder that happens to be called like a model shouldn't hide it.
            if !isFolder.boolValue || Self.isHuggingFaceFolder(model) {
                return ResolvedModel(path: model, name: (model as NSString).lastPathComponent)
            }
        }
        if let entry = catalog[model]?.entry {
            return ResolvedModel(path: try path(of: entry.id), name: entry.id, entry: entry)
        }
        let discovery = discovery()
        if let found = find(model, in: discovery) {
            return ResolvedModel(path: try path(of: found), name: found.id)
        }
        if isFolder.boolValue { throw ModelLibraryError.folder(path: model) }
        if model.hasPrefix("hf:") { throw ModelLibraryError.notFetched(name: model) }
        let isName = ["ollama:", "lmstudio:", "llama.cpp:"].contains { model.hasPrefix($0) }
        if !isName, model.contains("/") || model.lowercased().hasSuffix(".gguf") {
            throw ModelLibraryError.noSuchFile(path: model)
        }
        throw unknown(model, discovery)
    }

    /// - Throws: ``ModelLibraryError`` where it isn't whole.
    func path(of found: Discovery.Found) throws -> String {
        guard let path = found.model.path else {
            throw ModelLibraryError.notWhole(id: found.id, obstacle: found.model.obstacle ?? "it isn't whole")
        }
        return path
    }

    func unknown(_ name: String, _ discovery: Discovery) -> ModelLibraryError {
        let known = catalog.models.map(\.entry.id)
        return ModelLibraryError.unknownModel(
            name: name, closest: ClosestName.of(name, among: known + discovery.ids), known: known)
    }

    /// Whether a folder holds what Hugging Face publishes of a model, or at least its tokenizer.
    private static func isHuggingFaceFolder(_ path: String) -> Bool {
        ["config.json", "tokenizer.json", "vocab.txt"].contains {
            FileManager.default.fileExists(atPath: (path as NSString).appendingPathComponent($0))
        }
    }
}
