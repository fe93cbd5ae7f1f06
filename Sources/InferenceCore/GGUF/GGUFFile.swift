/// An open GGUF file: its metadata, and its tensors in place. A model that is split into several files is opened as one.
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
    /// In the file's order, part after part.
    public let tensors: [GGUFTensor]
    /// The file, or all parts of a split one in their order.
    public let parts: [MappedFile]
    private let indices: [String: Int]

    /// Of a split file, the first part's.
    public var path: String { parts[0].path }

    /// Bytes of all parts.
    public var byteCount: Int { parts.reduce(0) { $0 + $1.byteCount } }

    /// Maps a file and reads what stands before the tensors' contents. Any part of a split file stands for the whole:
    /// the others are expected beside it.
    ///
    /// - Throws: ``GGUFError`` where a file can't be read, isn't GGUF, was cut short or contradicts itself, and where
    ///   a part is missing or of another model.
    public init(path: String) throws(GGUFError) {
        try self.init(GGUFParts(path: path))
    }

    /// Reads a file that is mapped already, or bytes in memory.
    ///
    /// - Throws: ``GGUFError``; also for a part of a split file, which is nothing without the others.
    public init(mapping: MappedFile) throws(GGUFError) {
        try self.init(GGUFParts(mapping: mapping))
    }

    private init(_ parts: GGUFParts) throws(GGUFError) {
        if let problem = parts.problems.first { throw problem }
        let first = parts.parsers[0]
        version = first.version ?? 0
        alignment = first.alignment
        metadata = first.metadata
        tensors = parts.tensors
        self.parts = parts.parsers.map(\.file)
        indices = Dictionary(uniqueKeysWithValues: zip(tensors.map(\.name), tensors.indices))
    }

    public func tensor(named name: String) -> GGUFTensor? {
        indices[name].map { tensors[$0] }
    }

    /// The contents of one of this file's tensors; valid while ``parts`` live. Empty where the format's size isn't
    /// known, and for a tensor of another file that would lie outside this one.
    public func bytes(of tensor: GGUFTensor) -> UnsafeRawBufferPointer {
        guard let byteCount = tensor.byteCount, parts.indices.contains(tensor.part),
            tensor.offset <= parts[tensor.part].byteCount,
            byteCount <= parts[tensor.part].byteCount - tensor.offset
        else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(
            rebasing: parts[tensor.part].bytes[tensor.offset..<tensor.offset + byteCount])
    }

    /// Makes sure that no part was cut short.
    ///
    /// - Throws: ``MappedFileError``.
    public func checkIntact() throws(MappedFileError) {
        for part in parts { try part.checkIntact() }
    }

    /// Gives the pages before the tensors' contents back to the system: they come back when they are touched.
    func letGoOfMetadata() {
        for (index, part) in parts.enumerated() {
            if let first = tensors.filter({ $0.part == index }).map(\.offset).min() { part.letGo(upTo: first) }
        }
    }
}
