import CKernels
import Synchronization

/// Scores of many vectors at once: rows of Q8_0 blocks, a signed byte for each component, that lie one after the other in
/// memory, times one vector. The engine's kernels stream through them on all workers.
///
/// The vector is quantized like any activation, so a product is exact but for the rounding of both sides to 8 bits.
public final class VectorRows: Sendable {
    /// Components of a vector.
    public let dimensions: Int
    /// From one row to the next.
    public let rowBytes: Int
    private let format: TensorFormat
    /// Components with those that fill the last block.
    private let columns: Int
    private let engine: Mutex<Engine>

    private struct Engine: @unchecked Sendable {
        let team: Team
        let input: AlignedBuffer<Float>
        let activations: AlignedBuffer<ck_activation>
    }

    /// - Throws: ``ModelError`` if memory or threads can't be had.
    public init(dimensions: Int, runtime: Runtime) throws {
        guard let format = TensorFormat(name: "Q8_0") else { preconditionFailure("the registry has Q8_0") }
        self.format = format
        self.dimensions = dimensions
        columns = (dimensions + format.blockSize - 1) / format.blockSize * format.blockSize
        rowBytes = format.rowBytes(columns)
        engine = Mutex(
            Engine(
                team: try Team(workers: runtime.threads),
                input: try AlignedBuffer(count: columns, purpose: "a search"),
                activations: try AlignedBuffer(count: columns / 32, purpose: "a search")))
    }

    /// A vector as a row. Components that aren't finite become 0.
    /// - Parameter vector: [dimensions]
    /// - Returns: [rowBytes]
    public func row(of vector: [Float]) -> [UInt8] {
        precondition(vector.count == dimensions, "a vector of \(vector.count) components, not \(dimensions)")
        let values = padded(vector)
        return [UInt8](unsafeUninitializedCapacity: rowBytes) { row, count in
            count = rowBytes
            format.descriptor.pointee.encode?(values, row.baseAddress, columns)
        }
    }

    /// scores[i] = row i · vector. Blocks the thread; one search at a time.
    /// - Parameters:
    ///   - vector: [dimensions]
    ///   - rows: [scores][rowBytes], of any contents.
    public func score(_ vector: [Float], rows: UnsafeRawBufferPointer, into scores: inout [Float]) {
        precondition(vector.count == dimensions, "a vector of \(vector.count) components, not \(dimensions)")
        precondition(rows.count == scores.count * rowBytes, "rows are whole")
        guard let base = rows.baseAddress, !scores.isEmpty else { return }
        let (format, columns, rowBytes, values) = (format, columns, rowBytes, padded(vector))
        scores.withUnsafeMutableBufferPointer { scores in
            nonisolated(unsafe) let (scores, base) = (scores, base)
            engine.withLock { engine in
                engine.input.pointer.update(from: values, count: columns)
                ck_quantize(engine.team.pointer, engine.input.pointer, 1, columns, engine.activations.pointer)
                var product = ck_product()
                product.matrix = ck_matrix(
                    format: format.descriptor, data: base.assumingMemoryBound(to: UInt8.self), rows: scores.count,
                    columns: columns, row_bytes: rowBytes)
                product.output = scores.baseAddress
                product.output_stride = scores.count
                ck_multiply(engine.team.pointer, &product, 1, engine.activations.pointer, nil, 1)
            }
        }
    }

    private func padded(_ vector: [Float]) -> [Float] {
        vector.map { $0.isFinite ? $0 : 0 } + Array(repeating: 0, count: columns - dimensions)
    }
}
