/// A model's files as the engine sees them, wherever they came from: hyperparameters under the keys of GGUF, tensors
/// under the names of GGUF.
struct Checkpoint: Sendable {
    struct Tensor: @unchecked Sendable {
        /// The number of its format in GGUF files.
        let formatID: UInt32
        /// Dimension 0 is contiguous in memory.
        let shape: [Int]
        /// Empty where the format's size isn't known.
        let bytes: UnsafeRawBufferPointer
    }

    /// What errors call it: the path of the file or folder.
    let path: String
    let metadata: GGUFMetadata
    /// In the order of the file's names.
    let names: [String]
    private let tensors: [String: Tensor]
    /// Files that tensors lie in.
    let mappings: [MappedFile]
    /// Tensors that had to be computed from others.
    let copies: [AlignedBuffer<Float>]
    /// Whether queries and keys are stored as the model was trained, not permuted as GGUF has them for some families.
    let hasOriginalRotations: Bool

    init(_ file: GGUFFile) {
        path = file.path
        metadata = file.metadata
        names = file.tensors.map(\.name)
        tensors = Dictionary(
            uniqueKeysWithValues: file.tensors.map { tensor in
                (tensor.name, Tensor(formatID: tensor.formatID, shape: tensor.shape, bytes: file.bytes(of: tensor)))
            })
        mappings = file.parts
        copies = []
        hasOriginalRotations = false
    }

    /// - Parameter tensors: under their names in GGUF files, in order.
    init(
        path: String, metadata: GGUFMetadata, tensors: [(name: String, tensor: Tensor)], mappings: [MappedFile],
        copies: [AlignedBuffer<Float>], hasOriginalRotations: Bool = true
    ) {
        self.path = path
        self.metadata = metadata
        names = tensors.map(\.name)
        self.tensors = Dictionary(tensors.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
        self.mappings = mappings
        self.copies = copies
        self.hasOriginalRotations = hasOriginalRotations
    }

    subscript(name: String) -> Tensor? { tensors[name] }

    /// Bytes of the files.
    var byteCount: Int { mappings.reduce(0) { $0 + $1.byteCount } }
    /// Bytes of the computed tensors.
    var copiedBytes: Int { copies.reduce(0) { $0 + $1.byteCount } }

    /// Makes sure that no file was cut short.
    /// - Throws: ``MappedFileError``.
    func checkIntact() throws(MappedFileError) {
        for mapping in mappings { try mapping.checkIntact() }
    }
}
