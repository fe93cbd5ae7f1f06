/// A model that can be fetched, as `models/catalog.yaml` lists it.
public struct CatalogEntry: Sendable, Equatable, Codable, Identifiable {
    public var id: String
    /// One line for people: "SmolLM2 135M Instruct".
    public var title: String
    /// The file's name in the data directory.
    public var file: String
    /// The file's exact size.
    public var bytes: Int
    /// Lower-case hexadecimal SHA-256 of the file.
    public var sha256: String
    /// SPDX identifier, or the licence's own name.
    public var licence: String

    public init(id: String, title: String, file: String, bytes: Int, sha256: String, licence: String) {
        self.id = id
        self.title = title
        self.file = file
        self.bytes = bytes
        self.sha256 = sha256
        self.licence = licence
    }
}
