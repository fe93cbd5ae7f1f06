import CKernels

/// A mixture of experts (Shazeer et al. 2017): a router chooses some of many feed-forward blocks for each token, whose
/// outputs are summed by their weights; some models have one more that every token goes through.
struct MixtureOfExperts: Sendable {
    /// Scores of the experts, [experts][embedding].
    let router: Linear
    let experts: [FeedForward]
    /// Experts that a token goes through.
    let usedCount: Int
    /// Whether the chosen experts' probabilities are scaled to sum to 1.
    let normalizesWeights: Bool
    /// What every token goes through, and the gate that it is weighed by: sigmoid(gate · x).
    var shared: (expert: FeedForward, gate: Linear)?

    /// One token's choice of an expert.
    private struct Route {
        let token: Int
        let weight: Float
    }

    /// Reads the normalized, quantized input; adds to the residual stream, or leaves the branch in `normed`.
    ///
    /// Experts go in the order of their numbers, so that a token's sum has the same bits beside any others.
    func callAsFunction(_ pass: borrowing Pass, adding: Bool) {
        let workspace = pass.workspace
        guard let space = workspace.routing else { return }
        pass.multiply(
            router.product(into: space.scores.pointer, stride: experts.count), from: workspace.normed.pointer,
            tokens: pass.count)
        let sum = space.sum.pointer
        sum.update(repeating: 0, count: pass.count * pass.shape.embeddingLength)
        for (expert, routes) in routes(space.scores.pointer, tokens: pass.count).enumerated() where !routes.isEmpty {
            apply(pass, space, experts[expert], routes)
        }
        if let shared {
            pass.quantize(workspace.normed.pointer, columns: pass.shape.embeddingLength)
            pass.multiply(
                shared.gate.product(into: space.scores.pointer, stride: 1), from: workspace.normed.pointer,
                tokens: pass.count)
            apply(
                pass, space, shared.expert,
                (0..<pass.count).map { token in
                    Route(token: token, weight: Float(1 / (1 + exponential(-Double(space.scores.pointer[token])))))
                })
        }
        if adding {
            ck_add_scaled(
                pass.team.pointer, sum, 1, pass.count * pass.shape.embeddingLength, workspace.hidden.pointer)
        } else {
            workspace.normed.pointer.update(from: sum, count: pass.count * pass.shape.embeddingLength)
        }
    }

    /// The tokens of each expert, with its weight for them: the `usedCount` likeliest, the first of equals.
    private func routes(_ scores: UnsafePointer<Float>, tokens: Int) -> [[Route]] {
        var result = [[Route]](repeating: [], count: experts.count)
        for token in 0..<tokens {
            let row = UnsafeBufferPointer(start: scores + token * experts.count, count: experts.count)
            let highest = row.max() ?? 0
            let powers = row.map { exponential(Double($0 - highest)) }
            // Sorting is stable.
            let chosen = powers.indices.sorted { powers[$0] > powers[$1] }.prefix(usedCount)
            let weighed = normalizesWeights ? chosen.map { powers[$0] } : powers
            let total = weighed.reduce(0, +)
            for expert in chosen {
                result[expert].append(Route(token: token, weight: Float(powers[expert] / total)))
            }
        }
        return result
    }

    /// sum[token] += weight * expert(normed[token]) for the tokens of one expert.
    private func apply(_ pass: borrowing Pass, _ space: Workspace.Routing, _ expert: FeedForward, _ routes: [Route]) {
        let width = pass.shape.embeddingLength
        let (input, output) = (space.input.pointer, space.output.pointer)
        for (row, route) in routes.enumerated() {
            (input + row * width).update(from: pass.workspace.normed.pointer + route.token * width, count: width)
        }
        ck_quantize(pass.team.pointer, input, routes.count, width, space.activations.pointer)
        expert.activate(pass, input: input, activations: space.activations, tokens: routes.count)
        pass.multiply(
            expert.down.product(into: output, stride: width), from: pass.workspace.gates.pointer, tokens: routes.count)
        for (row, route) in routes.enumerated() {
            ck_add_scaled(
                pass.team.pointer, output + row * width, route.weight, width, space.sum.pointer + route.token * width)
        }
    }
}
