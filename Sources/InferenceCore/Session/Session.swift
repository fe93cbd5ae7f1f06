import Dispatch
import Synchronization

/// One conversation with a model: its KV cache, its position, its working space.
///
/// A session computes on a thread of its own, one run after another; a run that is asked for while another goes on
/// waits for it. A prompt that begins as the timeline does reuses what is in the KV cache.
public final class Session: @unchecked Sendable {
    public let model: Model
    /// Tokens that fit in the context.
    public let contextLength: Int
    // Only the queue touches the timeline; that is what makes the class safe to share.
    let timeline: Timeline
    /// Tokens that one pass takes at most.
    let widestPass: Int
    private let queue = DispatchQueue(label: "InferenceCore.Session", qos: .userInitiated)
    let scratchBytes: Mutex<Int>
    let cacheBytes: Mutex<Int>
    /// The draft model's own timeline, once there is one; touched by the queue only.
    var draftModel: DraftModel?

    /// - Parameters:
    ///   - contextLength: tokens of prompt and answer together; by default what the model was trained for, at most
    ///     4,096.
    ///   - cacheFormat: how keys and values are kept.
    /// - Throws: ``ModelError`` if the context is longer than the model's, or memory doesn't suffice.
    public convenience init(
        model: Model, contextLength: Int? = nil, cacheFormat: KVCacheFormat = .f16
    ) throws(ModelError) {
        try self.init(model: model, contextLength: contextLength, cacheFormat: cacheFormat, chunk: Workspace.chunk)
    }

    /// - Parameter chunk: tokens of a prompt that are computed together; results don't depend on it.
    init(model: Model, contextLength: Int?, cacheFormat: KVCacheFormat = .f16, chunk: Int) throws(ModelError) {
        let length = contextLength ?? min(model.shape.contextLength, 4096)
        guard length >= 2, length <= model.shape.contextLength else {
            throw .contextTooLong(requested: length, limit: model.shape.contextLength)
        }
        let needed = model.estimatedBytes(contextLength: length, cacheFormat: cacheFormat)
        if let available = SystemMemory.available, needed > available {
            throw .tooLarge(path: model.path, needed: needed, available: available)
        }
        self.model = model
        self.contextLength = length
        widestPass = chunk
        timeline = try Timeline(model: model, contextLength: length, cacheFormat: cacheFormat, chunk: chunk)
        scratchBytes = Mutex(timeline.scratchBytes)
        cacheBytes = Mutex(timeline.cacheBytes)
    }

    /// Generates what follows a prompt.
    ///
    /// Breaking out of the loop over the stream, or cancelling the task that runs it, ends the generation within one
    /// token, and during prefill within one layer.
    /// - Parameter prompt: all tokens of the conversation so far.
    /// - Returns: a stream that throws ``ModelError`` if the prompt is empty or too long for the context,
    ///   ``ConstraintError`` if the options' constraint can't be met, and ``GGUFError`` if the model's file was changed
    ///   under it.
    public func generate(
        _ prompt: [TokenID], options: GenerationOptions = GenerationOptions()
    ) -> AsyncThrowingStream<GenerationEvent, any Error> {
        generate(options: options) { prompt }
    }

    /// The same, for a prompt that is made on the session's thread: rendering and tokenizing a long one takes a while.
    public func generate(
        options: GenerationOptions, prompt: @escaping @Sendable () throws -> [TokenID]
    ) -> AsyncThrowingStream<GenerationEvent, any Error> {
        AsyncThrowingStream { continuation in
            let cancellation = CancellationFlag()
            continuation.onTermination = { _ in cancellation.raise() }
            queue.async { [self] in
                do {
                    try model.runtime.whileActive {
                        try run(prompt(), options, cancellation) { continuation.yield($0) }
                    }
                    continuation.finish()
                } catch is CancellationError {
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
        }
    }

    /// Logits that follow each of the last tokens of a sequence, computed as in decoding.
    /// - Parameters:
    ///   - tokens: the sequence; what the timeline already holds of it is reused.
    ///   - rows: how many of the last positions to return.
    /// - Returns: [rows][vocabulary]
    /// - Throws: ``ModelError`` as in ``generate(_:options:)``.
    public func logits(of tokens: [TokenID], last rows: Int = 1) async throws -> [[Float]] {
        try await perform { _ in try self.score(tokens, rows: rows) }
    }

    /// Runs work on the session's thread, when those before it are done.
    func perform<Result: Sendable>(_ work: @escaping @Sendable (Timeline) throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(
                    with: Swift.Result { try model.runtime.whileActive { try work(timeline) } })
            }
        }
    }

    /// Gives back the room for several tokens' logits, when the runs before are done.
    func releaseLogits() {
        queue.async { [self] in
            timeline.releaseLogits()
            accountMemory()
        }
    }

    /// What the session holds in memory now.
    public func memory() -> MemoryReport {
        let residents = model.checkpoint.mappings.map { (mapping: $0, memory: ResidentMemory(of: $0.bytes)) }
        return MemoryReport(
            weightsMapped: model.byteCount,
            // Whole pages are counted, the last one beyond the file's end.
            weightsResident: residents.reduce(0) { $0 + min($1.memory.resident, $1.mapping.byteCount) },
            weightsProportional: residents.reduce(0) { $0 + $1.memory.proportional },
            repacked: model.weights.decodedBytes,
            keyValueCache: cacheBytes.withLock { $0 },
            scratch: scratchBytes.withLock { $0 })
    }
}

// MARK: On the session's thread

extension Session {
    func check(_ prompt: [TokenID]) throws(ModelError) {
        guard !prompt.isEmpty else { throw .emptyPrompt }
        guard prompt.count < contextLength else {
            throw .promptTooLong(tokens: prompt.count, contextLength: contextLength)
        }
        for token in prompt where token < 0 || token >= model.shape.vocabularySize {
            throw .unknownToken(token, vocabularySize: model.shape.vocabularySize)
        }
    }

    private func score(_ tokens: [TokenID], rows: Int) throws -> [[Float]] {
        try check(tokens)
        let cancellation = CancellationFlag()
        let first = max(tokens.count - rows + 1, 1)
        let cached = timeline.rewind(to: Array(tokens[..<first]))
        try timeline.append(tokens[cached..<first], cancellation: cancellation)
        var result = [Array(timeline.logits)]
        for index in first..<tokens.count {
            try timeline.append(tokens[index...index], cancellation: cancellation)
            result.append(Array(timeline.logits))
        }
        return result
    }
}
