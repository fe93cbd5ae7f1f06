/// One row of `models list` and of the picker: a model that can be fetched, that was found on this machine, or that a
/// server has. What isn't known of it is nil.
public struct ModelListing: Sendable, Equatable, Identifiable {
    public enum Availability: Sendable, Equatable {
        /// Whole and at this path.
        case onDisk(path: String)
        /// Not whole: a download was interrupted, or parts are missing; this many bytes are here.
        case partial(bytes: Int)
        /// Can be pulled.
        case remote
        /// Behind a server of the configuration, under this name.
        case served(by: String)
    }

    /// A place where the same weights were found.
    public struct Place: Sendable, Equatable {
        /// The tool whose place it is, such as "Ollama".
        public var tool: String
        /// Whether it is this program's own place.
        public var isOwn: Bool
        /// What the model is called there: an id that can be typed as well.
        public var id: String
        /// The file, the first part of a split one, or the folder.
        public var path: String
        /// The system prompt that the tool keeps with it.
        public var system: String?
        /// Sampling parameters that the tool keeps with it, such as `stop`, by name.
        public var parameters: [String: [String]]

        public init(
            tool: String, isOwn: Bool = false, id: String, path: String, system: String? = nil,
            parameters: [String: [String]] = [:]
        ) {
            self.tool = tool
            self.isOwn = isOwn
            self.id = id
            self.path = path
            self.system = system
            self.parameters = parameters
        }
    }

    /// What a user types for it.
    public var id: String
    /// One line for people.
    public var title: String
    /// What the catalog says of it.
    public var entry: CatalogEntry?
    /// Such as "qwen2".
    public var architecture: String?
    /// Weights in the model.
    public var parameters: Int?
    /// Such as "Q4_K_M".
    public var format: String?
    /// Of all its files.
    public var bytes: Int?
    /// Tokens that the model was trained to see at once.
    public var contextLength: Int?
    /// Whether it makes vectors of texts and writes none.
    public var isEncoder: Bool
    public var availability: Availability
    /// Nil where it isn't known what it needs, and for models that need nothing here.
    public var fit: Fit?
    /// Why it can't be opened, in one line.
    public var obstacle: String?
    /// What else is known of it, in a few words, such as a server's price.
    public var remark: String?
    /// The best one first; empty for models that are nowhere on this machine.
    public var places: [Place]

    public init(
        id: String, title: String, entry: CatalogEntry? = nil, architecture: String? = nil, parameters: Int? = nil,
        format: String? = nil, bytes: Int? = nil, contextLength: Int? = nil, isEncoder: Bool = false,
        remark: String? = nil, availability: Availability, fit: Fit? = nil, obstacle: String? = nil,
        places: [Place] = []
    ) {
        self.id = id
        self.title = title
        self.entry = entry
        self.architecture = architecture
        self.parameters = parameters
        self.format = format
        self.bytes = bytes
        self.contextLength = contextLength
        self.isEncoder = isEncoder
        self.remark = remark
        self.availability = availability
        self.fit = fit
        self.obstacle = obstacle
        self.places = places
    }

    /// A model of the catalog.
    public init(entry: CatalogEntry, availability: Availability, fit: Fit) {
        self.init(
            id: entry.id, title: entry.title, entry: entry, parameters: entry.parameters > 0 ? entry.parameters : nil,
            bytes: entry.bytes, availability: availability, fit: fit)
    }
}

/// Whether a model fits in the memory that is free now. An estimate, and shown as one.
public struct Fit: Sendable, Equatable, Codable {
    /// Weights + KV cache + scratch at the context asked for.
    public var neededBytes: Int
    /// What the machine can give now.
    public var availableBytes: Int
    public var fits: Bool { neededBytes <= availableBytes }

    public init(neededBytes: Int, availableBytes: Int) {
        self.neededBytes = neededBytes
        self.availableBytes = availableBytes
    }
}
