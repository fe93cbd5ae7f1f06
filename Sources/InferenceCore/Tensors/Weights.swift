import CKernels

/// A matrix where it lies in the mapped file: [rows][columns].
struct Matrix: @unchecked Sendable {
    let layout: ck_matrix
    var rows: Int { layout.rows }
    var columns: Int { layout.columns }

    /// Some of the rows.
    func rows(_ range: Range<Int>) -> Matrix {
        var part = layout
        part.data += range.lowerBound * layout.row_bytes
        part.rows = range.count
        return Matrix(layout: part)
    }
}

/// A vector of floats, such as a norm's weights.
struct Vector: @unchecked Sendable {
    let pointer: UnsafePointer<Float>
    let count: Int
}

/// Finds a model's tensors in its file and checks their shapes and formats.
///
/// What it returns points into the file's mapping, or into memory that it owns: whoever keeps a matrix or a vector
/// keeps the `Weights` too.
final class Weights: Sendable {
    let checkpoint: Checkpoint
    /// Vectors in a format other than F32, decoded.
    private let decoded: [String: AlignedBuffer<Float>]

    init(_ checkpoint: Checkpoint) throws(ModelError) {
        self.checkpoint = checkpoint
        var decoded: [String: AlignedBuffer<Float>] = [:]
        for name in checkpoint.names {
            guard let tensor = checkpoint[name], tensor.shape.count == 1, tensor.formatID != 0,
                let format = TensorFormat(id: tensor.formatID), let base = tensor.bytes.baseAddress
            else { continue }
            let buffer = try AlignedBuffer<Float>(count: tensor.shape[0], purpose: "tensor \(name)")
            format.descriptor.pointee.decode(base, buffer.pointer, tensor.shape[0])
            decoded[name] = buffer
        }
        self.decoded = decoded
    }

    func has(_ name: String) -> Bool { checkpoint[name] != nil }

    /// Bytes of the copies that had to be made.
    var decodedBytes: Int { decoded.values.reduce(checkpoint.copiedBytes) { $0 + $1.byteCount } }

    private func tensor(_ name: String, shape: [Int]) throws(ModelError) -> (Checkpoint.Tensor, TensorFormat)? {
        guard let tensor = checkpoint[name] else { return nil }
        guard tensor.shape == shape else {
            throw .wrongShape(path: checkpoint.path, tensor: name, expected: shape, found: tensor.shape)
        }
        guard let format = TensorFormat(id: tensor.formatID) else {
            throw .unsupportedFormat(
                path: checkpoint.path, tensor: name, found: TensorFormat.name(ofID: tensor.formatID))
        }
        return (tensor, format)
    }

    /// A matrix of this many rows of so many columns (GGUF lists columns first); nil if the file has none.
    func matrixIfPresent(_ name: String, rows: Int, columns: Int) throws(ModelError) -> Matrix? {
        guard let (tensor, format) = try tensor(name, shape: [columns, rows]) else { return nil }
        guard let base = tensor.bytes.baseAddress else { return nil }
        return Matrix(
            layout: ck_matrix(
                format: format.descriptor,
                data: base.assumingMemoryBound(to: UInt8.self),
                rows: rows, columns: columns,
                row_bytes: columns / format.blockSize * format.blockBytes))
    }

    func matrix(_ name: String, rows: Int, columns: Int) throws(ModelError) -> Matrix {
        guard let matrix = try matrixIfPresent(name, rows: rows, columns: columns) else {
            throw .missingTensor(path: checkpoint.path, name: name)
        }
        return matrix
    }

    /// A matrix of one row, which files write as a vector.
    func rowMatrix(_ name: String, columns: Int) throws(ModelError) -> Matrix {
        // Hugging Face's files have a matrix indeed.
        let shape = checkpoint[name]?.shape.count == 2 ? [columns, 1] : [columns]
        guard let (tensor, format) = try tensor(name, shape: shape), let base = tensor.bytes.baseAddress
        else { throw .missingTensor(path: checkpoint.path, name: name) }
        return Matrix(
            layout: ck_matrix(
                format: format.descriptor, data: base.assumingMemoryBound(to: UInt8.self), rows: 1, columns: columns,
                row_bytes: columns / format.blockSize * format.blockBytes))
    }

    /// Several matrices of this many rows, one after the other in one tensor.
    /// Or each in a tensor of its own, with its number before the name's ending.
    func matrices(_ name: String, count: Int, rows: Int, columns: Int) throws(ModelError) -> [Matrix] {
        let part = { (index: Int) in name.replacing(".weight", with: ".\(index).weight") }
        if has(part(0)) {
            var parts: [Matrix] = []
            for index in 0..<count { parts.append(try matrix(part(index), rows: rows, columns: columns)) }
            return parts
        }
        guard let (tensor, format) = try tensor(name, shape: [columns, rows, count]),
            let base = tensor.bytes.baseAddress
        else { throw .missingTensor(path: checkpoint.path, name: name) }
        let all = Matrix(
            layout: ck_matrix(
                format: format.descriptor, data: base.assumingMemoryBound(to: UInt8.self), rows: rows * count,
                columns: columns, row_bytes: columns / format.blockSize * format.blockBytes))
        return (0..<count).map { all.rows($0 * rows..<($0 + 1) * rows) }
    }

    func vectorIfPresent(_ name: String, count: Int) throws(ModelError) -> Vector? {
        guard let (tensor, _) = try tensor(name, shape: [count]) else { return nil }
        if let buffer = decoded[name] { return Vector(pointer: buffer.pointer, count: count) }
        guard let base = tensor.bytes.baseAddress else { return nil }
        return Vector(pointer: base.assumingMemoryBound(to: Float.self), count: count)
    }

    /// Several vectors of the same length beside each other, [rows][columns].
    func rowsIfPresent(_ name: String, rows: Int, columns: Int) throws(ModelError) -> Vector? {
        guard let (tensor, format) = try tensor(name, shape: [columns, rows]) else { return nil }
        guard format.id == 0, let base = tensor.bytes.baseAddress else {
            throw .unsupportedFormat(
                path: checkpoint.path, tensor: name, found: TensorFormat.name(ofID: tensor.formatID))
        }
        return Vector(pointer: base.assumingMemoryBound(to: Float.self), count: rows * columns)
    }

    func vector(_ name: String, count: Int) throws(ModelError) -> Vector {
        guard let vector = try vectorIfPresent(name, count: count) else {
            throw .missingTensor(path: checkpoint.path, name: name)
        }
        return vector
    }
}
