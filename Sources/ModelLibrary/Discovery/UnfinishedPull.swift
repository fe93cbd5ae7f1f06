/// A model of this program's folder that a pull has begun with.
struct UnfinishedPull {
    /// What has arrived: whole files, and what there is of the others.
    let files: [String]
    /// Why it can't be opened, and what goes on with it.
    let obstacle: String

    /// - Parameter folder: the models' folder.
    /// - Returns: nil for a model that is whole, or that no pull has to do with.
    init?(_ set: GGUFSet, in folder: String) {
        guard set.obstacle != nil else { return nil }
        files = set.paths.compactMap { path in
            [path, path + ModelFiles.partialSuffix].first { FileState(of: $0) != nil }
        }
        let first = ModelFiles(path: set.name.firstPath ?? set.paths[0])
        let origin = ModelOrigin.read(from: first.origin)
        guard origin != nil || files.contains(where: { $0.hasSuffix(ModelFiles.partialSuffix) }) else { return nil }
        if FileLock.isHeld(first.lock) {
            obstacle = "it is being pulled" + (FileLock.holder(of: first.lock).map { " by process \($0)" } ?? "")
        } else if let command = origin.flatMap({ Self.command($0, of: first, in: folder) }) {
            obstacle = "its pull was interrupted: '\(command)' goes on with it"
        } else {
            obstacle = "its pull was interrupted, and nothing says where it came from: pull it again"
        }
    }

    /// A file's own path, of what has arrived of it.
    static func wholePath(of path: String) -> String {
        path.hasSuffix(ModelFiles.partialSuffix) ? String(path.dropLast(ModelFiles.partialSuffix.count)) : path
    }

    /// What pulls a model again from where it came from.
    private static func command(_ origin: ModelOrigin, of first: ModelFiles, in folder: String) -> String? {
        if let hub = origin.hub {
            guard var reference = try? HubReference("\(HubReference.prefix)\(hub.repository)@\(hub.revision)") else {
                return nil
            }
            reference.selection = hub.quantization
            return "diptych models pull \(reference)"
        }
        guard let web = origin.web, let file = try? WebFile(url: web.url) else { return nil }
        // A query, which may hold a secret, isn't kept.
        let hasQuery = (try? file.isExactly(origin)) == false
        let isNamedByAddress = file.paths[0] == first.whole.dropFirst(folder.count + 1)
        let name = isNamedByAddress ? "" : " --name \(first.modelName.quotedForShell)"
        let digest = PullJournal.read(from: first.journal)?.sha256.map { " --sha256 \($0)" } ?? ""
        return "diptych models pull --from \(web.url)\(hasQuery ? "?…" : "")\(name)\(digest)"
    }
}

extension ModelFiles {
    /// What the file is called without its part.
    fileprivate var modelName: String { GGUFFileName(path: whole).map { "\($0.stem).gguf" } ?? name }
}

extension String {
    /// As a word of a command that stands between single quotes itself.
    fileprivate var quotedForShell: String {
        wholeMatch(of: /[A-Za-z0-9._+-]+/) == nil ? "\"\(self)\"" : self
    }
}
