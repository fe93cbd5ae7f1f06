import ModelLibrary

/// What `models pull --json` and `models path --json` write.
struct ModelPathsDocument: JSONDocument {
    struct Model: Codable, Sendable, Equatable {
        var id: String
        var path: String
        /// All parts of a split model, the first of which is `path`; absent where the model is one file.
        var parts: [String]?
        /// Of a file that was pulled.
        var sha256: String?
    }

    var schema = 1
    var models: [Model]

    init(models: [Model]) {
        self.models = models
    }

    /// A path a line: what a script wants to read.
    var text: String { models.map { "\($0.path)\n" }.joined() }
}

extension ModelPathsDocument.Model {
    init(_ model: PulledModel) {
        let isSplit = model.files.count > 1
        self.init(
            id: model.name, path: model.path, parts: isSplit ? model.files.map(\.path) : nil,
            sha256: isSplit ? nil : model.files[0].sha256)
    }
}

/// What `models remove --json` writes.
struct ModelRemovalDocument: JSONDocument {
    struct Model: Codable, Sendable, Equatable {
        var id: String
        /// 0 if nothing of the model was here.
        var freedBytes: Int
    }

    var schema = 1
    var models: [Model]

    /// Removes the models.
    ///
    /// - Throws: `ModelLibraryError` before anything is removed if an id is unknown or another tool's; `FileError`.
    init(removing ids: [String], from library: ModelLibrary) throws {
        for id in ids { try library.checkRemoval(of: id) }
        models = try ids.map { Model(id: $0, freedBytes: try library.remove($0)) }
    }

    var text: String {
        models.map { model in
            model.freedBytes > 0
                ? "\(model.id): removed, \(ByteSize.text(model.freedBytes)) are free again\n"
                : "\(model.id): was not here\n"
        }
        .joined()
    }
}
