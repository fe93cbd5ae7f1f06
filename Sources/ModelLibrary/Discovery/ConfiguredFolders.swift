/// The folders that `config.yaml` names.
enum ConfiguredFolders: ModelPlace {
    static let title = "config.yaml"

    static func folders(in surroundings: Surroundings) -> [String] {
        surroundings.configuredFolders.map { surroundings.expanded($0) }
    }

    static func models(in folder: String, of surroundings: Surroundings, walk: inout FolderWalk) -> [FoundModel] {
        guard FolderWalk.isFolder(folder) else {
            walk.note("\(folder): no such folder; correct 'folders' in config.yaml")
            return []
        }
        let files = walk.files(below: folder)
        return GGUFSet.sets(among: files).map { $0.model(id: $0.name.stem, title: $0.name.stem) }
            + folderModels(among: files)
    }

    static func removal(of model: FoundModel) -> String {
        "delete \(model.files.first ?? "it") yourself: it lies in a folder of config.yaml"
    }

    /// Hugging Face folders, called by their names.
    static func folderModels(among files: [String]) -> [FoundModel] {
        HuggingFaceFolders.folders(among: files).map { folder in
            let name = folder.split(separator: "/").last.map { String($0) } ?? folder
            return FoundModel(id: name, title: name, files: [folder])
        }
    }
}
