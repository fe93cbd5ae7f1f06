import Transport

/// What a pull fetches: the files of one model, and where they can be had.
public struct PullTarget: Sendable, Equatable {
    /// What people call it: an id of the catalog, `hf:owner/name:Q4_K_M`, a file's name.
    public var name: String
    /// The model's file, or all parts of a split one in their order; never empty.
    public var files: [PulledFile]
    /// Kept beside the first file; nil for a model of the catalog, which says all that can be said.
    public var origin: ModelOrigin?
    /// What people should know before, such as that another file was meant; nil for most.
    public var notice: String?
    /// Whether everything is here already.
    public var isHere: Bool

    init(name: String, files: [PulledFile], origin: ModelOrigin? = nil, notice: String? = nil, isHere: Bool = false) {
        self.name = name
        self.files = files
        self.origin = origin
        self.notice = notice
        self.isHere = isHere
    }

    init(_ model: CatalogModel) {
        let entry = model.entry
        self.init(
            name: entry.id,
            files: [
                PulledFile(path: entry.file, bytes: entry.bytes, sha256: entry.sha256, sources: model.sources)
            ])
    }

    /// Bytes of all files.
    public var bytes: Int { files.reduce(0) { $0 + $1.bytes } }
}

/// One file that a pull fetches.
public struct PulledFile: Sendable, Equatable {
    /// Where it lands, below the models' folder; without `..`.
    public var path: String
    public var bytes: Int
    /// Lower-case hexadecimal; nil where nobody says.
    public var sha256: String?
    /// Tried in this order; never empty.
    var sources: [ModelSource]
}

/// What was pulled, or was here already.
public struct PulledModel: Sendable, Equatable {
    public struct File: Sendable, Equatable {
        public var path: String
        public var bytes: Int
        /// Lower-case hexadecimal; nil for a file that was here already and whose hash nobody noted.
        public var sha256: String?
    }

    public var name: String
    /// The parts in their order; one for a file that isn't split.
    public var files: [File]

    /// What opens the model.
    public var path: String { files[0].path }
}
