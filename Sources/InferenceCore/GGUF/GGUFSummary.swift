/// What a GGUF file says about itself, as far as it could be read: for people and for `inspect`.
///
/// All texts are safe to show on a terminal.
public struct GGUFSummary: Sendable, Equatable {
    public struct Pair: Sendable, Equatable {
        public let key: String
        /// Such as `uint32` or `array of string`.
        public let type: String
        /// Cut short where it is long.
        public let value: String
    }

    public struct Tensor: Sendable, Equatable {
        public let name: String
        public let format: String
        public let formatID: UInt32
        /// As declared, even if it makes no sense; dimension 0 is contiguous.
        public let shape: [Int]
        /// The part of a split file that it lies in: an index of ``GGUFSummary/parts``.
        public let part: Int
        /// From the start of its file; nil where it could not be established.
        public let offset: Int?
        /// Nil where it could not be established, or the format can't be computed with here.
        public let byteCount: Int?
    }

    public struct FormatTotal: Sendable, Equatable {
        public let format: String
        public let tensorCount: Int
        public let parameterCount: Int
        /// The bytes that are known.
        public let byteCount: Int
    }

    /// One of the files of a split model.
    public struct Part: Sendable, Equatable {
        public let path: String
        /// Counted from 1.
        public let number: Int
        public let byteCount: Int
        public let tensorCount: Int
    }

    public let path: String
    /// The files that could be read, in the order of the parts; one for a file that isn't split.
    public let parts: [Part]
    /// The size of all parts; nil if the file can't be read.
    public let fileByteCount: Int?
    public let version: UInt32?
    public let alignment: Int?
    public let pairs: [Pair]
    public let tensors: [Tensor]
    /// In the order of their first tensor.
    public let formats: [FormatTotal]
    public let parameterCount: Int
    /// Why the file can't be opened; nil for a sound file.
    public let error: GGUFError?
    /// Whatever else is wrong or worth knowing, one line each.
    public let issues: [String]
}
