import Foundation

/// Ollama's models: `manifests/HOST/NAMESPACE/MODEL/TAG` says which blobs make a model.
///
/// Its templates are written in Go's language, which chat templates here aren't: the model file's own is used.
/// Source: https://docs.ollama.com/faq and Ollama's `manifest` and `types/model`.
enum OllamaStore: ModelPlace {
    static let title = "Ollama"
    private static let host = "registry.ollama.ai"
    private static let namespace = "library"

    static func folders(in surroundings: Surroundings) -> [String] {
        // The service has a user of its own, whose home the packagers choose.
        let shared = [
            "/usr/share/ollama/.ollama/models", "/var/lib/ollama", "/var/lib/ollama/models",
            "/var/lib/ollama/.ollama/models",
        ]
        let own = surroundings.folder("OLLAMA_MODELS") ?? surroundings.home(".ollama/models")
        return (own.map { [$0] } ?? []) + shared.map { surroundings.root + $0 }
    }

    static func models(in folder: String, of surroundings: Surroundings, walk: inout FolderWalk) -> [FoundModel] {
        let partial = Set(
            walk.names(in: "\(folder)/blobs").compactMap { name in
                name.firstRange(of: "-partial").map { String(name[..<$0.lowerBound]) }
            })
        if !partial.isEmpty {
            walk.note("\(folder)/blobs: interrupted downloads: \(partial.count); 'ollama pull' goes on with them")
        }
        var seen: Set<String> = []
        return ["manifests-v2", "manifests"].flatMap { manifests -> [FoundModel] in
            let top = "\(folder)/\(manifests)"
            return walk.files(below: top).compactMap { path in
                guard let name = name(ofManifestAt: path.dropFirst(top.count)), seen.insert(name).inserted else {
                    return nil
                }
                return model(named: name, manifest: path, blobs: OllamaBlobs(store: folder))
            }
        }
    }

    static func removal(of model: FoundModel) -> String { "'ollama rm \(model.id.dropFirst("ollama:".count))'" }

    /// As Ollama shows it: without the host and the namespace that it takes for granted.
    private static func name(ofManifestAt path: Substring) -> String? {
        let parts = path.split(separator: "/")
        guard parts.count == 4 else { return nil }
        let model = "\(parts[2]):\(parts[3])"
        guard parts[0] == host else { return "\(parts[0])/\(parts[1])/\(model)" }
        return parts[1] == namespace ? model : "\(parts[1])/\(model)"
    }

    private static func model(named name: String, manifest path: String, blobs: OllamaBlobs) -> FoundModel {
        var model = FoundModel(id: "ollama:\(name)", title: name, files: [])
        model.isWhole = false
        guard let manifest = manifest(at: path, blobs: blobs) else {
            model.obstacle = "\(path) can't be read as a manifest: 'ollama pull \(name)' writes it anew"
            return model
        }
        model.system = blobs.contents(of: manifest["system"]).map { String(decoding: $0, as: UTF8.self) }
        model.parameters = parameters(blobs.contents(of: manifest["params"]))
        guard let weights = manifest["model"] else {
            model.obstacle =
                manifest["tensor"] == nil
                ? "nothing of it is here: it runs on Ollama's servers, or its manifest names no weights"
                : "its tensors are single files, which only Ollama opens"
            return model
        }
        guard let blob = blobs.path(of: weights.digest) else {
            model.obstacle = "the weights that \(path) names are missing: 'ollama pull \(name)' fetches them"
            return model
        }
        model.files = [blob]
        model.digest = OllamaBlobs.hexadecimal(weights.digest)
        if let size = weights.size, size != model.fileBytes {
            model.digest = nil
            model.obstacle = "\(blob) has \(model.fileBytes) bytes of \(size): 'ollama pull \(name)' fetches it again"
            return model
        }
        model.isWhole = true
        if manifest["adapter"] != nil {
            model.obstacle = "it is a model with an adapter, which isn't applied here: only Ollama runs it as it is"
        }
        return model
    }

    private static func manifest(at path: String, blobs: OllamaBlobs) -> OllamaManifest? {
        func read(_ path: String) -> OllamaManifest? {
            FolderWalk.contents(of: path).flatMap { try? JSONDecoder().decode(OllamaManifest.self, from: $0) }
        }
        guard let manifest = read(path)?.readable else { return nil }
        // A list may only refer to its members, which are blobs then.
        guard manifest.layers == nil, manifest.config == nil else { return manifest }
        return blobs.path(of: manifest.digest).flatMap { read($0) }
    }

    /// Names and values as they are written, a list for each.
    private static func parameters(_ data: Data?) -> [String: [String]] {
        guard let data, let object = try? JSONDecoder().decode([String: OllamaParameter].self, from: data) else {
            return [:]
        }
        return object.mapValues(\.values)
    }
}

/// A value of Ollama's parameters.
private struct OllamaParameter: Decodable {
    let values: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let list = try? container.decode([OllamaParameter].self) {
            values = list.flatMap(\.values)
        } else if let flag = try? container.decode(Bool.self) {
            values = ["\(flag)"]
        } else if let number = try? container.decode(Int.self) {
            values = ["\(number)"]
        } else if let number = try? container.decode(Double.self) {
            values = ["\(number)"]
        } else {
            values = (try? container.decode(String.self)).map { [$0] } ?? []
        }
    }
}
