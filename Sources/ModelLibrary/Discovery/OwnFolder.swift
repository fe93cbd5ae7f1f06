/// This program's own data directory: what was pulled without the catalog, and what users put there.
/// Files of a repository of the Hub lie in `hf/ORG/REPO/`.
enum OwnFolder: ModelPlace {
    static let title = "Diptych"
    static let isOwn = true

    static func folders(in surroundings: Surroundings) -> [String] { [surroundings.ownFolder] }

    static func models(in folder: String, of surroundings: Surroundings, walk: inout FolderWalk) -> [FoundModel] {
        let catalogFiles = Set(surroundings.catalogFiles.map { "\(folder)/\($0)" })
        let files = walk.files(below: folder).filter { !catalogFiles.contains(UnfinishedPull.wholePath(of: $0)) }
        var repositories: [String: RepositoryNames] = [:]
        // What a pull has begun with counts as its whole file here; of both there is one.
        let sets = GGUFSet.sets(among: Set(files.map { UnfinishedPull.wholePath(of: $0) }).sorted()).map { set in
            var (id, title) = (set.name.stem, set.name.stem)
            if let match = set.name.folder.dropFirst(folder.count).prefixMatch(of: /\/hf\/([^\/]+\/[^\/]+)/) {
                let repository = String(match.1)
                let prefix = HubReference.prefix + repository
                id = repositories[repository, default: RepositoryNames(prefix: prefix)].id(of: set.name)
                title = "\(repository) \(set.name.quantization ?? set.name.stem)"
            }
            guard let pull = UnfinishedPull(set, in: folder) else {
                return set.model(id: id, title: title, digest: digest(of: set, in: folder))
            }
            return FoundModel(id: id, title: title, files: pull.files, obstacle: pull.obstacle)
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
