/// A model whose files are open: weights where they lie in the files, vocabulary, chat template. Immutable, and shared by
/// all sessions.
public final class Model: Sendable {
    public let tokenizer: Tokenizer
    public let runtime: Runtime
    public let shape: ModelShape
    let decoder: Decoder
    let weights: Weights

    var checkpoint: Checkpoint { weights.checkpoint }

    /// Opens a GGUF file, any part of a split one, or a Hugging Face folder. The weights are mapped, not read, so that this takes milliseconds.
    /// - Throws: ``GGUFError`` or ``SafetensorsError`` if a file is damaged, ``ModelError`` if it holds something that
    ///   can't be computed, or the tokenizer's error.
    public convenience init(path: String, runtime: Runtime) throws {
        if HuggingFaceCheckpoint.exists(at: path) {
            let folder = try HuggingFaceCheckpoint(path: path)
            try self.init(
                folder.checkpoint(Architectures.layout(of: folder)), tokenizer: Tokenizer(folder: path),
                runtime: runtime)
        } else {
            let file = try GGUFFile(path: path)
            try self.init(Checkpoint(file), tokenizer: Tokenizer(metadata: file.metadata), runtime: runtime)
            // The vocabulary has been copied out of the file: megabytes that nobody reads again.
            file.letGoOfMetadata()
        }
    }

    /// - Parameter tokenizer: made after the weights were found to be sound.
    init(_ checkpoint: Checkpoint, tokenizer: @autoclosure () throws -> Tokenizer, runtime: Runtime) throws {
        let source = try ModelSource(checkpoint)
        guard let architecture = Architectures.all.first(where: { $0.identifiers.contains(source.prefix) }) else {
            throw ModelError.unknownArchitecture(path: checkpoint.path, found: source.prefix)
        }
        let family = try architecture.init(source)
        (shape, decoder) = (family.shape, family.decoder)
        self.runtime = runtime
        weights = source.weights
        self.tokenizer = try tokenizer()
        guard self.tokenizer.vocabularySize <= shape.vocabularySize else {
            throw ModelError.wrongShape(
                path: checkpoint.path, tensor: "token_embd.weight",
                expected: [shape.embeddingLength, self.tokenizer.vocabularySize],
                found: [shape.embeddingLength, shape.vocabularySize])
        }
    }

    /// The path of the file or folder it came from.
    public var path: String { checkpoint.path }

    /// Bytes of its files.
    public var byteCount: Int { checkpoint.byteCount }

    /// The value of `general.architecture`, such as "qwen2".
    public var architectureName: String {
        (try? checkpoint.metadata.string("general.architecture")) ?? ""
    }

    /// Weights in all.
    public var parameterCount: Int {
        checkpoint.names.reduce(0) { $0 + (checkpoint[$1]?.shape.reduce(1, *) ?? 0) }
    }

    /// The format that most of the weights' bytes are in, or the mix that the file says it is: "Q4_1", "Q4_K_M".
    public var formatName: String {
        if let type = try? checkpoint.metadata.integerIfPresent("general.file_type"), let name = Self.fileTypes[type] {
            return name
        }
        var bytes: [UInt32: Int] = [:]
        for tensor in checkpoint.names.compactMap({ checkpoint[$0] }) {
            bytes[tensor.formatID, default: 0] += tensor.bytes.count
        }
        return bytes.max { $0.value < $1.value }.map { TensorFormat.name(ofID: $0.key) } ?? ""
    }

    /// Values of `general.file_type`. Source: the GGUF specification.
    static let fileTypes = [
        0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
        12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 25: "IQ4_NL",
        30: "IQ4_XS", 32: "BF16", 38: "MXFP4",
    ]

    /// What a session of this context length would take, in bytes: an estimate, with all weights resident.
    public func estimatedBytes(contextLength: Int, cacheFormat: KVCacheFormat = .f16) -> Int {
        byteCount + KVCache.byteCount(shape: shape, capacity: contextLength, format: cacheFormat)
    }
}
