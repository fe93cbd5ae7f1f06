/// The extents of a decoder.
public struct ModelShape: Sendable, Equatable {
    public let vocabularySize: Int
    /// Width of the residual stream.
    public let embeddingLength: Int
    public let layerCount: Int
    /// Query heads.
    public let headCount: Int
    /// Heads of keys and values: each serves `headCount / cacheHeadCount` query heads.
    public let cacheHeadCount: Int
    /// Components of a head.
    public let headSize: Int
    /// Width of a feed-forward block, the widest where they differ.
    public let feedForwardLength: Int
    /// Feed-forward blocks to choose from in each layer; 0 without a mixture of experts.
    public let expertCount: Int
    /// Tokens that the model was trained to see at once.
    public let contextLength: Int

    /// The same with another number of layers.
    func withLayers(_ count: Int) -> ModelShape {
        ModelShape(
            vocabularySize: vocabularySize, embeddingLength: embeddingLength, layerCount: count, headCount: headCount,
            cacheHeadCount: cacheHeadCount, headSize: headSize, feedForwardLength: feedForwardLength,
            expertCount: expertCount, contextLength: contextLength)
    }

    /// Queries, keys and values of one token beside each other.
    var projectionWidth: Int { (headCount + 2 * cacheHeadCount) * headSize }
}
