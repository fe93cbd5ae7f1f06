import CKernels

/// The part of a block that takes each token for itself.
enum FeedForwardPart: Sendable {
    case dense(FeedForward)
    case experts(MixtureOfExperts)

    /// Reads the normalized, quantized input; adds to the residual stream, or leaves the branch in `normed`.
    func callAsFunction(_ pass: borrowing Pass, adding: Bool) {
        switch self {
        case .dense(let part): part(pass, adding: adding)
        case .experts(let part): part(pass, adding: adding)
        }
    }
}

/// A feed-forward block: down(activation(gate(x)) * up(x)) (Shazeer 2020), or down(activation(up(x))).
struct FeedForward: Sendable {
    enum Activation: Sendable {
        case silu
        /// In its tanh form (Hendrycks and Gimpel 2016).
        case gelu
        /// By the error function.
        case exactGELU

        var gate: ck_gate {
            switch self {
            case .silu: CK_GATE_SILU
            case .gelu: CK_GATE_GELU
            case .exactGELU: CK_GATE_GELU_EXACT
            }
        }
    }

    let gate: Linear?
    let up: Linear
    let down: Linear
    let activation: Activation

    /// Reads the normalized, quantized input; adds to the residual stream, or leaves the branch in `normed`.
    func callAsFunction(_ pass: borrowing Pass, adding: Bool) {
        let (shape, workspace) = (pass.shape, pass.workspace)
        activate(pass, input: workspace.normed.pointer, activations: workspace.activations, tokens: pass.count)
        let target = adding ? workspace.hidden.pointer : workspace.normed.pointer
        pass.multiply(
            down.product(into: target, stride: shape.embeddingLength, adding: adding),
            from: workspace.gates.pointer, tokens: pass.count)
    }

    /// Leaves what goes into `down` in the workspace's gates, quantized into its activations.
    func activate(
        _ pass: borrowing Pass, input: UnsafePointer<Float>, activations: AlignedBuffer<ck_activation>, tokens: Int
    ) {
        let workspace = pass.workspace
        let width = up.weight.rows
        let gates = workspace.gates.pointer
        let ups = gate == nil ? nil : workspace.ups.pointer
        if let gate, let ups {
            pass.multiply(
                gate.product(into: gates, stride: width), up.product(into: ups, stride: width), from: input,
                activations: activations, tokens: tokens)
        } else {
            pass.multiply(
                up.product(into: gates, stride: width), from: input, activations: activations, tokens: tokens)
        }
        ck_apply_gate(
            pass.team.pointer, activation.gate, gates, ups, tokens, width, workspace.activations.pointer)
    }
}
