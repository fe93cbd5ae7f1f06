/// An open GGUF file: its metadata, and its tensors in place.
///
/// Versions 2 and 3, little endian. Opening checks every count, offset and size and copies nothing but names, so it
/// takes milliseconds whatever the size of the file.
///
/// Source: the GGUF specification, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
public struct GGUFFile: Sendable {
    public let version: UInt32
    /// Tensors begin at multiples of this many bytes.
    public let alignment: Int
    public let metadata: GGUFMetadata
    /// In the file's order.
    public let tensors: [GGUFTensor]
    public let mapping: MappedFile
    private let indices: [String: Int]

    public var path: String { mapping.path }

    /// Maps a file and reads what stands before the tensors' contents.
    ///
    /// - Throws: ``GGUFError`` where the file can't be read, isn't GGUF, was cut short or contradicts itself.
    public init(path: String) throws(GGUFError) {
        let mapping: MappedFile
        do throws(MappedFileError) {
            mapping = try MappedFile(path: path)
        } catch {
            throw GGUFError(error)
        }
        try self.init(mapping: mapping)
    }

    /// Reads a file that is mapped already, or bytes in memory.
    public init(mapping: MappedFile) throws(GGUFError) {
        var parser = GGUFParser(file: mapping)
        parser.parse()
        do throws(MappedFileError) {
            try mapping.checkIntact()
        } catch {
            throw GGUFError(error)
        }
        if let problem = parser.problems.first { throw problem }
        version = parser.version ?? 0
        alignment = parser.alignment
        metadata = parser.metadata
        tensors = parser.tensors
        self.mapping = mapping
        indices = Dictionary(uniqueKeysWithValues: zip(parser.tensors.map(\.name), parser.tensors.indices))
    }

    public func tensor(named name: String) -> GGUFTensor? {
        indices[name].map { tensors[$0] }
    }

    /// The contents of one of this file's tensors; valid while `mapping` lives. Empty where the format's size isn't
    /// known, and for a tensor of another file that would lie outside this one.
    public func bytes(of tensor: GGUFTensor) -> UnsafeRawBufferPointer {
        guard let byteCount = tensor.byteCount, tensor.offset <= mapping.byteCount,
            byteCount <= mapping.byteCount - tensor.offset
        else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(rebasing: mapping.bytes[tensor.offset..<tensor.offset + byteCount])
    }
}
