import CKernels

extension GGUFFile {
    /// Reads as much as can be understood of any file, valid or not, and of the other parts of a split one;
    /// ``GGUFSummary/error`` says where it stopped.
    public static func inspect(path: String) -> GGUFSummary {
        do throws(GGUFError) {
            return GGUFSummary(try GGUFParts(path: path))
        } catch {
            return GGUFSummary(unreadable: error)
        }
    }

    /// As ``inspect(path:)``, of bytes that are in memory already.
    public static func inspect(_ mapping: MappedFile) -> GGUFSummary {
        do throws(GGUFError) {
            return GGUFSummary(try GGUFParts(mapping: mapping))
        } catch {
            return GGUFSummary(unreadable: error)
        }
    }
}

extension GGUFSummary {
    fileprivate init(unreadable error: GGUFError) {
        self.init(
            path: error.path, parts: [], fileByteCount: nil, version: nil, alignment: nil, pairs: [], tensors: [],
            formats: [], parameterCount: 0, error: error, issues: [])
    }

    fileprivate init(_ parts: GGUFParts) {
        let tensors = parts.parsers.enumerated().flatMap { index, parser in
            let placed = Dictionary(parser.tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            return parser.declarations.map { Tensor($0, part: index, placed: placed[$0.name]) }
        }
        let formats = Self.totals(tensors)
        let first = parts.parsers[0]
        self.init(
            path: first.file.path,
            parts: parts.parsers.map { Part($0) },
            fileByteCount: parts.parsers.reduce(0) { $0 + $1.file.byteCount }, version: first.version,
            alignment: first.version == nil ? nil : first.alignment,
            pairs: first.metadata.keys.map { key in
                let value = first.metadata[key]
                return Pair(key: key.visible(), type: value?.typeName ?? "", value: value?.text() ?? "")
            },
            tensors: tensors, formats: formats,
            parameterCount: formats.reduce(0) { Self.sum($0, $1.parameterCount) },
            error: parts.problems.first,
            issues: parts.problems.dropFirst().map(\.description) + parts.remarks)
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

extension GGUFSummary.Part {
    fileprivate init(_ parser: GGUFParser) {
        // A key that makes no sense is a problem already, not a reason for a number that makes none.
        let index = parser.metadata["split.no"]?.integer.flatMap { (0..<MappedFile.limit).contains($0) ? $0 : nil }
        self.init(
            path: parser.file.path, number: (index ?? 0) + 1, byteCount: parser.file.byteCount,
            tensorCount: parser.declarations.count)
    }
}

extension GGUFSummary.Tensor {
    fileprivate init(_ declaration: GGUFTensorDeclaration, part: Int, placed: GGUFTensor?) {
        let shape = declaration.shape.map { Int(clamping: $0) }
        let isPlaced = placed.map { $0.shape == shape && $0.formatID == declaration.formatID } ?? false
        self.init(
            name: declaration.name.visible(), format: GGUFTensor.formatName(declaration.formatID),
            formatID: declaration.formatID, shape: shape, part: part, offset: isPlaced ? placed?.offset : nil,
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

extension GGUFParts {
    /// What is unusual without being wrong.
    fileprivate var remarks: [String] {
        var remarks: [String] = []
        let first = parsers[0]
        // Only the first part of a split model has its keys, and it may be the one that is missing.
        if first.version != nil, first.metadata["general.architecture"] == nil,
            first.metadata["split.no"]?.integer ?? 0 == 0
        {
            remarks.append("no key general.architecture: it can't be loaded as a model")
        }
        var unsupported: [UInt32: Int] = [:]
        for declaration in parsers.flatMap(\.declarations) where ck_format_find(declaration.formatID) == nil {
            unsupported[declaration.formatID, default: 0] += 1
        }
        for (id, count) in unsupported.sorted(by: { $0.key < $1.key }) {
            remarks.append("\(count) tensors of \(GGUFTensor.formatName(id)), which can't be computed with here")
        }
        guard unsupported.isEmpty, problems.isEmpty else { return remarks }
        for (index, parser) in parsers.enumerated() {
            let place = parsers.count > 1 ? "part \(index + 1): " : ""
            remarks += parser.unusedBytes.map { place + $0 }
        }
        return remarks
    }
}

extension GGUFParser {
    /// Of a sound file: the bytes that belong to no tensor.
    fileprivate var unusedBytes: [String] {
        guard let dataOffset else { return [] }
        var remarks: [String] = []
        let end = tensors.map { $0.offset + ($0.byteCount ?? 0) }.max() ?? dataOffset
        let used = tensors.reduce(0) { GGUFSummary.sum($0, $1.byteCount ?? 0) }
        let gaps = end - dataOffset - used
        if gaps >= alignment * max(tensors.count, 1) { remarks.append("\(gaps) unused bytes between tensors") }
        if file.byteCount - end >= alignment {
            remarks.append("\(file.byteCount - end) unused bytes after the last tensor")
        }
        return remarks
    }
}
