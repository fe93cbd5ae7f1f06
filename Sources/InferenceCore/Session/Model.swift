/// A model whose file is open: weights where they lie in the file, vocabulary, chat template. Immutable, and shared by
/// all sessions.
public final class Model: Sendable {
    /// The file it came from.
    public let file: GGUFFile
    public let tokenizer: Tokenizer
    public let runtime: Runtime
    public let shape: ModelShape
    let decoder: Decoder
    let weights: Weights

    /// Opens a GGUF file. The weights are mapped, not read, so that this takes milliseconds.
    /// - Throws: ``GGUFError`` if the file is damaged, ``ModelError`` if it holds something that can't be computed,
    ///   or the tokenizer's error.
    public init(path: String, runtime: Runtime) throws {
        file = try GGUFFile(path: path)
        let source = try ModelSource(file: file)
        guard let architecture = Architectures.all.first(where: { $0.identifiers.contains(source.prefix) }) else {
            throw ModelError.unknownArchitecture(path: path, found: source.prefix)
        }
        let family = try architecture.init(source)
        (shape, decoder) = (family.shape, family.decoder)
        self.runtime = runtime
        weights = source.weights
        tokenizer = try Tokenizer(metadata: file.metadata)
        // The vocabulary has been copied out of the file: megabytes that nobody reads again.
        if let first = file.tensors.map(\.offset).min() { file.mapping.letGo(upTo: first) }
        guard tokenizer.vocabularySize <= shape.vocabularySize else {
            throw ModelError.wrongShape(
                path: path, tensor: "token_embd.weight",
                expected: [shape.embeddingLength, tokenizer.vocabularySize],
                found: [shape.embeddingLength, shape.vocabularySize])
        }
    }

    /// The value of `general.architecture`, such as "qwen2".
    public var architectureName: String {
        (try? file.metadata.string("general.architecture")) ?? ""
    }

    /// Weights in all.
    public var parameterCount: Int {
        file.tensors.reduce(0) { $0 + $1.shape.reduce(1, *) }
    }

    /// The format that most of the weights' bytes are in, or the mix that the file says it is: "Q4_1", "Q4_K_M".
    public var formatName: String {
        if let type = try? file.metadata.integerIfPresent("general.file_type"), let name = Self.fileTypes[type] {
            return name
        }
        var bytes: [UInt32: Int] = [:]
        for tensor in file.tensors { bytes[tensor.formatID, default: 0] += tensor.byteCount ?? 0 }
        return bytes.max { $0.value < $1.value }.map { TensorFormat.name(ofID: $0.key) } ?? ""
    }

    /// Values of `general.file_type`. Source: the GGUF specification.
    private static let fileTypes = [
        0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
        12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 32: "BF16",
    ]

    /// What a session of this context length would take, in bytes: an estimate, with all weights resident.
    public func estimatedBytes(contextLength: Int, cacheFormat: KVCacheFormat = .f16) -> Int {
        file.mapping.byteCount + KVCache.byteCount(shape: shape, capacity: contextLength, format: cacheFormat)
    }
}
