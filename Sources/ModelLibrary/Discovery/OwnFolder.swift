/// This program's own data directory: what was pulled without the catalog, and what users put there.
/// Files of a repository of the Hub lie in `hf/ORG/REPO/`.
enum OwnFolder: ModelPlace {
    static let title = "Diptych"
    static let isOwn = true

    static func folders(in surroundings: Surroundings) -> [String] { [surroundings.ownFolder] }

    static func models(in folder: String, of surroundings: Surroundings, walk: inout FolderWalk) -> [FoundModel] {
        let files = walk.files(below: folder).filter { path in
            !surroundings.catalogFiles.contains { "\(folder)/\($0)" == path }
        }
        var repositories: [String: RepositoryNames] = [:]
        let sets = GGUFSet.sets(among: files).map { set in
            let digest = digest(of: set, in: folder)
            guard let match = set.name.folder.dropFirst(folder.count).prefixMatch(of: /\/hf\/([^\/]+\/[^\/]+)/) else {
                return set.model(id: set.name.stem, title: set.name.stem, digest: digest)
            }
            let repository = String(match.1)
            let id = repositories[repository, default: RepositoryNames(prefix: "hf:\(repository)")].id(of: set.name)
            return set.model(
                id: id, title: "\(repository) \(set.name.quantization ?? set.name.stem)", digest: digest)
        }
        return sets + ConfiguredFolders.folderModels(among: files)
    }

    /// What the pull noted that fetched the file.
    private static func digest(of set: GGUFSet, in folder: String) -> String? {
        guard let path = set.paths.first, let state = FileState(of: path) else { return nil }
        let files = ModelOrigin.read(from: path + ModelOrigin.suffix)?.files ?? []
        return files.first { "\(folder)/\($0.path)" == path && $0.bytes == state.bytes }?.sha256
    }

    static func removal(of model: FoundModel) -> String { "'diptych models remove \(model.id)'" }
}
