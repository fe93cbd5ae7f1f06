import CKernels

/// The intermediate values of a pass: space for a chunk of tokens, made once for a session.
final class Workspace: Sendable {
    /// Tokens that a pass takes at most. Weights are unpacked once for all of them, and their activations still fit
    /// in the second-level cache.
    static let chunk = 128

    let tokens: Int
    /// The residual stream, [tokens][embedding].
    let hidden: AlignedBuffer<Float>
    /// A normalized copy of it, or a branch before it is added, [tokens][embedding].
    let normed: AlignedBuffer<Float>
    /// Queries, keys and values beside each other, [tokens][(heads + 2 cache heads) * head size].
    let projections: AlignedBuffer<Float>
    /// What attention read, [tokens][heads * head size].
    let attended: AlignedBuffer<Float>
    /// [tokens][feed forward], each.
    let gates: AlignedBuffer<Float>
    let ups: AlignedBuffer<Float>
    /// The quantized input of the next product, [tokens][widest input / 32].
    let activations: AlignedBuffer<ck_activation>
    /// Cosines, then sines of every rotation, [rotations][2][tokens][rotated / 2].
    let rotations: AlignedBuffer<Float>
    /// [rows asked for][logits asked for]
    let logits: AlignedBuffer<Float>
    let rotationStride: Int
    /// What a mixture of experts needs besides.
    let routing: Routing?

    struct Routing: Sendable {
        /// [tokens][experts]
        let scores: AlignedBuffer<Float>
        /// One expert's tokens, [tokens][embedding], and quantized.
        let input: AlignedBuffer<Float>
        let activations: AlignedBuffer<ck_activation>
        /// What the expert made of them, and the sum over experts, [tokens][embedding] each.
        let output: AlignedBuffer<Float>
        let sum: AlignedBuffer<Float>

        init(shape: ModelShape, tokens: Int) throws(ModelError) {
            let purpose = "the routing of experts"
            scores = try AlignedBuffer(count: tokens * shape.expertCount, purpose: purpose)
            input = try AlignedBuffer(count: tokens * shape.embeddingLength, purpose: purpose)
            activations = try AlignedBuffer(count: tokens * shape.embeddingLength / 32, purpose: purpose)
            output = try AlignedBuffer(count: tokens * shape.embeddingLength, purpose: purpose)
            sum = try AlignedBuffer(count: tokens * shape.embeddingLength, purpose: purpose)
        }

        var byteCount: Int {
            [scores, input, output, sum].reduce(activations.byteCount) { $0 + $1.byteCount }
        }
    }

    init(
        shape: ModelShape, rotationCount: Int, logitRows: Int, logitCount: Int, tokens: Int = Workspace.chunk
    ) throws(ModelError) {
        self.tokens = tokens
        let purpose = "working space"
        let attentionWidth = shape.headCount * shape.headSize
        hidden = try AlignedBuffer(count: tokens * shape.embeddingLength, purpose: purpose)
        normed = try AlignedBuffer(count: tokens * shape.embeddingLength, purpose: purpose)
        projections = try AlignedBuffer(count: tokens * shape.projectionWidth, purpose: purpose)
        attended = try AlignedBuffer(count: tokens * attentionWidth, purpose: purpose)
        gates = try AlignedBuffer(count: tokens * shape.feedForwardLength, purpose: purpose)
        ups = try AlignedBuffer(count: tokens * shape.feedForwardLength, purpose: purpose)
        let widest = max(shape.embeddingLength, attentionWidth, shape.feedForwardLength)
        activations = try AlignedBuffer(count: tokens * widest / 32, purpose: purpose)
        rotationStride = tokens * shape.headSize / 2
        rotations = try AlignedBuffer(count: rotationCount * 2 * rotationStride, purpose: purpose)
        logits = try AlignedBuffer(count: logitRows * logitCount, purpose: purpose)
        routing = shape.expertCount > 0 ? try Routing(shape: shape, tokens: tokens) : nil
    }

    var byteCount: Int {
        let floats = [hidden, normed, projections, attended, gates, ups, rotations, logits]
        return floats.reduce(activations.byteCount + (routing?.byteCount ?? 0)) { $0 + $1.byteCount }
    }
}
