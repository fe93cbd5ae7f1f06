import Foundation

/// The cache that Hugging Face's libraries share, and llama.cpp since it took over their layout:
/// `models--ORG--REPO/{refs,snapshots,blobs}`. Snapshots link to blobs, which are named by SHA-256 where they are large;
/// where links can't be made, the files lie in the snapshots themselves.
///
/// Source: https://huggingface.co/docs/huggingface_hub/guides/manage-cache; llama.cpp's `common/hf-cache.cpp`.
enum HuggingFaceCache: ModelPlace {
    static let title = "Hugging Face"

    static func folders(in surroundings: Surroundings) -> [String] {
        let shared =
            surroundings.folder("HF_HUB_CACHE") ?? surroundings.folder("HUGGINGFACE_HUB_CACHE")
            ?? surroundings.folder("HF_HOME").map { "\($0)/hub" } ?? surroundings.cache("huggingface/hub")
        return [shared, surroundings.folder("LLAMA_CACHE")].compactMap { $0 }
    }

    static func models(in folder: String, of surroundings: Surroundings, walk: inout FolderWalk) -> [FoundModel] {
        let names = walk.names(in: folder).filter { $0.hasPrefix("models--") }
        return names.flatMap { name in
            let repository = String(name.dropFirst("models--".count)).replacing("--", with: "/")
            return models(ofRepository: repository, in: "\(folder)/\(name)", walk: &walk)
        }
    }

    static func removal(of model: FoundModel) -> String {
        let repository = model.id.dropFirst("hf:".count).prefix { $0 != ":" && $0 != "@" }
        return "'hf cache rm model/\(repository)', or with the tool that fetched it"
    }

    private static func models(
        ofRepository repository: String, in folder: String, walk: inout FolderWalk
    ) -> [FoundModel] {
        let incomplete = walk.names(in: "\(folder)/blobs").count { $0.hasSuffix(".incomplete") }
        if incomplete > 0 {
            walk.note(
                "\(folder)/blobs: interrupted downloads: \(incomplete); fetch them again with the tool that began them")
        }
        var models: [FoundModel] = []
        for (index, snapshot) in snapshots(in: folder, walk: &walk).enumerated() {
            // Older snapshots say which they are.
            let prefix = "hf:\(repository)" + (index == 0 ? "" : "@\(snapshot.prefix(7))")
            var names = RepositoryNames(prefix: prefix)
            let files = walk.files(below: "\(folder)/snapshots/\(snapshot)")
            models += GGUFSet.sets(among: files).map { set in
                set.model(
                    id: names.id(of: set.name), title: "\(repository) \(set.name.quantization ?? set.name.stem)",
                    digest: set.paths.first.flatMap { digest(ofBlobAt: $0) })
            }
            models += HuggingFaceFolders.folders(among: files).map { path in
                let below = path.dropFirst("\(folder)/snapshots/\(snapshot)".count).dropFirst()
                return FoundModel(
                    id: prefix + (below.isEmpty ? "" : ":\(below)"), title: repository, files: [path],
                    obstacle: brokenLink(in: path, among: files))
            }
        }
        return models
    }

    /// The commits that are here: what `main` stands for first, then what other names stand for.
    private static func snapshots(in folder: String, walk: inout FolderWalk) -> [String] {
        let present = walk.names(in: "\(folder)/snapshots").filter { FolderWalk.isFolder("\(folder)/snapshots/\($0)") }
        let main = "\(folder)/refs/main"
        let references = walk.files(below: "\(folder)/refs").filter { $0 != main }
        let named = ([main] + references).compactMap { path in
            FolderWalk.contents(of: path, limit: 1024).map {
                String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            }
        }
        var seen: Set<String> = []
        return (named.filter { present.contains($0) } + present).filter { seen.insert($0).inserted }
    }

    /// The SHA-256 that a blob is named by; nil for small files, which are named otherwise, and for plain ones.
    private static func digest(ofBlobAt path: String) -> String? {
        guard let target = realpath(path, nil) else { return nil }
        defer { free(target) }
        let parts = String(cString: target).split(separator: "/")
        guard let name = parts.last, parts.dropLast().last == "blobs", name.wholeMatch(of: /[0-9a-f]{64}/) != nil
        else { return nil }
        return String(name)
    }

    private static func brokenLink(in folder: String, among files: [String]) -> String? {
        files.first { $0.hasPrefix(folder + "/") && $0.hasSuffix(".safetensors") && FileState(of: $0) == nil }
            .map { "\($0) leads to no file: fetch it again with the tool that did" }
    }
}
