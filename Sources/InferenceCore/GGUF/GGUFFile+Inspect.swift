import CKernels

extension GGUFFile {
    /// Reads as much as can be understood of any file, valid or not; ``GGUFSummary/error`` says where it stopped.
    public static func inspect(path: String) -> GGUFSummary {
        do throws(MappedFileError) {
            return inspect(try MappedFile(path: path))
        } catch {
            return GGUFSummary(unreadable: GGUFError(error))
        }
    }

    /// As ``inspect(path:)``, of bytes that are in memory already.
    public static func inspect(_ mapping: MappedFile) -> GGUFSummary {
        var parser = GGUFParser(file: mapping)
        parser.parse()
        do throws(MappedFileError) {
            try mapping.checkIntact()
        } catch {
            return GGUFSummary(unreadable: GGUFError(error))
        }
        return GGUFSummary(parser)
    }
}

extension GGUFSummary {
    fileprivate init(unreadable error: GGUFError) {
        self.init(
            path: error.path, fileByteCount: nil, version: nil, alignment: nil, pairs: [], tensors: [], formats: [],
            parameterCount: 0, error: error, issues: [])
    }

    fileprivate init(_ parser: GGUFParser) {
        let placed = Dictionary(parser.tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let tensors = parser.declarations.map { Tensor($0, placed: placed[$0.name]) }
        let formats = Self.totals(tensors)
        self.init(
            path: parser.file.path, fileByteCount: parser.file.byteCount, version: parser.version,
            alignment: parser.version == nil ? nil : parser.alignment,
            pairs: parser.metadata.keys.map { key in
                let value = parser.metadata[key]
                return Pair(key: key.visible(), type: value?.typeName ?? "", value: value?.text() ?? "")
            },
            tensors: tensors, formats: formats,
            parameterCount: formats.reduce(0) { Self.sum($0, $1.parameterCount) },
            error: parser.problems.first,
            issues: parser.problems.dropFirst().map(\.description) + parser.remarks)
    }

    private static func totals(_ tensors: [Tensor]) -> [FormatTotal] {
        var order: [UInt32] = []
        var groups: [UInt32: [Tensor]] = [:]
        for tensor in tensors {
            if groups[tensor.formatID] == nil { order.append(tensor.formatID) }
            groups[tensor.formatID, default: []].append(tensor)
        }
        return order.map { id in
            let group = groups[id] ?? []
            return FormatTotal(
                format: GGUFTensor.formatName(id), tensorCount: group.count,
                parameterCount: group.reduce(0) { sum($0, $1.parameterCount) },
                byteCount: group.reduce(0) { sum($0, $1.byteCount ?? 0) })
        }
    }

    /// The largest number rather than an overflow: a damaged file may declare anything.
    fileprivate static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }
}

extension GGUFSummary.Tensor {
    fileprivate init(_ declaration: GGUFTensorDeclaration, placed: GGUFTensor?) {
        let shape = declaration.shape.map { Int(clamping: $0) }
        let isPlaced = placed.map { $0.shape == shape && $0.formatID == declaration.formatID } ?? false
        self.init(
            name: declaration.name.visible(), format: GGUFTensor.formatName(declaration.formatID),
            formatID: declaration.formatID, shape: shape, offset: isPlaced ? placed?.offset : nil,
            byteCount: isPlaced ? placed?.byteCount : nil)
    }

    /// The product of the sizes; the largest number where it overflows.
    fileprivate var parameterCount: Int {
        shape.reduce(1) { product, size in
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            return overflow ? .max : next
        }
    }
}

extension GGUFParser {
    /// What is unusual without being wrong.
    fileprivate var remarks: [String] {
        var remarks: [String] = []
        if version != nil, metadata["general.architecture"] == nil {
            remarks.append("no key general.architecture: it can't be loaded as a model")
        }
        var unsupported: [UInt32: Int] = [:]
        for declaration in declarations where ck_format_find(declaration.formatID) == nil {
            unsupported[declaration.formatID, default: 0] += 1
        }
        for (id, count) in unsupported.sorted(by: { $0.key < $1.key }) {
            remarks.append("\(count) tensors of \(GGUFTensor.formatName(id)), which can't be computed with here")
        }
        if unsupported.isEmpty, problems.isEmpty, let dataOffset {
            let end = tensors.map { $0.offset + ($0.byteCount ?? 0) }.max() ?? dataOffset
            let used = tensors.reduce(0) { GGUFSummary.sum($0, $1.byteCount ?? 0) }
            let gaps = end - dataOffset - used
            if gaps >= alignment * max(tensors.count, 1) { remarks.append("\(gaps) unused bytes between tensors") }
            if file.byteCount - end >= alignment {
                remarks.append("\(file.byteCount - end) unused bytes after the last tensor")
            }
        }
        return remarks
    }
}
