import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes a model's file anew in narrower formats.
///
/// Tensors go through in parts of a few megabytes, so that memory stays small whatever the model's size.
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

    let file: GGUFFile
    let mix: QuantizationMix
    private let team: Team

    /// Values that are written at a time.
    private static let valuesAtOnce = 1 << 20

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
            guard allowsRequantizing || format.descriptor.pointee.input == CK_INPUT_FLOAT || !Self.isQuantized(tensor)
            else {
                throw QuantizationError.alreadyQuantized(
                    path: file.path, tensor: tensor.name, format: format.name)
            }
        }
    }

    /// Makes sure that a file can be written, as far as that can be known before.
    /// - Throws: ``QuantizationError``.
    public func check(output path: String, replaces: Bool) throws(QuantizationError) {
        var (source, target) = (stat(), stat())
        guard stat(path, &target) == 0 else { return }
        for part in file.parts
        where stat(part.path, &source) == 0 && source.st_dev == target.st_dev && source.st_ino == target.st_ino {
            throw .sameFile(path: path)
        }
        guard target.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
        if !replaces { throw .exists(path: path) }
    }

    /// Writes the file; what stood there before stays until the new one is whole. Blocks the thread.
    /// - Parameters:
    ///   - replaces: whether a file of that name may be replaced.
    ///   - isCancelled: asked between parts of tensors.
    ///   - progress: called after each tensor with its result, its number from 1 on and how many there are.
    /// - Throws: ``QuantizationError``; `CancellationError`; ``MappedFileError`` if the source was cut short meanwhile.
    public func write(
        to path: String, replaces: Bool = false, isCancelled: () -> Bool = { false },
        progress: (TensorResult, Int, Int) -> Void = { _, _, _ in }
    ) throws {
        try check(output: path, replaces: replaces)
        let plan = plan()
        let output = try GGUFOutput(path: path, alignment: file.alignment)
        try output.begin(metadata: metadata, tensors: plan.map(\.target))
        for (index, step) in plan.enumerated() {
            let error = try step.isCopy ? copy(step, output, isCancelled) : convert(step, output, isCancelled)
            try output.endTensor()
            try file.checkIntact()
            // Pages of the source that were read don't pile up.
            file.parts[step.source.part].letGo(upTo: step.source.offset + (step.source.byteCount ?? 0))
            progress(
                TensorResult(
                    name: step.source.name, source: step.source.formatName, format: step.target.format.name,
                    isFallback: step.isFallback, bytesBefore: step.source.byteCount ?? 0,
                    bytesAfter: step.target.byteCount, relativeError: error), index + 1, plan.count)
        }
        try output.finish(replacing: replaces)
    }

    private var metadata: [(key: String, value: GGUFValue)] {
        let changed: [String: GGUFValue] = [
            "general.file_type": .uint32(mix.fileType), "general.quantization_version": .uint32(2),
        ]
        // What is written is one file, whatever it was read from.
        let kept = file.metadata.keys.filter { !GGUFSplit.keys.contains($0) }.compactMap { key in
            file.metadata[key].map { (key: key, value: changed[key] ?? $0) }
        }
        let added = changed.keys.sorted().filter { file.metadata[$0] == nil }
        return kept + added.compactMap { key in changed[key].map { (key: key, value: $0) } }
    }

    private func copy(_ step: Step, _ output: GGUFOutput, _ isCancelled: () -> Bool) throws -> Double? {
        var rest = file.bytes(of: step.source)[...]
        while !rest.isEmpty {
            if isCancelled() { throw CancellationError() }
            try output.append(UnsafeRawBufferPointer(rebasing: rest.prefix(4 * Self.valuesAtOnce)))
            rest = rest.dropFirst(4 * Self.valuesAtOnce)
        }
        return nil
    }

    /// Writes the tensor in its new format and returns the relative error.
    private func convert(_ step: Step, _ output: GGUFOutput, _ isCancelled: () -> Bool) throws -> Double? {
        guard let source = TensorFormat(id: step.source.formatID), let base = file.bytes(of: step.source).baseAddress
        else {
            throw QuantizationError.unsupportedFormat(
                path: file.path, tensor: step.source.name, format: step.source.formatName)
        }
        let target = step.target.format
        let count = step.target.elementCount
        let encoded = try AlignedBuffer<UInt8>(
            count: target.rowBytes(Self.valuesAtOnce), purpose: "a part of \(step.source.name)")
        let changes = try AlignedBuffer<ck_change>(
            count: Self.valuesAtOnce / Int(CK_CONVERTED_AT_ONCE), purpose: "a part of \(step.source.name)")
        var total = ck_change()
        for first in stride(from: 0, to: count, by: Self.valuesAtOnce) {
            if isCancelled() { throw CancellationError() }
            let part = min(Self.valuesAtOnce, count - first)
            let change = ck_convert(
                team.pointer, source.descriptor, base + source.rowBytes(first), target.descriptor, encoded.pointer,
                part, changes.pointer)
            guard change.values.isFinite else {
                throw QuantizationError.notFinite(path: file.path, tensor: step.source.name)
            }
            guard change.differences.isFinite else {
                throw QuantizationError.tooLarge(path: file.path, tensor: step.source.name, format: target.name)
            }
            total.values += change.values
            total.differences += change.differences
            try output.append(UnsafeRawBufferPointer(start: encoded.pointer, count: target.rowBytes(part)))
        }
        return total.values > 0 ? (total.differences / total.values).squareRoot() : 0
    }
}
