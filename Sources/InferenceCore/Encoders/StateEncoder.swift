import Dispatch

/// Makes vectors of texts from what the first layers of a decoder hold of them: the residual stream behind one layer, as its
/// mean over all tokens and as its last token's. A linear model on such states often tells more about a text than one on
/// sentence vectors, and what a text is about is clearest in the middle layers (Liu et al. 2019, "Linguistic Knowledge and
/// Transferability of Contextual Representations"). Layers behind it aren't computed.
///
/// Safe to share; texts are computed one after the other.
public final class StateEncoder: @unchecked Sendable {
    public let model: Model
    /// How many of the model's layers are computed.
    public let depth: Int
    /// Tokens that it reads at most.
    public let longestText: Int
    /// Components of a vector: the mean's, then the last token's.
    public var dimensions: Int { 2 * model.shape.embeddingLength }
    private let suffix: [TokenID]
    private let queue = DispatchQueue(label: "InferenceCore.StateEncoder", qos: .userInitiated)
    // Only the queue touches it; that is what makes the class safe to share.
    private let timeline: Timeline

    /// - Parameters:
    ///   - depth: from 1 to the model's layers; nil for half of them.
    ///   - suffix: text that is read behind each text, so that the last token's state is about what follows it.
    ///   - longestText: tokens, with those of the suffix.
    /// - Throws: ``ModelError/outOfMemory(bytes:purpose:)``, or ``ModelError/unknownDepth(_:layers:)``.
    public init(
        model: Model, depth: Int? = nil, suffix: String = "\nLabel:", longestText: Int = 2048
    ) throws(ModelError) {
        let layers = model.shape.layerCount
        let depth = depth ?? (layers + 1) / 2
        guard (1...layers).contains(depth) else { throw .unknownDepth(depth, layers: layers) }
        self.model = model
        self.depth = depth
        self.suffix = model.tokenizer.encode(continuation: suffix)
        self.longestText = min(longestText, model.shape.contextLength)
        timeline = try Timeline(model: model, contextLength: self.longestText, depth: depth, logitCount: 1)
    }

    /// The tokens that are read of a text: the suffix among them, without the end of a text that is too long.
    public func encode(_ text: String) -> (tokens: [TokenID], isCut: Bool) {
        let tokens = model.tokenizer.encode(text)
        let room = max(1, longestText - suffix.count)
        return (tokens.prefix(room) + suffix, tokens.count > room)
    }

    /// The vector of a text. [dimensions]
    /// - Parameter tokens: as ``encode(_:)`` makes them.
    /// - Throws: ``ModelError`` if there are none or too many; ``GGUFError`` if the file was cut short while mapped.
    public func vector(of tokens: [TokenID]) async throws -> [Float] {
        guard !tokens.isEmpty else { throw ModelError.emptyPrompt }
        guard tokens.count <= longestText else {
            throw ModelError.contextTooLong(requested: tokens.count, limit: longestText)
        }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(with: Result { try model.runtime.whileActive { try compute(tokens) } })
            }
        }
    }

    /// Bytes of the KV cache and of working space.
    public var byteCount: Int { timeline.cacheBytes + timeline.scratchBytes }

    private func compute(_ tokens: [TokenID]) throws -> [Float] {
        let width = model.shape.embeddingLength
        var sums = [Float](repeating: 0, count: width)
        var last: [Float] = []
        // The observer is shown the stream before the first layer, too, once a chunk.
        var layer = 0
        timeline.truncate(to: 0)
        try timeline.append(tokens[...], logitRows: 0, cancellation: CancellationFlag()) { states in
            defer { layer = (layer + 1) % (self.depth + 1) }
            guard layer == self.depth else { return }
            for start in stride(from: 0, to: states.count, by: width) {
                for component in 0..<width { sums[component] += states[start + component] }
            }
            last = Array(states[(states.count - width)...])
        }
        return sums.map { $0 / Float(tokens.count) } + last
    }
}
