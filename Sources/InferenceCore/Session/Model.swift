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
    public var architectureName: String { checkpoint.architectureName }

    /// Weights in all.
    public var parameterCount: Int { checkpoint.parameterCount }

    /// The format that most of the weights' bytes are in, or the mix that the file says it is: "Q4_1", "Q4_K_M".
    public var formatName: String { checkpoint.formatName }

    /// What a session of this context length would take, in bytes: an estimate, with all weights resident.
    public func estimatedBytes(contextLength: Int, cacheFormat: KVCacheFormat = .f16) -> Int {
        byteCount + KVCache.byteCount(shape: shape, capacity: contextLength, format: cacheFormat)
    }
}
