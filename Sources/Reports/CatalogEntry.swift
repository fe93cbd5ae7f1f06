/// A model that can be fetched, as `models/catalog.yaml` lists it.
public struct CatalogEntry: Sendable, Equatable, Codable, Identifiable {
    /// The side of a comparison that a model stands on unless another is asked for.
    public enum Role: String, Sendable, Codable, CaseIterable {
        case small
        case large
    }

    public var id: String
    /// One line for people: "SmolLM2 135M Instruct".
    public var title: String
    /// What people should know beforehand, such as "base model, continues raw text"; nil for most.
    public var note: String?
    /// The default model of this role; nil for most.
    public var role: Role?
    /// The file's name in the data directory.
    public var file: String
    /// The file's exact size.
    public var bytes: Int
    /// Lower-case hexadecimal SHA-256 of the file.
    public var sha256: String
    /// SPDX identifier, or the licence's own name.
    public var licence: String
    /// Weights in the model, shared ones counted once; 0 if unknown.
    public var parameters: Int
    /// Bytes that one token takes in a KV cache of F16: 2 x layers x KV heads x head size x 2; 0 if unknown.
    public var keyValueBytesPerToken: Int

    public init(
        id: String, title: String, note: String? = nil, role: Role? = nil, file: String, bytes: Int, sha256: String,
        licence: String, parameters: Int = 0, keyValueBytesPerToken: Int = 0
    ) {
        self.id = id
        self.title = title
        self.note = note
        self.role = role
        self.file = file
        self.bytes = bytes
        self.sha256 = sha256
        self.licence = licence
        self.parameters = parameters
        self.keyValueBytesPerToken = keyValueBytesPerToken
    }
}
