/// The hash of a model's file, and how it is known.
public struct ModelFingerprint: Sendable, Equatable {
    public enum Source: String, Sendable, Equatable, Codable {
        /// The catalog demands it, and it was checked when the file was fetched.
        case catalog
        /// The file was read before, and has had the same size and time since.
        case remembered
        /// The file was read just now.
        case computed
    }

    /// Lower-case hexadecimal SHA-256.
    public var sha256: String
    public var source: Source
}
