import InferenceCore
import ModelLibrary

extension InspectDocument {
    /// Reads the file, whatever is in it.
    init(path: String, contextLength: Int?) {
        let summary = GGUFFile.inspect(path: path)
        self.init(summary)
        guard error == nil else { return }
        do {
            memory = try Memory(path: path, contextLength: contextLength)
        } catch {
            issues.append("it can't be loaded here: \(String(oneLine: error))")
        }
    }

    private init(_ summary: GGUFSummary) {
        path = summary.path
        fileBytes = summary.fileByteCount
        let isSplit = summary.parts.contains { $0.number > 1 }
        parts =
            isSplit
            ? summary.parts.map { Part(path: $0.path, bytes: $0.byteCount, tensors: $0.tensorCount) } : nil
        version = summary.version.map { Int($0) }
        alignment = summary.alignment
        parameters = summary.parameterCount
        metadata = summary.pairs.map { Pair(key: $0.key, type: $0.type, value: $0.value) }
        formats = summary.formats.map { total in
            Format(
                format: total.format, tensors: total.tensorCount, parameters: total.parameterCount,
                bytes: total.byteCount)
        }
        tensors = summary.tensors.map { tensor in
            Tensor(
                name: tensor.name, format: tensor.format, shape: tensor.shape,
                part: isSplit ? summary.parts[tensor.part].number : nil, offset: tensor.offset,
                bytes: tensor.byteCount)
        }
        issues = summary.issues
        error = summary.error.map { String(oneLine: $0) }
    }
}

extension InspectDocument.Memory {
    /// - Parameter contextLength: nil for the length that a session would have by default.
    fileprivate init(path: String, contextLength: Int?) throws {
        let model = try Model(path: path, runtime: Runtime(threads: 1))
        self.contextLength = contextLength ?? min(model.shape.contextLength, 4096)
        weights = model.byteCount
        total = model.estimatedBytes(contextLength: self.contextLength)
        kvCache = max(0, total - weights)
        available = MachineMemory().availableBytes
        fits = total <= available
    }
}
