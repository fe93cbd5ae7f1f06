import CKernels

extension Checkpoint {
    /// The same with copies of the layers' matrices of floats in another format, made by all workers. Matrices that have
    /// values that aren't finite, or rows that aren't whole blocks of the format, stay as they are.
    /// - Parameter format: one that can be written; nil copies nothing.
    /// - Throws: ``ModelError`` if memory or threads can't be had.
    func withBlocks(in format: TensorFormat?, runtime: Runtime) throws(ModelError) -> Checkpoint {
        guard let format, format.isWritable else { return self }
        let team = try Team(workers: runtime.threads)
        var (tensors, copies): ([(name: String, tensor: Tensor)], _) = ([], copies)
        for name in names {
            guard let tensor = self[name] else { continue }
            if name.hasPrefix("blk."), let copy = try Self.copy(of: tensor, in: format, team) {
                let bytes = UnsafeRawBufferPointer(
                    start: copy.pointer, count: format.rowBytes(tensor.shape[0]) * tensor.shape[1])
                copies.append(copy)
                tensors.append((name, Tensor(formatID: format.id, shape: tensor.shape, bytes: bytes)))
            } else {
                tensors.append((name, tensor))
            }
        }
        return Checkpoint(
            path: path, metadata: metadata, tensors: tensors, mappings: mappings, copies: copies,
            hasOriginalRotations: hasOriginalRotations)
    }

    private static func copy(
        of tensor: Tensor, in format: TensorFormat, _ team: Team
    ) throws(ModelError) -> AlignedBuffer<Float>? {
        guard tensor.shape.count == 2, let source = TensorFormat(id: tensor.formatID), source != format,
            source.descriptor.pointee.input == CK_INPUT_FLOAT, tensor.shape[0] % format.blockSize == 0,
            let base = tensor.bytes.baseAddress
        else { return nil }
        let count = tensor.shape[0] * tensor.shape[1]
        let bytes = format.rowBytes(tensor.shape[0]) * tensor.shape[1]
        let target = try AlignedBuffer<Float>(count: (bytes + 3) / 4, purpose: "narrower copies of weights")
        let parts = (count + Int(CK_CONVERTED_AT_ONCE) - 1) / Int(CK_CONVERTED_AT_ONCE)
        let changes = try AlignedBuffer<ck_change>(count: parts, purpose: "narrower copies of weights")
        let change = ck_convert(
            team.pointer, source.descriptor, base, format.descriptor, target.pointer, count, changes.pointer)
        return change.values.isFinite && change.differences.isFinite ? target : nil
    }
}
