/// What `inspect --json` writes.
struct InspectDocument: JSONDocument, Equatable {
    struct Pair: Codable, Sendable, Equatable {
        var key: String
        /// Such as "uint32" or "array of string".
        var type: String
        /// As text, cut short where it is long.
        var value: String
    }

    struct Tensor: Codable, Sendable, Equatable {
        var name: String
        var format: String
        /// Dimension 0 is contiguous.
        var shape: [Int]
        /// The part of a split model that it lies in, counted from 1; absent where the model is one file.
        var part: Int?
        /// From the start of its file.
        var offset: Int?
        var bytes: Int?
    }

    struct Format: Codable, Sendable, Equatable {
        var format: String
        var tensors: Int
        var parameters: Int
        var bytes: Int
    }

    /// One of the files of a split model.
    struct Part: Codable, Sendable, Equatable {
        var path: String
        var bytes: Int
        var tensors: Int
    }

    /// An estimate, in bytes.
    struct Memory: Codable, Sendable, Equatable {
        /// Tokens of prompt and answer together.
        var contextLength: Int
        var weights: Int
        var kvCache: Int
        var total: Int
        /// What the machine can give now.
        var available: Int
        var fits: Bool
    }

    var schema = 1
    var path: String
    /// Of all parts together.
    var fileBytes: Int?
    /// The files of a split model, those that are there; absent where the model is one file.
    var parts: [Part]?
    /// The version of the format.
    var version: Int?
    var alignment: Int?
    var parameters: Int
    var metadata: [Pair]
    var formats: [Format]
    var tensors: [Tensor]
    /// Absent where the file can't be loaded here.
    var memory: Memory?
    /// Whatever is unusual, and why a sound file can't be loaded here.
    var issues: [String]
    /// Why the file isn't valid; absent for a sound one.
    var error: String?
}
