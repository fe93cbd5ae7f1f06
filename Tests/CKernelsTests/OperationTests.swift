import CKernels
import Foundation
import Testing

/// The operations against the plain formulas, in double precision.
struct OperationTests {
    private func randoms(_ count: Int, seed: UInt64 = 42) -> [Float] {
        var random = Xorshift(state: seed)
        return (0..<count).map { _ in random.unit() }
    }

    private func withTeam<Result>(_ workers: UInt32, _ body: (OpaquePointer) throws -> Result) throws -> Result {
        let team = try #require(ck_team_create(workers))
        defer { ck_team_destroy(team) }
        return try body(team)
    }

    @Test("RMS norm and layer norm", arguments: [32, 40, 576], [false, true])
    func norm(columns: Int, isCentered: Bool) throws {
        let input = randoms(3 * columns)
        let weight = randoms(columns, seed: 1)
        let bias = randoms(columns, seed: 2)
        var output = [Float](repeating: 0, count: input.count)
        try withTeam(2) { team in
            input.withUnsafeBufferPointer { input in
                weight.withUnsafeBufferPointer { weight in
                    output.withUnsafeMutableBufferPointer { output in
                        var step = ck_norm(
                            input: input.baseAddress, output: output.baseAddress, rows: 3, columns: columns,
                            inner: 1, stride: columns, weight: weight.baseAddress, bias: nil, weight_stride: 0,
                            epsilon: 1e-5, centered: isCentered, accumulate: false, activations: nil)
                        bias.withUnsafeBufferPointer { bias in
                            if isCentered { step.bias = bias.baseAddress }
                            ck_normalize(team, &step)
                        }
                    }
                }
            }
        }
        for row in 0..<3 {
            var values = input[row * columns..<(row + 1) * columns].map(Double.init)
            let mean = isCentered ? values.reduce(0, +) / Double(columns) : 0
            for column in values.indices { values[column] -= mean }
            let scale = 1 / (values.reduce(0) { $0 + $1 * $1 } / Double(columns) + 1e-5).squareRoot()
            for column in 0..<columns {
                let wanted = values[column] * scale * Double(weight[column]) + (isCentered ? Double(bias[column]) : 0)
                #expect(abs(Double(output[row * columns + column]) - wanted) < 1e-5)
            }
        }
    }

    @Test("quantized activations are the nearest codes, with their sums")
    func quantization() throws {
        var input = randoms(64)
        input[40] = -3
        var blocks = [ck_activation](repeating: ck_activation(), count: 2)
        try withTeam(1) { ck_quantize($0, input, 1, 64, &blocks) }
        for (index, block) in blocks.enumerated() {
            let values = Array(input[index * 32..<index * 32 + 32])
            let scale = (values.map(abs).max() ?? 0) / 127
            #expect(block.scale == scale)
            let codes = withUnsafeBytes(of: block.codes) { $0.map { Int8(bitPattern: $0) } }
            for (code, value) in zip(codes, values) { #expect(abs(Float(code) * scale - value) <= 0.501 * scale) }
            #expect(abs(block.sum - scale * Float(codes.reduce(0) { $0 + Int($1) })) <= 1e-4)
        }
    }

    @Test("a block with a value that is not finite gives no finite result", arguments: [Float.nan, .infinity])
    func notFinite(value: Float) throws {
        var input = randoms(32)
        input[7] = value
        var block = [ck_activation()]
        try withTeam(1) { ck_quantize($0, input, 1, 32, &block) }
        #expect(!block[0].scale.isFinite)
    }

    @Test("rotation turns pairs of neighbours and of halves", arguments: [false, true])
    func rotation(halves: Bool) throws {
        let size = 16
        let angle = 0.7
        var values = randoms(2 * size)
        let before = values
        let cosines = [Float](repeating: Float(cos(angle)), count: 8)
        let sines = cosines.map { _ in Float(sin(angle)) }
        try withTeam(1) { team in
            values.withUnsafeMutableBufferPointer { values in
                cosines.withUnsafeBufferPointer { cosines in
                    sines.withUnsafeBufferPointer { sines in
                        var step = ck_rotation(
                            values: values.baseAddress, tokens: 1, heads: 2, head_size: size, rotated: size,
                            stride: 2 * size, cosines: cosines.baseAddress, sines: sines.baseAddress,
                            halves: halves)
                        ck_rotate(team, &step)
                    }
                }
            }
        }
        for head in 0..<2 {
            for pair in 0..<8 {
                let first = head * size + (halves ? pair : 2 * pair)
                let second = first + (halves ? 8 : 1)
                let (a, b) = (Double(before[first]), Double(before[second]))
                #expect(abs(Double(values[first]) - (a * cos(angle) - b * sin(angle))) < 1e-6)
                #expect(abs(Double(values[second]) - (a * sin(angle) + b * cos(angle))) < 1e-6)
            }
        }
    }

    @Test("gates", arguments: [CK_GATE_SILU.rawValue, CK_GATE_GELU.rawValue])
    func gates(kind: UInt32) throws {
        let inputs = (0..<64).map { Float($0 - 32) / 3 } + [200, -200]
        var values = inputs
        let ups = randoms(values.count)
        try withTeam(1) { ck_apply_gate($0, ck_gate(rawValue: kind), &values, ups, 1, values.count, nil) }
        for (index, input) in inputs.enumerated() {
            let x = Double(input)
            let activated =
                kind == CK_GATE_SILU.rawValue
                ? x / (1 + exp(-x)) : x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
            #expect(abs(Double(values[index]) - activated * Double(ups[index])) <= 2e-6 * max(1, abs(x)))
        }
    }
}
