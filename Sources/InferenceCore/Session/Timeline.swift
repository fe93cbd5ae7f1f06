/// One sequence of tokens and the state that was computed for it. Used by one thread at a time.
final class Timeline {
    private let model: Model
    /// The model's, or that of its first layers.
    private let shape: ModelShape
    private var workspace: Workspace
    private let cache: KVCache
    private let runtime: Runtime
    private let team: Team
    private let ownsTeam: Bool
    private let rotationCount: Int
    private var logitRows = 1
    private let logitCount: Int
    /// The tokens whose keys and values are in the cache.
    private(set) var tokens: [TokenID] = []

    /// - Parameters:
    ///   - depth: computes so many of the model's first layers only; then there are no logits.
    ///   - logitCount: computes logits for so many of the vocabulary's first tokens only.
    ///   - companion: a timeline whose workers compute this one too, when they aren't at work on their own.
    init(
        model: Model, contextLength: Int, cacheFormat: KVCacheFormat = .f16, chunk: Int = Workspace.chunk,
        depth: Int? = nil, logitCount: Int = .max, companion: Timeline? = nil
    ) throws(ModelError) {
        self.model = model
        shape = depth.map { model.shape.withLayers($0) } ?? model.shape
        runtime = companion?.runtime ?? model.runtime
        ownsTeam = companion == nil
        self.logitCount = min(logitCount, model.shape.vocabularySize)
        rotationCount = model.decoder.rotations.count
        workspace = try Workspace(
            shape: shape, rotationCount: rotationCount, logitRows: logitRows, logitCount: self.logitCount,
            tokens: chunk)
        cache = try KVCache(shape: shape, capacity: contextLength, format: cacheFormat)
        if let companion {
            team = companion.team
        } else {
            team = try Team(workers: runtime.threads)
        }
    }

    /// Bytes of the KV cache, as allocated.
    var cacheBytes: Int { cache.byteCount }
    /// Bytes of working space, the workers' own among them.
    var scratchBytes: Int { workspace.byteCount + (ownsTeam ? team.scratchBytes : 0) }
    /// Logits that follow the last computed token, [vocabulary].
    var logits: UnsafeMutableBufferPointer<Float> { logits(row: 0) }

    /// Logits that follow one of the last tokens; row 0 is the first of those that were asked for.
    func logits(row: Int) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: workspace.logits.pointer + row * logitCount, count: logitCount)
    }

    /// Tokens that one pass takes at most.
    var widestPass: Int { workspace.tokens }

    /// Makes room for the logits of so many tokens at once. What was computed before stays, but for logits.
    /// - Throws: ``ModelError/outOfMemory(bytes:purpose:)``.
    func reserve(logitRows rows: Int) throws(ModelError) {
        if rows > logitRows { try resize(logitRows: rows) }
    }

    /// Keeps room for one token's logits.
    func releaseLogits() {
        guard logitRows > 1 else { return }
        // Without memory for a smaller working space, the larger one goes on serving.
        try? resize(logitRows: 1)
    }

    private func resize(logitRows rows: Int) throws(ModelError) {
        workspace = try Workspace(
            shape: shape, rotationCount: rotationCount, logitRows: rows, logitCount: logitCount,
            tokens: workspace.tokens)
        logitRows = rows
    }

    /// Forgets the tokens from this position on.
    func truncate(to count: Int) {
        tokens.removeLast(max(0, tokens.count - count))
    }

    /// Goes back to the longest beginning that the timeline and the prompt share, short of the prompt's last token,
    /// whose logits are needed.
    /// - Returns: the number of tokens that need not be computed again.
    func rewind(to prompt: some BidirectionalCollection<TokenID>) -> Int {
        let shared = zip(tokens, prompt.dropLast()).prefix { $0 == $1 }.count
        tokens.removeLast(tokens.count - shared)
        return shared
    }

    /// Computes further tokens, in chunks. Only whole chunks count: a cancelled one leaves the timeline as it was.
    /// - Parameters:
    ///   - logitRows: tokens at the end whose logits are wanted; no more than fit in a chunk.
    ///   - observer: told of the residual stream, see ``Pass/observer``.
    ///   - progress: called with the number of tokens computed so far.
    /// - Throws: `CancellationError`; ``GGUFError`` if the file was cut short while mapped.
    func append(
        _ added: ArraySlice<TokenID>, logitRows: Int = 1, cancellation: CancellationFlag,
        observer: ((UnsafeBufferPointer<Float>) -> Void)? = nil, progress: (Int) -> Void = { _ in }
    ) throws {
        var rest = added
        while !rest.isEmpty {
            let chunk = rest.prefix(workspace.tokens)
            rest = rest.dropFirst(chunk.count)
            team.setWidth(runtime.share)
            let pass = Pass(
                team: team, workspace: workspace, cache: cache, shape: shape, position: tokens.count,
                count: chunk.count, logitRows: rest.isEmpty ? logitRows : 0, logitCount: logitCount,
                cancellation: cancellation, observer: observer)
            try chunk.withUnsafeBufferPointer {
                guard let ids = $0.baseAddress else { return }
                try model.decoder(pass, tokens: ids)
            }
            try model.checkpoint.checkIntact()
            tokens += chunk
            progress(added.count - rest.count)
        }
    }
}
