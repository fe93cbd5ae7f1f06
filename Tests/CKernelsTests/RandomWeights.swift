import CKernels

/// A matrix of random but sane blocks in some format, and random activations for it.
final class RandomWeights {
    let format: UnsafePointer<ck_format>
    let rows: Int
    let columns: Int
    let tokens: Int
    let rowBytes: Int
    private let bytes: UnsafeMutableRawBufferPointer
    let values: UnsafeMutableBufferPointer<Float>
    let activations: UnsafeMutableBufferPointer<ck_activation>

    init(_ format: UnsafePointer<ck_format>, rows: Int, columns: Int, tokens: Int, seed: UInt64) {
        self.format = format
        self.rows = rows
        self.columns = columns
        self.tokens = tokens
        var random = Xorshift(state: seed)
        let block = Int(format.pointee.block_bytes)
        rowBytes = columns / Int(format.pointee.block_size) * block
        bytes = .allocate(byteCount: rows * rowBytes, alignment: 64)
        for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: random.next()) }
        // Most scales are halves: exponents around 2^-7 keep every value finite.
        let name = String(cString: format.pointee.name)
        for start in stride(from: 0, to: bytes.count, by: block) {
            for offset in Self.halves(name) {
                bytes.storeBytes(
                    of: UInt16(0x2000 | random.next() & 0x83ff), toByteOffset: start + offset, as: UInt16.self)
            }
            if name == "F32" { bytes.storeBytes(of: random.unit(), toByteOffset: start, as: Float.self) }
            if name == "Q8_K" { bytes.storeBytes(of: random.unit() / 99, toByteOffset: start, as: Float.self) }
            if name == "MXFP4" { bytes[start] = 118 + UInt8(truncatingIfNeeded: random.next() % 8) }
            if format.pointee.id == 30 {
                bytes.storeBytes(of: UInt16(random.unit().bitPattern >> 16), toByteOffset: start, as: UInt16.self)
            }
        }
        values = .allocate(capacity: tokens * columns)
        for index in values.indices { values[index] = random.unit() * (index % 7 == 0 ? 4 : 1) }
        activations = .allocate(capacity: tokens * columns / 32)
        let team = ck_team_create(1)
        ck_quantize(team, values.baseAddress, tokens, columns, activations.baseAddress)
        ck_team_destroy(team)
    }

    /// Where the 16-bit floats of a block lie.
    private static func halves(_ name: String) -> [Int] {
        switch name {
        case "Q6_K": [208]
        case "Q3_K": [108]
        case "Q2_K": [80, 82]
        case "Q4_1", "Q5_1", "Q4_K", "Q5_K": [0, 2]
        case "F32", "BF16", "Q8_K", "MXFP4": []
        default: [0]
        }
    }

    /// Whether a byte of a block is a part of a scale that holds for the whole block.
    static func isScale(_ name: String, _ offset: Int) -> Bool {
        switch name {
        case "Q8_K": offset < 4
        case "MXFP4": offset < 1
        default: halves(name).contains { ($0..<$0 + 2).contains(offset) }
        }
    }

    deinit {
        bytes.deallocate()
        values.deallocate()
        activations.deallocate()
    }

    var matrix: ck_matrix {
        ck_matrix(
            format: format, data: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), rows: rows,
            columns: columns, row_bytes: rowBytes)
    }

    /// [tokens][rows], computed by a team for the tokens from `first` on.
    func product(workers: UInt32, first: Int = 0, count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count * rows) { buffer, initialized in
            let team = ck_team_create(workers)
            var product = ck_product(
                matrix: matrix, bias: nil, output: buffer.baseAddress, output_stride: rows, accumulate: false)
            ck_multiply(
                team, &product, 1, activations.baseAddress! + first * columns / 32,
                values.baseAddress! + first * columns, count)
            ck_team_destroy(team)
            initialized = count * rows
        }
    }

    /// [tokens][rows], computed as one tile by one variant of the kernels.
    func tile(_ cpu: ck_cpu) -> [Float] {
        let panel = UnsafeMutableRawPointer.allocate(byteCount: Int(CK_PANEL_BYTES), alignment: 64)
        defer { panel.deallocate() }
        var output = [Float](repeating: 0, count: tokens * rows)
        output.withUnsafeMutableBufferPointer { output in
            var tile = ck_tile(
                weights: matrix.data, row_bytes: rowBytes, columns: columns, rows: UInt32(rows),
                activations: activations.baseAddress, values: values.baseAddress, tokens: tokens,
                output: output.baseAddress, output_stride: rows, panel: panel)
            ck_format_multiply(format, cpu, &tile)
        }
        return output
    }
}

/// A small seeded generator.
struct Xorshift {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    /// Uniform in [-1, 1).
    mutating func unit() -> Float {
        Float(next() >> 40) / Float(1 << 23) - 1
    }
}
