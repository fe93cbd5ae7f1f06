import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes a model's file anew in narrower formats.
public struct Quantizer: Sendable {
    /// What became of one tensor.
    public struct TensorResult: Sendable, Equatable {
        public let name: String
        public let source: String
        public let format: String
        /// Whether rows weren't whole blocks of the wanted format, and another one had to be taken.
        public let isFallback: Bool
        public let bytesBefore: Int
        public let bytesAfter: Int
        /// Root mean square of what the values were changed by, relative to that of the values; nil for those that were
        /// copied.
        public let relativeError: Double?
    }

    private let file: GGUFFile
    private let mix: QuantizationMix
    private let team: Team

    /// Rows are taken in parts of so many values, so that memory stays bounded whatever the tensor's size.
    private static let valuesAtOnce = 1 << 22

    /// - Throws: ``QuantizationError`` if a tensor's format can't be read, or is quantized and that isn't allowed;
    ///   ``ModelError`` if threads can't be had.
    public init(_ file: GGUFFile, mix: QuantizationMix, allowsRequantizing: Bool = false, runtime: Runtime) throws {
        self.file = file
        self.mix = mix
        team = try Team(workers: runtime.threads)
        for tensor in file.tensors {
            guard let format = TensorFormat(id: tensor.formatID) else {
                throw QuantizationError.unsupportedFormat(
                    path: file.path, tensor: tensor.name, format: tensor.formatName)
            }
            guard allowsRequantizing || format.descriptor.pointee.input == CK_INPUT_FLOAT || tensor.shape.count < 2
            else {
                throw QuantizationError.alreadyQuantized(
                    path: file.path, tensor: tensor.name, format: format.name)
            }
        }
    }

    /// Writes the file; what stood there before stays until the new one is whole.
    /// - Parameters:
    ///   - replaces: whether a file of that name may be replaced.
    ///   - isCancelled: asked between parts of tensors.
    ///   - progress: called after each tensor with its result, its number from 1 on and how many there are.
    /// - Throws: ``QuantizationError``; `CancellationError`; ``MappedFileError`` if the source was cut short meanwhile.
    public func write(
        to path: String, replaces: Bool = false, isCancelled: () -> Bool = { false },
        progress: (TensorResult, Int, Int) -> Void = { _, _, _ in }
    ) throws {
        try check(path, replaces: replaces)
        let plan = plan()
        var output = try GGUFOutput(
            path: path, metadata: metadata, tensors: plan.map(\.target), alignment: file.alignment)
        for (index, step) in plan.enumerated() {
            let result = try step.isCopy ? copy(step, &output) : encode(step, &output, isCancelled)
            try file.mapping.checkIntact()
            progress(result, index + 1, plan.count)
        }
        try output.finish()
    }

    private func check(_ path: String, replaces: Bool) throws(QuantizationError) {
        var (source, target) = (stat(), stat())
        guard stat(path, &target) == 0 else { return }
        if stat(file.path, &source) == 0, source.st_dev == target.st_dev, source.st_ino == target.st_ino {
            throw .sameFile(path: path)
        }
        if !replaces { throw .exists(path: path) }
    }

    // MARK: What is written

    private struct Step {
        let source: GGUFTensor
        let target: GGUFOutput.Tensor
        let isFallback: Bool
        var isCopy: Bool { source.formatID == target.format.id }
    }

    private var metadata: [(key: String, value: GGUFValue)] {
        let changed: [String: GGUFValue] = [
            "general.file_type": .uint32(mix.fileType), "general.quantization_version": .uint32(2),
        ]
        let kept = file.metadata.keys.compactMap { key in
            file.metadata[key].map { (key: key, value: changed[key] ?? $0) }
        }
        let added = changed.keys.sorted().filter { file.metadata[$0] == nil }
        return kept + added.map { (key: $0, value: changed[$0] ?? .uint32(0)) }
    }

    private func plan() -> [Step] {
        let kinds = file.tensors.map { Self.kind($0.name) }
        // Files list blocks in any order; a place is a block's.
        let matrices = file.tensors.filter(Self.isQuantized)
        let blocks = Dictionary(grouping: matrices) { Self.kind($0.name) }
            .mapValues { $0.map { Self.block($0.name) }.sorted() }
        let hasOutput = file.tensor(named: "output.weight") != nil
        let prefix = (try? file.metadata.string("general.architecture")) ?? ""
        let experts = (try? file.metadata.integerIfPresent("\(prefix).expert_count")) ?? 0
        return zip(file.tensors, kinds).compactMap { tensor, kind in
            guard let source = TensorFormat(id: tensor.formatID) else { return nil }
            guard Self.isQuantized(tensor) else {
                return Step(
                    source: tensor, target: .init(name: tensor.name, shape: tensor.shape, format: source),
                    isFallback: false)
            }
            let wanted = mix.format(
                .init(
                    kind: kind, index: blocks[kind]?.firstIndex(of: Self.block(tensor.name)) ?? 0,
                    count: blocks[kind]?.count ?? 1, experts: experts,
                    isOutput: kind == "output" || (kind == "token_embd" && !hasOutput)))
            let (format, isFallback) = Self.format(wanted, columns: tensor.shape[0])
            return Step(
                source: tensor, target: .init(name: tensor.name, shape: tensor.shape, format: format ?? source),
                isFallback: isFallback)
        }
    }

    /// The wanted format, or one with shorter blocks where a row isn't a whole number of them; nil to leave the tensor.
    private static func format(_ wanted: String, columns: Int) -> (TensorFormat?, isFallback: Bool) {
        var name = Optional(wanted)
        while let candidate = name {
            if let format = TensorFormat(name: candidate), columns % format.blockSize == 0 {
                return (format, candidate != wanted)
            }
            name = QuantizationMix.fallback(for: candidate)
        }
        return (nil, true)
    }

    /// "blk.3.attn_v.weight" is an "attn_v".
    private static func kind(_ name: String) -> String {
        var parts = name.split(separator: ".")
        if parts.first == "blk" { parts.removeFirst(min(2, parts.count)) }
        if parts.count > 1 { parts.removeLast() }
        return parts.joined(separator: ".")
    }

    /// The block's number; 0 outside of blocks.
    private static func block(_ name: String) -> Int {
        let parts = name.split(separator: ".")
        return parts.first == "blk" && parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    }

    /// Matrices of weights; norms, biases, positions and routers stay exact.
    private static func isQuantized(_ tensor: GGUFTensor) -> Bool {
        let exact = ["position_embd", "token_types", "ffn_gate_inp", "ffn_gate_inp_shexp", "cls", "cls.output"]
        return tensor.shape.count >= 2 && tensor.name.hasSuffix(".weight") && !tensor.name.hasSuffix("_norm.weight")
            && !exact.contains(kind(tensor.name))
    }

    // MARK: How it is written

    private func copy(_ step: Step, _ output: inout GGUFOutput) throws(QuantizationError) -> TensorResult {
        let bytes = file.bytes(of: step.source)
        try output.append(bytes)
        return TensorResult(
            name: step.source.name, source: step.source.formatName, format: step.target.format.name,
            isFallback: step.isFallback, bytesBefore: bytes.count, bytesAfter: bytes.count, relativeError: nil)
    }

    private func encode(
        _ step: Step, _ output: inout GGUFOutput, _ isCancelled: () -> Bool
    ) throws -> TensorResult {
        guard let source = TensorFormat(id: step.source.formatID), let base = file.bytes(of: step.source).baseAddress
        else {
            throw QuantizationError.unsupportedFormat(
                path: file.path, tensor: step.source.name, format: step.source.formatName)
        }
        let columns = step.source.shape[0]
        let rows = step.source.shape.dropFirst().reduce(1, *)
        let rowsAtOnce = max(1, Self.valuesAtOnce / columns)
        let (before, after) = (source.rowBytes(columns), step.target.format.rowBytes(columns))
        let values = try AlignedBuffer<Float>(count: rowsAtOnce * columns, purpose: "a part of \(step.source.name)")
        let decoded = try AlignedBuffer<Float>(count: columns, purpose: "a row of \(step.source.name)")
        let encoded = try AlignedBuffer<UInt8>(count: rows * after, purpose: "tensor \(step.source.name)")
        var error = ErrorSum()
        for first in stride(from: 0, to: rows, by: rowsAtOnce) {
            if isCancelled() { throw CancellationError() }
            let count = min(rowsAtOnce, rows - first)
            source.descriptor.pointee.decode(base + first * before, values.pointer, count * columns)
            ck_encode(
                team.pointer, step.target.format.descriptor, values.pointer, count, columns,
                encoded.pointer + first * after)
            for row in 0..<count {
                step.target.format.descriptor.pointee.decode(
                    encoded.pointer + (first + row) * after, decoded.pointer, columns)
                error.add(decoded.pointer, values.pointer + row * columns, count: columns)
            }
        }
        try output.append(UnsafeRawBufferPointer(start: encoded.pointer, count: rows * after))
        return TensorResult(
            name: step.source.name, source: source.name, format: step.target.format.name, isFallback: step.isFallback,
            bytesBefore: rows * before, bytesAfter: rows * after, relativeError: error.relative)
    }
}

/// Sums of squares of values, and of what they were changed by.
private struct ErrorSum {
    private var difference = 0.0
    private var total = 0.0

    mutating func add(_ found: UnsafePointer<Float>, _ wanted: UnsafePointer<Float>, count: Int) {
        for index in 0..<count {
            let change = Double(found[index] - wanted[index])
            difference += change * change
            total += Double(wanted[index]) * Double(wanted[index])
        }
    }

    var relative: Double { total > 0 ? (difference / total).squareRoot() : 0 }
}
