import Reports

/// The models that are on this machine already, each once, with all the places where its weights are.
///
/// Weights are the same where both places name them by one SHA-256, or where both paths lead to one file. Nothing of
/// the weights is read for that.
struct Discovery: Sendable {
    /// A model in its place.
    struct Found: Sendable {
        let place: any ModelPlace.Type
        /// Of no other weights, and none of the catalog's.
        let id: String
        let model: FoundModel
    }

    /// A folder that was looked through.
    struct Folder: Sendable, Equatable {
        let tool: String
        let path: String
        let isThere: Bool
        let models: [FoundModel]
    }

    /// Those with the same weights together, in the order of the places.
    private(set) var groups: [[Found]] = []
    private(set) var folders: [Folder] = []
    /// What was passed over and why.
    private(set) var notes: [String] = []

    /// Looks through all places.
    /// - Parameters:
    ///   - reserved: ids that models of the catalog have.
    ///   - knownHash: the SHA-256 of a file, where it is known without reading it.
    init(
        _ surroundings: Surroundings, reserved: Set<String>, walk: FolderWalk = FolderWalk(),
        knownHash: (String) -> String? = { _ in nil }
    ) {
        var names = UniqueNames(taken: reserved)
        var merging = Merging()
        var seen: [String: Set<FileIdentity>] = [:]
        for place in ModelPlaces.all {
            for path in place.folders(in: surroundings) {
                let identity = FileIdentity(of: path)
                // Two settings may lead to one folder.
                if let identity, !seen[place.title, default: []].insert(identity).inserted { continue }
                var walk = walk
                let models = place.models(in: path, of: surroundings, walk: &walk)
                notes += walk.notes
                folders.append(
                    Folder(tool: place.title, path: path, isThere: identity != nil, models: models))
                for model in models {
                    var model = model
                    if model.digest == nil, model.files.count == 1 { model.digest = knownHash(model.files[0]) }
                    let group = merging.group(for: model)
                    merging.groups[group].append(
                        Found(place: place, id: names.name(for: model, group: group), model: model))
                }
            }
        }
        groups = merging.groups.filter { !$0.isEmpty }
    }

    /// What models take, files that several of them share counted once.
    static func bytes(of models: [FoundModel]) -> Int {
        var seen: Set<FileIdentity> = []
        return models.reduce(0) { sum, model in
            guard let path = model.files.first, let file = FileIdentity(of: path), seen.insert(file).inserted else {
                return sum
            }
            return sum + model.bytes
        }
    }

    /// What an id means, in any of its places.
    subscript(id: String) -> Found? {
        let id = id.lowercased()
        return groups.lazy.compactMap { $0.first { $0.id.lowercased() == id } }.first
    }

    /// All ids.
    var ids: [String] { groups.flatMap { $0.map(\.id) } }
}

extension FoundModel {
    /// Of all its files.
    var bytes: Int {
        files.reduce(0) { sum, path in
            if let state = FileState(of: path) { return sum + state.bytes }
            return sum + HuggingFaceFolders.files(of: path).reduce(0) { $0 + (FileState(of: $1)?.bytes ?? 0) }
        }
    }
}

/// Puts together what has the same weights.
private struct Merging {
    var groups: [[Discovery.Found]] = []
    private var byDigest: [String: Int] = [:]
    private var byFile: [FileIdentity: Int] = [:]

    /// The group that a model belongs to: a new one if its weights are nowhere else.
    mutating func group(for model: FoundModel) -> Int {
        guard let path = model.path else {
            groups.append([])
            return groups.count - 1
        }
        let file = FileIdentity(of: path)
        let known = Set([model.digest.flatMap { byDigest[$0] }, file.flatMap { byFile[$0] }].compactMap { $0 })
        let group = known.min() ?? groups.count
        if known.isEmpty { groups.append([]) }
        if let other = known.max(), other != group { join(other, into: group) }
        if let digest = model.digest { byDigest[digest] = group }
        if let file { byFile[file] = group }
        return group
    }

    /// What was two until something had the one's digest and was the other's file. An empty group stays behind.
    private mutating func join(_ other: Int, into group: Int) {
        groups[group] += groups[other]
        groups[other] = []
        byDigest = byDigest.mapValues { $0 == other ? group : $0 }
        byFile = byFile.mapValues { $0 == other ? group : $0 }
    }
}

/// Gives each model an id that no other weights have.
private struct UniqueNames {
    /// Whose each id is, in lower case: what is typed may differ in that. Nil for the catalog's.
    private var owners: [String: Int?]

    init(taken: Set<String>) {
        owners = Dictionary(uniqueKeysWithValues: Set(taken.map { $0.lowercased() }).map { ($0, nil) })
    }

    /// The model's own id; where other weights have it, with the folders it lies in, as many as it takes. An id that
    /// begins with a tool's name gets a number instead.
    mutating func name(for model: FoundModel, group: Int) -> String {
        if take(model.id, for: group) { return model.id }
        if !model.id.contains(":") {
            var name = model.id
            for folder in (model.files.first ?? "").split(separator: "/").dropLast().reversed() {
                name = "\(folder)/\(name)"
                if take(name, for: group) { return name }
            }
        }
        var number = 2
        while !take("\(model.id)#\(number)", for: group) { number += 1 }
        return "\(model.id)#\(number)"
    }

    private mutating func take(_ name: String, for group: Int) -> Bool {
        let name = name.lowercased()
        guard let owner = owners[name] else {
            owners[name] = .some(group)
            return true
        }
        return owner == group
    }
}
