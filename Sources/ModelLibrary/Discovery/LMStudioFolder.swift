import Foundation

/// LM Studio's models: `PUBLISHER/REPO/FILE.gguf`, as in the Hub, in a folder that its settings may move.
///
/// Its home is where `~/.lmstudio-home-pointer` says, else `~/.cache/lm-studio` where that is there, else
/// `~/.lmstudio`. Source: https://lmstudio.ai/docs/app/advanced/import-model and LM Studio's `lms-common-server`.
enum LMStudioFolder: ModelPlace {
    static let title = "LM Studio"

    static func folders(in surroundings: Surroundings) -> [String] {
        var homes = [surroundings.home(".lmstudio"), surroundings.home(".cache/lm-studio")].compactMap { $0 }
        if let pointer = surroundings.home(".lmstudio-home-pointer"),
            let contents = FolderWalk.contents(of: pointer, limit: 4096)
        {
            let home = String(decoding: contents, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            if home.hasPrefix("/") { homes.insert(home, at: 0) }
        }
        let settings = homes.compactMap { FolderWalk.contents(of: "\($0)/settings.json") }
        let moved = settings.compactMap { try? JSONDecoder().decode(Settings.self, from: $0).downloadsFolder }
        return moved.filter { $0.hasPrefix("/") } + homes.map { "\($0)/models" }
    }

    private struct Settings: Decodable {
        var downloadsFolder: String?
    }

    static func models(in folder: String, of surroundings: Surroundings, walk: inout FolderWalk) -> [FoundModel] {
        let files = walk.files(below: folder)
        var repositories: [String: RepositoryNames] = [:]
        func relative(_ path: String) -> String { String(path.dropFirst(folder.count + 1)) }
        let sets = GGUFSet.sets(among: files).map { set in
            let repository = relative(set.name.folder + "/").split(separator: "/").joined(separator: "/")
            let prefix = repository.isEmpty ? "lmstudio" : "lmstudio:\(repository)"
            let id = repositories[repository, default: RepositoryNames(prefix: prefix)].id(of: set.name)
            return set.model(id: id, title: "\(repository) \(set.name.quantization ?? set.name.stem)")
        }
        let incomplete = files.count { $0.hasSuffix(".part") }
        if incomplete > 0 { walk.note("\(folder): interrupted downloads: \(incomplete); LM Studio goes on with them") }
        return sets
            + HuggingFaceFolders.folders(among: files).map { path in
                FoundModel(id: "lmstudio:\(relative(path))", title: relative(path), files: [path])
            }
    }

    static func removal(of model: FoundModel) -> String { "remove it in LM Studio, under My Models" }
}
