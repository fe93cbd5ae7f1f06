/// llama.cpp's cache as it was before it took over the Hugging Face cache's layout: flat, `ORG_REPO_FILE.gguf`, with
/// `.json` or `.etag` files beside it, and `.downloadInProgress` at the end of what isn't whole.
///
/// Source: llama.cpp's `common/download.cpp`.
enum LlamaCppCache: ModelPlace {
    static let title = "llama.cpp"
    private static let unfinished = ".downloadInProgress"

    static func folders(in surroundings: Surroundings) -> [String] {
        [surroundings.folder("LLAMA_CACHE") ?? surroundings.cache("llama.cpp")].compactMap { $0 }
    }

    static func models(in folder: String, of surroundings: Surroundings, walk: inout FolderWalk) -> [FoundModel] {
        let names = walk.names(in: folder)
        let paths = names.map { "\(folder)/\($0)" }.filter { !FolderWalk.isFolder($0) }
        let whole = GGUFSet.sets(among: paths).map { $0.model(id: "llama.cpp:\($0.name.stem)", title: $0.name.stem) }
        let begun = names.filter { $0.hasSuffix(unfinished) }.compactMap { name -> FoundModel? in
            let file = String(name.dropLast(unfinished.count))
            guard !names.contains(file), let stem = GGUFFileName(path: file)?.stem else { return nil }
            return FoundModel(
                id: "llama.cpp:\(stem)", title: stem, files: ["\(folder)/\(name)"],
                obstacle: "its download was interrupted: llama.cpp goes on with it")
        }
        return whole + begun
    }

    static func removal(of model: FoundModel) -> String {
        "delete \(model.files.first ?? "it") yourself: it lies in llama.cpp's cache"
    }
}
