import Reports

/// A model that a command can open.
public struct ResolvedModel: Sendable, Equatable {
    /// The `.gguf` file, or the Hugging Face folder.
    public var path: String
    /// The catalog's id, or the file's name: what a screen calls the model.
    public var name: String
    /// What the catalog knows; nil for a path.
    public var entry: CatalogEntry?

    public init(path: String, name: String, entry: CatalogEntry? = nil) {
        self.path = path
        self.name = name
        self.entry = entry
    }
}
