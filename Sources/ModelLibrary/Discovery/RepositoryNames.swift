/// Names the models of one repository of the Hub: `hf:org/repo:Q4_K_M`.
struct RepositoryNames {
    /// "hf:org/repo".
    let prefix: String
    private var taken: Set<String> = []

    init(prefix: String) {
        self.prefix = prefix
    }

    /// By its format, or by its whole stem where the name has none or another file has the same.
    mutating func id(of name: GGUFFileName) -> String {
        // Large models lie in folders that are called by the format.
        let folder = name.folder.split(separator: "/").last.flatMap { GGUFFileName.quantization(in: String($0)) }
        let labels = [name.quantization ?? folder, name.stem].compactMap { $0 }
        let label = labels.first { taken.insert($0).inserted } ?? name.stem
        return "\(prefix):\(label)"
    }
}

/// Folders as Hugging Face's tools write them: `config.json` beside weights in safetensors.
enum HuggingFaceFolders {
    /// Those among the folders of some files, in order.
    static func folders(among paths: [String]) -> [String] {
        var contents: [String: Set<String>] = [:]
        var order: [String] = []
        for path in paths {
            guard let slash = path.lastIndex(of: "/") else { continue }
            let folder = String(path[..<slash])
            if contents[folder] == nil { order.append(folder) }
            contents[folder, default: []].insert(String(path[path.index(after: slash)...]))
        }
        return order.filter { folder in
            let names = contents[folder] ?? []
            return names.contains("config.json")
                && (names.contains("model.safetensors") || names.contains("model.safetensors.index.json"))
        }
    }

    /// What an outline of the folder depends on.
    static func files(of folder: String) -> [String] {
        var walk = FolderWalk()
        return walk.names(in: folder).filter { $0.hasSuffix(".json") || $0.hasSuffix(".safetensors") }
            .map { "\(folder)/\($0)" }
    }
}
