import Configuration
import Foundation
import Reports
import Transport

/// The models that can be had and those that are here.
public struct ModelLibrary: Sendable {
    public let directories: Directories
    public let catalog: Catalog
    let environment: Environment
    private let memory: MachineMemory
    let client: HTTPClient
    let freeSpace: @Sendable (String) throws -> Int

    /// - Parameters:
    ///   - environment: what pip, python3 and the request to the Hub see: `PATH`, `HF_ENDPOINT`, `HF_TOKEN`,
    ///     `HF_TOKEN_PATH`, `HF_HOME`, `SSL_CERT_FILE`, and what pip reads.
    ///   - memory: what a model has to fit into.
    ///   - client: makes the requests; nil for one with the usual time limits.
    ///   - freeSpace: the free bytes on the disk of a folder.
    public init(
        directories: Directories, catalog: Catalog, environment: Environment,
        memory: MachineMemory = MachineMemory(), client: HTTPClient? = nil,
        freeSpace: @escaping @Sendable (String) throws -> Int = FreeSpace.bytes
    ) {
        self.directories = directories
        self.catalog = catalog
        self.environment = environment
        self.memory = memory
        self.client = client ?? HTTPClient(certificateFile: environment["SSL_CERT_FILE"])
        self.freeSpace = freeSpace
    }

    /// The library of the user whose environment this is.
    ///
    /// - Throws: `DirectoriesError`, `ShippedFilesError`, ``CatalogError``.
    public init(environment: Environment = .process) throws {
        let directories = try Directories(environment: environment)
        let catalog = try Catalog(shippedFiles: ShippedFiles(directories: directories))
        self.init(directories: directories, catalog: catalog, environment: environment)
    }

    /// Every model of the catalog, in its order: whether it is here, and whether it fits in the memory that is free
    /// now with a context of so many tokens.
    public func listings(contextLength: Int) -> [ModelListing] {
        let available = memory.availableBytes
        return catalog.models.map { model in
            let files = files(of: model.entry)
            let availability: ModelListing.Availability =
                if files.isWhole {
                    .onDisk(path: files.whole)
                } else {
                    files.keptBytes > 0 ? .partial(bytes: files.keptBytes) : .remote
                }
            let fit = Fit(estimating: model.entry, contextLength: contextLength, availableBytes: available)
            return ModelListing(entry: model.entry, availability: availability, fit: fit)
        }
    }

    /// What the catalog says of a model.
    ///
    /// - Throws: ``ModelLibraryError`` if the id is unknown.
    public func entry(_ id: String) throws -> CatalogEntry {
        try model(id).entry
    }

    /// The path of a catalog model's file.
    ///
    /// - Throws: ``ModelLibraryError`` if the id is unknown or the file isn't here.
    public func path(of id: String) throws -> String {
        let entry = try entry(id)
        let files = files(of: entry)
        guard files.isWhole else {
            throw ModelLibraryError.notOnDisk(id: id, bytes: entry.bytes, directory: files.directory)
        }
        return files.whole
    }

    /// The ids of the models that a comparison takes unless others are asked for.
    ///
    /// - Throws: ``ModelLibraryError`` if the catalog has no such model.
    public func defaultPair() throws -> (small: String, large: String) {
        (try defaultModel(of: .small), try defaultModel(of: .large))
    }

    /// The id of a role's default model.
    ///
    /// - Throws: ``ModelLibraryError`` if the catalog has no such model.
    public func defaultModel(of role: CatalogEntry.Role) throws -> String {
        guard let model = catalog[role] else { throw ModelLibraryError.noDefault(role: role) }
        return model.entry.id
    }

    /// Deletes a model's file and whatever an interrupted pull left of it.
    ///
    /// - Returns: the bytes that are free again; 0 if nothing was here.
    /// - Throws: ``ModelLibraryError`` if the id is unknown or the model is being pulled; `FileError`.
    public func remove(_ id: String) throws -> Int {
        let files = files(of: try entry(id))
        guard FileManager.default.fileExists(atPath: files.directory) else { return 0 }
        guard let lock = try FileLock(path: files.lock) else {
            throw ModelLibraryError.beingPulled(id: id, holder: FileLock.holder(of: files.lock))
        }
        defer { withExtendedLifetime(lock) {} }
        return try files.remove()
    }

    func model(_ id: String) throws -> CatalogModel {
        guard let model = catalog[id] else {
            let known = catalog.models.map(\.entry.id)
            throw ModelLibraryError.unknownModel(
                name: id, closest: ClosestName.of(id, among: known), known: known)
        }
        return model
    }

    func files(of entry: CatalogEntry) -> ModelFiles {
        ModelFiles(directory: directories.models, entry: entry)
    }
}
