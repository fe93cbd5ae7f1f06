import CKernels

/// A linear map, y = W x + b, with W in any tensor format.
struct Linear: Sendable {
    /// [outputs][inputs]
    let weight: Matrix
    /// [outputs]
    let bias: Vector?

    init(_ weight: Matrix, bias: Vector? = nil) {
        self.weight = weight
        self.bias = bias
    }

    /// Some of the outputs, for matrices that hold several.
    func outputs(_ range: Range<Int>) -> Linear {
        Linear(
            weight.rows(range), bias: bias.map { Vector(pointer: $0.pointer + range.lowerBound, count: range.count) })
    }

    /// One product for ``Pass/multiply(_:_:)``.
    /// - Parameters:
    ///   - output: [tokens][stride], of which the first `outputs` of each row are written.
    ///   - adding: adds to what the output holds, as a residual connection does.
    ///   - outputs: computes only so many of the first outputs.
    func product(
        into output: UnsafeMutablePointer<Float>, stride: Int, adding: Bool = false, outputs: Int = .max
    ) -> ck_product {
        var matrix = weight.layout
        matrix.rows = min(matrix.rows, outputs)
        return ck_product(
            matrix: matrix, bias: bias?.pointer, output: output, output_stride: stride, accumulate: adding)
    }
}
