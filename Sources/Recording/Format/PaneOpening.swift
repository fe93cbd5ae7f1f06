import Chat

/// A model was opened in a pane.
public struct PaneOpening: Sendable, Equatable {
    /// The pane's number. The same pane may be opened again, with another model.
    public var pane: Int
    /// When it was ready, from the start of the session.
    public var at: Duration
    public var role: PaneRole?
    /// The reference that the user gave: an id, a path, a name.
    public var model: String
    public var profile: ModelProfile
    /// The file that the model was opened from; nil where there is none.
    public var file: RecordedModelFile?
    public var parameters: PaneParameters

    public init(
        pane: Int, at: Duration, role: PaneRole? = nil, model: String, profile: ModelProfile,
        file: RecordedModelFile? = nil, parameters: PaneParameters = PaneParameters()
    ) {
        self.pane = pane
        self.at = at
        self.role = role
        self.model = model
        self.profile = profile
        self.file = file
        self.parameters = parameters
    }
}

/// Which file a model is.
public struct RecordedModelFile: Sendable, Equatable, Codable {
    /// How a file's hash is known.
    public enum HashSource: String, Sendable, Codable {
        /// The file was read for this session.
        case computed
        /// It was read before, and has had the same size and time since.
        case remembered
        /// It is what the catalog demands, and was checked when the file was fetched.
        case catalog
    }

    /// The file's name without its folder.
    public var name: String
    /// Lower-case hexadecimal SHA-256; nil where nobody computed it.
    public var sha256: String?
    /// Nil where there is no hash.
    public var hashSource: HashSource?

    public init(name: String, sha256: String? = nil, hashSource: HashSource? = nil) {
        self.name = name
        self.sha256 = sha256
        self.hashSource = hashSource
    }
}

/// What a pane was set to when its model was opened; nil where the default applies. Each run carries the parameters
/// that it was really given.
public struct PaneParameters: Sendable, Equatable, Codable {
    /// Tokens.
    public var contextLength: Int?
    public var threads: Int?
    /// The KV cache's format, such as "q8_0".
    public var cacheFormat: String?
    /// The chat template that replaces the model's own.
    public var template: String?
    /// The model that guesses for this one.
    public var draftModel: String?
    public var systemPrompt: String?
    public var sampling: SamplingOptions?

    public init(
        contextLength: Int? = nil, threads: Int? = nil, cacheFormat: String? = nil, template: String? = nil,
        draftModel: String? = nil, systemPrompt: String? = nil, sampling: SamplingOptions? = nil
    ) {
        self.contextLength = contextLength
        self.threads = threads
        self.cacheFormat = cacheFormat
        self.template = template
        self.draftModel = draftModel
        self.systemPrompt = systemPrompt
        self.sampling = sampling
    }
}
