/// One row of `models list` and of the picker.
public struct ModelListing: Sendable, Equatable, Identifiable {
    public enum Availability: Sendable, Equatable {
        /// Whole and at this path.
        case onDisk(path: String)
        /// A pull was interrupted after this many bytes.
        case partial(bytes: Int)
        /// Can be pulled.
        case remote
    }

    public var entry: CatalogEntry
    public var availability: Availability
    public var fit: Fit
    public var id: String { entry.id }

    public init(entry: CatalogEntry, availability: Availability, fit: Fit) {
        self.entry = entry
        self.availability = availability
        self.fit = fit
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
