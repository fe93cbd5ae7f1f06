import CKernels

/// A gated feed-forward block (Shazeer 2020): down(activation(gate(x)) * up(x)).
struct FeedForward: Sendable {
    enum Activation: Sendable {
        case silu
        /// In its tanh form (Hendrycks and Gimpel 2016).
        case gelu
    }

    let gate: Linear
    let up: Linear
    let down: Linear
    let activation: Activation

    /// Reads the normalized, quantized input; adds to the residual stream, or leaves the branch in `normed`.
    func callAsFunction(_ pass: borrowing Pass, adding: Bool) {
        let (shape, workspace) = (pass.shape, pass.workspace)
        let width = shape.feedForwardLength
        pass.multiply(
            gate.product(into: workspace.gates.pointer, stride: width),
            up.product(into: workspace.ups.pointer, stride: width),
            from: workspace.normed.pointer, tokens: pass.count)
        ck_apply_gate(
            pass.team.pointer, activation == .gelu ? CK_GATE_GELU : CK_GATE_SILU, workspace.gates.pointer,
            workspace.ups.pointer, pass.count, width, workspace.activations.pointer)
        let target = adding ? workspace.hidden.pointer : workspace.normed.pointer
        pass.multiply(
            down.product(into: target, stride: shape.embeddingLength, adding: adding),
            from: workspace.gates.pointer, tokens: pass.count)
    }
}
