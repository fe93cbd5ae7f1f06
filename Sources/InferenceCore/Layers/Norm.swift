/// A normalization of rows: their root mean square (Zhang and Sennrich 2019), or their mean as well (Ba et al. 2016).
struct Norm: Sendable {
    enum Kind: Sendable {
        case rootMeanSquare
        case layer
    }

    let kind: Kind
    /// [columns], or several such rows where each head has its own.
    let weight: Vector
    /// [columns]
    let bias: Vector?
    let epsilon: Float

    init(_ kind: Kind = .rootMeanSquare, weight: Vector, bias: Vector? = nil, epsilon: Float) {
        self.kind = kind
        self.weight = weight
        self.bias = bias
        self.epsilon = epsilon
    }
}
