import Dispatch
import Synchronization

/// A model that reads whole texts: for sentence vectors, classification, entities and answers out of a text. Immutable, and
/// safe to share; texts are computed one after the other.
public final class TextEncoder: @unchecked Sendable {
    public let tokenizer: Tokenizer
    public let shape: ModelShape
    /// How the states of a text's tokens become its vector.
    public let pooling: Pooling
    /// Whether vectors are scaled to a length of 1.
    public let normalizesVectors: Bool
    /// Tokens that it reads at most.
    public let longestText: Int
    /// Names of the classes, where the files have them.
    public let labels: [String]
    let encoder: Encoder
    let head: EncoderHead
    let weights: Weights
    let runtime: Runtime
    private let queue = DispatchQueue(label: "InferenceCore.TextEncoder", qos: .userInitiated)
    // Only the queue touches it; that is what makes the class safe to share.
    private var space: Space?
    /// Where many texts are computed at once, beside the queue for single ones.
    let batches = DispatchQueue(label: "InferenceCore.TextEncoder.batches", qos: .userInitiated)
    /// The spaces of workers that compute whole texts.
    let lanes = Mutex<[Space]>([])

    /// Opens a GGUF file or a Hugging Face folder of an encoder. The weights are mapped, not read.
    /// - Parameter blockFormat: what matrices of floats in the layers are copied into, for speed; nil leaves them as they
    ///   are.
    /// - Throws: ``GGUFError`` or ``SafetensorsError`` if a file is damaged, ``ModelError`` if it holds something that
    ///   can't be computed, or the tokenizer's error.
    public convenience init(path: String, runtime: Runtime, blockFormat: TensorFormat? = nil) throws {
        if HuggingFaceCheckpoint.exists(at: path) {
            let folder = try HuggingFaceCheckpoint(path: path)
            let checkpoint = try folder.checkpoint(EncoderArchitectures.layout(of: folder))
            try self.init(
                checkpoint.withBlocks(in: blockFormat, runtime: runtime), tokenizer: Tokenizer(folder: path),
                settings: EncoderSettings(folder: folder), runtime: runtime)
        } else {
            let file = try GGUFFile(path: path)
            try self.init(
                Checkpoint(file).withBlocks(in: blockFormat, runtime: runtime),
                tokenizer: Tokenizer(metadata: file.metadata),
                settings: EncoderSettings(metadata: file.metadata), runtime: runtime)
        }
    }

    init(
        _ checkpoint: Checkpoint, tokenizer: @autoclosure () throws -> Tokenizer, settings: EncoderSettings,
        runtime: Runtime
    ) throws {
        let source = try ModelSource(checkpoint)
        guard let family = EncoderArchitectures.all.first(where: { $0.identifiers.contains(source.prefix) }) else {
            throw ModelError.notAnEncoder(path: checkpoint.path, found: source.prefix)
        }
        let model = try family.init(source)
        (shape, encoder, head) = (model.shape, model.encoder, model.head)
        weights = source.weights
        self.tokenizer = try tokenizer()
        guard self.tokenizer.vocabularySize <= shape.vocabularySize else {
            throw ModelError.wrongShape(
                path: checkpoint.path, tensor: "token_embd.weight",
                expected: [shape.embeddingLength, self.tokenizer.vocabularySize],
                found: [shape.embeddingLength, shape.vocabularySize])
        }
        pooling = settings.pooling
        normalizesVectors = settings.normalizesVectors
        longestText = max(2, min(settings.longestText ?? shape.contextLength, shape.contextLength))
        labels = settings.labels
        self.runtime = runtime
    }

    /// What a pass needs, for texts up to a length.
    struct Space {
        let workspace: Workspace
        let cache: KVCache
        let team: Team
    }

    /// The last layer's states of one text's tokens, [tokens][embedding], and something made from them.
    /// - Parameters:
    ///   - types: 0 for tokens of the first text, 1 for the second's.
    ///   - observer: told of the states after the embedding, and after each layer.
    /// - Throws: ``ModelError``; ``MappedFileError`` if a file was cut short while mapped.
    func states<Result: Sendable>(
        of tokens: [TokenID], types: [TokenID], observer: ((UnsafeBufferPointer<Float>) -> Void)? = nil,
        _ body: @escaping @Sendable (borrowing Pass) throws -> Result
    ) async throws -> Result {
        nonisolated(unsafe) let observer = observer
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(
                    with: Swift.Result {
                        try runtime.whileActive {
                            let space = try space(space, for: tokens.count, workers: runtime.threads)
                            self.space = space
                            space.team.setWidth(runtime.share)
                            return try compute(tokens, types, in: space, observer, body)
                        }
                    })
            }
        }
    }

    func compute<Result>(
        _ tokens: [TokenID], _ types: [TokenID], in space: Space,
        _ observer: ((UnsafeBufferPointer<Float>) -> Void)? = nil, _ body: (borrowing Pass) throws -> Result
    ) throws -> Result {
        guard !tokens.isEmpty else { throw ModelError.emptyPrompt }
        for token in tokens where token < 0 || token >= shape.vocabularySize {
            throw ModelError.unknownToken(token, vocabularySize: shape.vocabularySize)
        }
        let pass = Pass(
            team: space.team, workspace: space.workspace, cache: space.cache, shape: shape, position: 0,
            count: tokens.count, logitRows: 0, logitCount: 0, cancellation: CancellationFlag(), observer: observer)
        let lastType = Int32(max(1, encoder.types?.rows ?? 1) - 1)
        let types = types.map { min(max($0, 0), lastType) }
        try tokens.withUnsafeBufferPointer { tokens in
            try types.withUnsafeBufferPointer { types in
                guard let tokens = tokens.baseAddress, let types = types.baseAddress else { return }
                try encoder(pass, tokens: tokens, types: types)
            }
        }
        try weights.checkpoint.checkIntact()
        return try body(pass)
    }

    /// The same space where it is large enough, else a larger one with the same workers.
    /// - Throws: ``ModelError/contextTooLong(requested:limit:)``, or where memory or threads can't be had.
    func space(_ space: Space?, for count: Int, workers: Int) throws -> Space {
        guard count <= shape.contextLength else {
            throw ModelError.contextTooLong(requested: count, limit: shape.contextLength)
        }
        if let space, space.workspace.tokens >= count { return space }
        let tokens = min(shape.contextLength, (count + 63) / 64 * 64)
        let workspace = try Workspace(shape: shape, rotationCount: 0, logitRows: 1, logitCount: 1, tokens: tokens)
        // Keys and values of one layer at a time, exact: they are read in the same pass.
        return Space(
            workspace: workspace,
            cache: try KVCache(shape: shape.withLayers(1), capacity: tokens, format: .f32),
            team: try space?.team ?? Team(workers: workers))
    }
}
