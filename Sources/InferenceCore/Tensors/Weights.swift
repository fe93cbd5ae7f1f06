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
    let file: GGUFFile
    /// Vectors in a format other than F32, decoded.
    private let decoded: [String: AlignedBuffer<Float>]

    init(file: GGUFFile) throws(ModelError) {
        self.file = file
        var decoded: [String: AlignedBuffer<Float>] = [:]
        for tensor in file.tensors where tensor.shape.count == 1 && tensor.formatID != 0 {
            guard let format = TensorFormat(id: tensor.formatID) else { continue }
            let buffer = try AlignedBuffer<Float>(count: tensor.shape[0], purpose: "tensor \(tensor.name)")
            format.descriptor.pointee.decode(file.bytes(of: tensor).baseAddress, buffer.pointer, tensor.shape[0])
            decoded[tensor.name] = buffer
        }
        self.decoded = decoded
    }

    /// Bytes of the copies that had to be made.
    var decodedBytes: Int { decoded.values.reduce(0) { $0 + $1.byteCount } }

    private func tensor(_ name: String, shape: [Int]) throws(ModelError) -> (GGUFTensor, TensorFormat)? {
        guard let tensor = file.tensor(named: name) else { return nil }
        guard tensor.shape == shape else {
            throw .wrongShape(path: file.path, tensor: name, expected: shape, found: tensor.shape)
        }
        guard let format = TensorFormat(id: tensor.formatID) else {
            throw .unsupportedFormat(
                path: file.path, tensor: name, found: TensorFormat.name(ofID: tensor.formatID))
        }
        return (tensor, format)
    }

    /// A matrix of this many rows of so many columns (GGUF lists columns first); nil if the file has none.
    func matrixIfPresent(_ name: String, rows: Int, columns: Int) throws(ModelError) -> Matrix? {
        guard let (tensor, format) = try tensor(name, shape: [columns, rows]) else { return nil }
        guard let base = file.bytes(of: tensor).baseAddress else { return nil }
        return Matrix(
            layout: ck_matrix(
                format: format.descriptor,
                data: base.assumingMemoryBound(to: UInt8.self),
                rows: rows, columns: columns,
                row_bytes: columns / format.blockSize * format.blockBytes))
    }

    func matrix(_ name: String, rows: Int, columns: Int) throws(ModelError) -> Matrix {
        guard let matrix = try matrixIfPresent(name, rows: rows, columns: columns) else {
            throw .missingTensor(path: file.path, name: name)
        }
        return matrix
    }

    /// A matrix of one row, which files write as a vector.
    func rowMatrix(_ name: String, columns: Int) throws(ModelError) -> Matrix {
        guard let (tensor, format) = try tensor(name, shape: [columns]),
            let base = file.bytes(of: tensor).baseAddress
        else { throw .missingTensor(path: file.path, name: name) }
        return Matrix(
            layout: ck_matrix(
                format: format.descriptor, data: base.assumingMemoryBound(to: UInt8.self), rows: 1, columns: columns,
                row_bytes: columns / format.blockSize * format.blockBytes))
    }

    /// Several matrices of this many rows, one after the other in one tensor.
    func matrices(_ name: String, count: Int, rows: Int, columns: Int) throws(ModelError) -> [Matrix] {
        guard let (tensor, format) = try tensor(name, shape: [columns, rows, count]),
            let base = file.bytes(of: tensor).baseAddress
        else { throw .missingTensor(path: file.path, name: name) }
        let all = Matrix(
            layout: ck_matrix(
                format: format.descriptor, data: base.assumingMemoryBound(to: UInt8.self), rows: rows * count,
                columns: columns, row_bytes: columns / format.blockSize * format.blockBytes))
        return (0..<count).map { all.rows($0 * rows..<($0 + 1) * rows) }
    }

    func vectorIfPresent(_ name: String, count: Int) throws(ModelError) -> Vector? {
        guard let (tensor, _) = try tensor(name, shape: [count]) else { return nil }
        if let buffer = decoded[name] { return Vector(pointer: buffer.pointer, count: count) }
        guard let base = file.bytes(of: tensor).baseAddress else { return nil }
        return Vector(pointer: base.assumingMemoryBound(to: Float.self), count: count)
    }

    /// Several vectors of the same length beside each other, [rows][columns].
    func rowsIfPresent(_ name: String, rows: Int, columns: Int) throws(ModelError) -> Vector? {
        guard let (tensor, format) = try tensor(name, shape: [columns, rows]) else { return nil }
        guard format.id == 0, let base = file.bytes(of: tensor).baseAddress else {
            throw .unsupportedFormat(
                path: file.path, tensor: name, found: TensorFormat.name(ofID: tensor.formatID))
        }
        return Vector(pointer: base.assumingMemoryBound(to: Float.self), count: rows * columns)
    }

    func vector(_ name: String, count: Int) throws(ModelError) -> Vector {
        guard let vector = try vectorIfPresent(name, count: count) else {
            throw .missingTensor(path: file.path, name: name)
        }
        return vector
    }
}
