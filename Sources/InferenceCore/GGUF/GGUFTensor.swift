import CKernels

/// A tensor of a GGUF file: its name, format and place.
public struct GGUFTensor: Sendable, Equatable {
    public let name: String
    /// The number of its format in GGUF files, such as 12 for Q4_K.
    public let formatID: UInt32
    /// One to four sizes, none of them 0; dimension 0 is contiguous in memory.
    public let shape: [Int]
    /// The part of a split file that it lies in, counted from 0.
    public internal(set) var part = 0
    /// First byte, counted from the start of that file.
    public let offset: Int
    /// Length in bytes; nil where the format can't be computed with here.
    public let byteCount: Int?

    /// Number of values.
    public var elementCount: Int { shape.reduce(1, *) }

    /// The format's name, such as `Q4_K`, or `format 99` where nobody knows it.
    public var formatName: String { Self.formatName(formatID) }

    static func formatName(_ formatID: UInt32) -> String {
        ck_format_name(formatID).map { String(cString: $0) } ?? "format \(formatID)"
    }
}
