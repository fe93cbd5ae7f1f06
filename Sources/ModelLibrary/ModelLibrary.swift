import Configuration
import Foundation
import Reports
import Transport

/// The models that can be had and those that are here.
public struct ModelLibrary: Sendable {
    public let directories: Directories
    public let catalog: Catalog
    let surroundings: Surroundings
    let environment: Environment
    private let memory: MachineMemory
    let client: HTTPClient
    let freeSpace: @Sendable (String) throws -> Int

    /// - Parameters:
    ///   - environment: what pip, python3 and the request to the Hub see: `PATH`, `HF_ENDPOINT`, `HF_TOKEN`,
    ///     `HF_TOKEN_PATH`, `HF_HOME`, `SSL_CERT_FILE`, and what pip reads. The variables by which other tools find their
    ///     models too: `HF_HUB_CACHE`, `OLLAMA_MODELS`, `LLAMA_CACHE`.
    ///   - folders: other folders with models.
    ///   - root: stands before the paths of other tools that don't depend on the user.
    ///   - memory: what a model has to fit into.
    ///   - client: makes the requests; nil for one with the usual time limits.
    ///   - freeSpace: the free bytes on the disk of a folder.
    public init(
        directories: Directories, catalog: Catalog, environment: Environment, folders: [String] = [],
        root: String = "", memory: MachineMemory = MachineMemory(), client: HTTPClient? = nil,
        freeSpace: @escaping @Sendable (String) throws -> Int = FreeSpace.bytes
    ) {
        self.directories = directories
        self.catalog = catalog
        self.environment = environment
        surroundings = Surroundings(
            environment: environment, ownFolder: directories.models,
            catalogFiles: Set(catalog.models.map(\.entry.file)), configuredFolders: folders, root: root)
        self.memory = memory
        self.client = client ?? HTTPClient(certificateFile: environment["SSL_CERT_FILE"])
        self.freeSpace = freeSpace
    }

    /// The library of the user whose environment this is.
    ///
    /// - Throws: `DirectoriesError`, `ShippedFilesError`, ``CatalogError``, `ConfigurationError`.
    public init(environment: Environment = .process) throws {
        let directories = try Directories(environment: environment)
        let catalog = try Catalog(shippedFiles: ShippedFiles(directories: directories))
        let configuration = try ConfigurationFile(directories: directories)
        self.init(
            directories: directories, catalog: catalog, environment: environment, folders: configuration.folders)
    }

    /// Bytes of memory that the machine can give now.
    public var availableBytes: Int { memory.availableBytes }

    /// What the catalog says of a model.
    ///
    /// - Throws: ``ModelLibraryError`` if the id is unknown.
    public func entry(_ id: String) throws -> CatalogEntry {
        try model(id).entry
    }

    /// The path of a model's file: one of the catalog, from wherever it is here, or one that was found.
    ///
    /// - Throws: ``ModelLibraryError`` if the id is unknown or the file isn't here, or not whole.
    public func path(of id: String) throws -> String {
        guard let entry = catalog[id]?.entry else {
            let discovery = discovery()
            guard let found = find(id, in: discovery) else {
                throw id.hasPrefix("hf:") ? ModelLibraryError.notFetched(name: id) : unknown(id, discovery)
            }
            return try path(of: found)
        }
        return try path(of: entry, in: discovery())
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

    func model(_ id: String) throws -> CatalogModel {
        guard let model = catalog[id] else { throw unknown(id, discovery()) }
        return model
    }

    func files(of entry: CatalogEntry) -> ModelFiles {
        ModelFiles(directory: directories.models, entry: entry)
    }
}
