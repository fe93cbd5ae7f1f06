/// A decoder-only transformer: what the architectures of this family are assembled into.
struct Decoder: Sendable {
    /// One block: attention, then feed forward, each added to the residual stream.
    struct Layer: Sendable {
        /// Norm of the attention's input, where a model has one.
        let attentionNorm: Norm?
        var attention: Attention
        /// Norm of the branch before it is added, where a model has one.
        var attentionPostNorm: Norm?
        let feedForwardInput: FeedForwardInput
        var feedForward: FeedForwardPart
        var feedForwardPostNorm: Norm?
    }

    enum FeedForwardInput: Sendable {
        /// What attention left of the residual stream, normed where a model has a norm for it.
        case stream(Norm?)
        /// The same as attention's: both branches side by side (Wang and Komatsuzaki 2021).
        case attentionInput
    }

    let embedding: Matrix
    var embeddingScale: Float = 1
    /// Of each position, where a model doesn't turn queries and keys by it: [positions][embedding].
    var positions: Matrix?
    var rotations: [RotaryEmbedding]
    let layers: [Layer]
    /// What each branch is multiplied by before it is added.
    var residualScale: Float = 1
    let outputNorm: Norm
    /// The embedding again, where input and output are tied.
    let output: Linear
    var logitScale: Float = 1
    /// Logits l become cap * tanh(l / cap); 0 for none.
    var logitCap: Float = 0

    /// Computes a chunk, through as many layers as the pass's shape has: its keys and values go to the cache, its last rows' logits to the workspace.
    /// - Throws: `CancellationError` between two layers, once the pass is cancelled.
    func callAsFunction(_ pass: borrowing Pass, tokens: UnsafePointer<TokenID>) throws {
        pass.prepare(rotations)
        pass.embed(embedding, tokens: tokens, scale: embeddingScale)
        if let positions { pass.addPositions(positions) }
        pass.observe()
        for (index, layer) in layers.prefix(pass.shape.layerCount).enumerated() {
            try pass.cancellation.check()
            pass.normalize(layer.attentionNorm)
            layer.attention(pass, layer: index, rotations: rotations, adding: isAdded(layer.attentionPostNorm))
            add(pass, layer.attentionPostNorm)
            switch layer.feedForwardInput {
            case .stream(let norm): pass.normalize(norm)
            case .attentionInput: pass.requantize()
            }
            layer.feedForward(pass, adding: isAdded(layer.feedForwardPostNorm))
            add(pass, layer.feedForwardPostNorm)
            pass.observe()
        }
        pass.project(outputNorm, output, scale: logitScale, cap: logitCap)
    }

    /// Whether a branch's last product adds to the stream itself.
    private func isAdded(_ norm: Norm?) -> Bool { norm == nil && residualScale == 1 }

    /// Adds a branch that wasn't.
    private func add(_ pass: borrowing Pass, _ norm: Norm?) {
        if let norm {
            pass.addNormalized(norm)
        } else if residualScale != 1 {
            pass.addBranch(scale: residualScale)
        }
    }
}
