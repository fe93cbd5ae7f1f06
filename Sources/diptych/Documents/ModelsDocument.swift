import ModelLibrary
import Reports

/// What `models list --json` writes.
struct ModelListDocument: JSONDocument {
    struct Model: Codable, Sendable {
        var id: String
        var title: String
        var note: String?
        /// The default model of this role.
        var role: CatalogEntry.Role?
        var file: String
        var bytes: Int
        var sha256: String
        var licence: String
        var parameters: Int?
        var state: State
        /// Of a model that is here.
        var path: String?
        /// Of an interrupted pull.
        var partialBytes: Int?
        /// Estimated: weights, KV cache and scratch at the context asked for.
        var neededBytes: Int
        var fits: Bool
    }

    enum State: String, Codable, Sendable {
        case onDisk = "on_disk"
        case partial
        case remote
    }

    var schema = 1
    var directory: String
    var contextLength: Int
    /// What the machine can give now.
    var availableBytes: Int
    var models: [Model]

    init(_ library: ModelLibrary, contextLength: Int) {
        directory = library.directories.models
        self.contextLength = contextLength
        let listings = library.listings(contextLength: contextLength)
        availableBytes = listings.first?.fit.availableBytes ?? MachineMemory().availableBytes
        models = listings.map { Model($0) }
    }
}

extension ModelListDocument.Model {
    fileprivate init(_ listing: ModelListing) {
        let entry = listing.entry
        id = entry.id
        title = entry.title
        note = entry.note
        role = entry.role
        file = entry.file
        bytes = entry.bytes
        sha256 = entry.sha256
        licence = entry.licence
        parameters = entry.parameters > 0 ? entry.parameters : nil
        neededBytes = listing.fit.neededBytes
        fits = listing.fit.fits
        switch listing.availability {
        case .onDisk(let path): (state, self.path) = (.onDisk, path)
        case .partial(let bytes): (state, partialBytes) = (.partial, bytes)
        case .remote: state = .remote
        }
    }
}

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
    /// - Throws: `ModelLibraryError` before anything is removed if an id is unknown; `FileError`.
    init(removing ids: [String], from library: ModelLibrary) throws {
        for id in ids { _ = try library.entry(id) }
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
