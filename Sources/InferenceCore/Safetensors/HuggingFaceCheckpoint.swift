#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A folder as Hugging Face's tools write it: `config.json`, and weights in `model.safetensors` or in several such files
/// that `model.safetensors.index.json` lists.
struct HuggingFaceCheckpoint {
    let path: String
    let config: HuggingFaceConfiguration
    private let files: [SafetensorsFile]

    /// Of all files, as they are written.
    var tensors: [SafetensorsFile.Tensor] { files.flatMap(\.tensors) }

    /// Whether a path is such a folder.
    static func exists(at path: String) -> Bool { access("\(path)/config.json", F_OK) == 0 }

    /// - Throws: ``SafetensorsError``.
    init(path: String) throws(SafetensorsError) {
        self.path = path
        config = HuggingFaceConfiguration(
            path: "\(path)/config.json", values: try Self.json("\(path)/config.json"))
        var files: [SafetensorsFile] = []
        for name in try Self.weightFiles(path) { files.append(try SafetensorsFile(path: "\(path)/\(name)")) }
        self.files = files
    }

    private static func weightFiles(_ path: String) throws(SafetensorsError) -> [String] {
        let single = "model.safetensors"
        guard access("\(path)/\(single)", F_OK) != 0 else { return [single] }
        let index = "\(path)/\(single).index.json"
        guard access(index, F_OK) == 0 else {
            throw SafetensorsError(
                path: path, field: "weights", expected: "\(single), or several files and \(single).index.json",
                found: "neither", remedy: "fetch the safetensors files of the model, or a GGUF file")
        }
        var names: [String] = []
        for member in try json(index)["weight_map"]?.objectValue?.members ?? [] {
            guard let name = member.value.stringValue, !name.contains("/") else {
                throw SafetensorsError(
                    path: index, field: "weight_map", expected: "names of files in the folder", found: "others")
            }
            if !names.contains(name) { names.append(name) }
        }
        guard !names.isEmpty, names.count <= MappedFile.limit else {
            throw SafetensorsError(
                path: index, field: "weight_map", expected: "1 to \(MappedFile.limit) files",
                found: "\(names.count)")
        }
        return names
    }

    static func json(_ path: String) throws(SafetensorsError) -> JSONValue {
        let file: MappedFile
        do throws(MappedFileError) {
            file = try MappedFile(path: path)
        } catch {
            throw SafetensorsError(error)
        }
        do throws(JSONError) {
            return try JSONValue(parsing: file.bytes)
        } catch {
            throw SafetensorsError(path: path, field: "contents", expected: "JSON", found: "\(error)")
        }
    }

    /// The model as the engine sees it.
    /// - Parameter layout: of the folder's family.
    /// - Throws: ``SafetensorsError``, ``ModelError``.
    func checkpoint(_ layout: HuggingFaceLayout) throws -> Checkpoint {
        let matcher = HuggingFaceNames(layout)
        var tensors: [(name: String, tensor: Checkpoint.Tensor)] = []
        var copies: [AlignedBuffer<Float>] = []
        for file in files {
            for tensor in file.tensors {
                guard let (name, change) = matcher.match(tensor.name) else { continue }
                guard let format = Self.formats[tensor.type] else {
                    throw ModelError.unsupportedFormat(path: path, tensor: tensor.name, found: tensor.type)
                }
                let plain = Checkpoint.Tensor(
                    formatID: format, shape: tensor.shape.reversed(), bytes: file.bytes(of: tensor))
                guard let change, let changed = try change.applied(to: plain, name: name) else {
                    tensors.append((name, plain))
                    continue
                }
                copies.append(changed)
                let isExchanged = change == .transposed
                tensors.append(
                    (name, Checkpoint.Tensor(changed, shape: isExchanged ? plain.shape.reversed() : plain.shape)))
            }
        }
        try stackHeads(&tensors, &copies)
        for (name, values) in config.rotationFactors {
            let buffer = try AlignedBuffer<Float>(count: values.count, purpose: name)
            for (index, value) in values.enumerated() { buffer.pointer[index] = Float(value) }
            copies.append(buffer)
            tensors.append((name, Checkpoint.Tensor(buffer, shape: [values.count])))
        }
        var metadata = try config.metadata(layout)
        if let template = try Tokenizer.chatTemplateSource(folder: path) {
            _ = metadata.append(.string(GGUFString(template)), key: "tokenizer.chat_template")
        }
        return Checkpoint(
            path: path, metadata: metadata, tensors: tensors, mappings: files.map(\.mapping),
            copies: copies)
    }

    /// Element types that the engine computes with, as numbers of GGUF's formats.
    private static let formats: [String: UInt32] = ["F32": 0, "F16": 1, "BF16": 30]

    /// Norms of single heads, `….attn_q_norm.0.weight`, become one tensor.
    private func stackHeads(
        _ tensors: inout [(name: String, tensor: Checkpoint.Tensor)], _ copies: inout [AlignedBuffer<Float>]
    ) throws {
        let byName = Dictionary(tensors.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
        for kind in ["attn_q_norm", "attn_k_norm"] {
            for (name, first) in byName where name.hasSuffix(".\(kind).0.weight") {
                let block = name.dropLast("0.weight".count)
                var heads: [Checkpoint.Tensor] = []
                while let head = byName["\(block)\(heads.count).weight"], head.shape == first.shape {
                    heads.append(head)
                }
                let size = first.shape.reduce(1, *)
                let stack = try AlignedBuffer<Float>(count: size * heads.count, purpose: "\(block)weight")
                for (index, head) in heads.enumerated() { try head.decode(into: stack.pointer + index * size) }
                copies.append(stack)
                tensors.append(("\(block)weight", Checkpoint.Tensor(stack, shape: [size, heads.count])))
            }
        }
    }
}

extension HuggingFaceLayout.Change {
    /// The tensor's values after the change; nil where it leaves the tensor as it is.
    fileprivate func applied(to tensor: Checkpoint.Tensor, name: String) throws -> AlignedBuffer<Float>? {
        guard name.hasSuffix(".weight") else { return nil }
        let count = tensor.shape.reduce(1, *)
        switch self {
        case .addedToOne:
            let result = try AlignedBuffer<Float>(count: count, purpose: name)
            try tensor.decode(into: result.pointer)
            for index in 0..<count { result.pointer[index] += 1 }
            return result
        case .transposed:
            guard tensor.shape.count == 2 else { return nil }
            let values = try AlignedBuffer<Float>(count: count, purpose: name)
            try tensor.decode(into: values.pointer)
            let result = try AlignedBuffer<Float>(count: count, purpose: name)
            let (columns, rows) = (tensor.shape[0], tensor.shape[1])
            for row in 0..<rows {
                for column in 0..<columns {
                    result.pointer[column * rows + row] = values.pointer[row * columns + column]
                }
            }
            return result
        }
    }
}

extension Checkpoint.Tensor {
    fileprivate init(_ buffer: AlignedBuffer<Float>, shape: [Int]) {
        self.init(
            formatID: 0, shape: shape, bytes: UnsafeRawBufferPointer(start: buffer.pointer, count: buffer.byteCount))
    }

    /// Writes the tensor's values as floats.
    fileprivate func decode(into output: UnsafeMutablePointer<Float>) throws {
        guard let format = TensorFormat(id: formatID), let base = bytes.baseAddress else { return }
        let count = shape.reduce(1, *)
        guard count % format.blockSize == 0 else { return }
        format.descriptor.pointee.decode(base, output, count)
    }
}
