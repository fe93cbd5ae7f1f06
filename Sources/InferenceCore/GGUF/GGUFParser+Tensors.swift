import CKernels

/// A tensor as the file's list has it, before its place is known.
struct GGUFTensorDeclaration: Sendable, Equatable {
    let name: String
    let formatID: UInt32
    /// As stored: up to four sizes, of any value.
    let shape: [UInt64]
    /// Counted from the start of the tensor data.
    let offset: UInt64
}

extension GGUFParser {
    private static let dimensionLimit: UInt32 = 4

    mutating func parseDeclaration(_ index: Int) throws(GGUFError) {
        let name = try readName("tensor number \(index + 1), name")
        let dimensions = try cursor.read(UInt32.self, field: "tensor \(name), dimension count")
        guard (1...Self.dimensionLimit).contains(dimensions) else {
            throw cursor.malformed(
                "tensor \(name), dimension count", expected: "1 to \(Self.dimensionLimit)", found: "\(dimensions)")
        }
        var shape: [UInt64] = []
        for dimension in 0..<dimensions {
            shape.append(try cursor.read(UInt64.self, field: "tensor \(name), dimension \(dimension)"))
        }
        let formatID = try cursor.read(UInt32.self, field: "tensor \(name), format")
        let offset = try cursor.read(UInt64.self, field: "tensor \(name), offset")
        declarations.append(GGUFTensorDeclaration(name: name, formatID: formatID, shape: shape, offset: offset))
    }

    /// Finds where each tensor lies; those that make no sense are left out.
    mutating func placeTensors() {
        let excess = cursor.offset % alignment
        let dataOffset = excess == 0 ? cursor.offset : cursor.offset + alignment - excess
        self.dataOffset = dataOffset
        var names: Set<String> = []
        for declaration in declarations {
            guard names.insert(declaration.name).inserted else {
                note(cursor.malformed("tensor \(declaration.name)", expected: "each name once", found: "a second one"))
                continue
            }
            do throws(GGUFError) {
                tensors.append(try place(declaration, dataOffset: dataOffset))
            } catch {
                note(error)
            }
        }
        checkEnd()
        checkOverlaps()
    }

    private func place(_ declaration: GGUFTensorDeclaration, dataOffset: Int) throws(GGUFError) -> GGUFTensor {
        let field = "tensor \(declaration.name)"
        var elements = 1
        var shape: [Int] = []
        for size in declaration.shape {
            let (product, overflow) = elements.multipliedReportingOverflow(by: Int(exactly: size) ?? 0)
            guard !overflow, product > 0 else {
                let text = declaration.shape.map(String.init).joined(separator: " × ")
                throw cursor.malformed(
                    "\(field), shape", expected: "sizes from 1 on, with a product below 2^63", found: text)
            }
            elements = product
            shape.append(Int(size))
        }
        let byteCount = try byteCount(of: declaration, elements: elements, row: shape[0])
        let (offset, overflow) = dataOffset.addingReportingOverflow(Int(exactly: declaration.offset) ?? .max)
        guard !overflow, !offset.addingReportingOverflow(byteCount ?? 1).overflow else {
            throw cursor.malformed("\(field), offset", expected: "less than 2^63", found: "\(declaration.offset)")
        }
        guard declaration.offset.isMultiple(of: UInt64(alignment)) else {
            throw cursor.malformed(
                "\(field), offset", expected: "a multiple of \(alignment)", found: "\(declaration.offset)")
        }
        return GGUFTensor(
            name: declaration.name, formatID: declaration.formatID, shape: shape, offset: offset, byteCount: byteCount)
    }

    /// Nil for a format that can't be computed with here.
    private func byteCount(
        of declaration: GGUFTensorDeclaration, elements: Int, row: Int
    ) throws(GGUFError) -> Int? {
        guard let format = ck_format_find(declaration.formatID)?.pointee else { return nil }
        let blockSize = Int(format.block_size)
        guard row.isMultiple(of: blockSize) else {
            throw cursor.malformed(
                "tensor \(declaration.name), shape",
                expected: "rows of a multiple of \(blockSize) values (\(GGUFTensor.formatName(declaration.formatID)))",
                found: "\(row)")
        }
        let (byteCount, overflow) = (elements / blockSize).multipliedReportingOverflow(by: Int(format.block_bytes))
        guard !overflow else {
            throw cursor.malformed(
                "tensor \(declaration.name), shape", expected: "less than 2^63 bytes", found: "more")
        }
        return byteCount
    }

    /// A download that was cut short is the most common damage: says how much is missing.
    private mutating func checkEnd() {
        let ends = tensors.map { $0.offset + ($0.byteCount ?? 1) }
        guard let end = ends.max(), end > file.byteCount, let first = ends.firstIndex(where: { $0 > file.byteCount })
        else { return }
        note(
            GGUFError(
                .truncated, path: file.path, field: "tensor \(tensors[first].name)",
                expected: "a file of at least \(end) bytes",
                found: "\(file.byteCount) bytes, \(end - file.byteCount) are missing",
                remedy: "the file was cut short; pull it again"))
    }

    private mutating func checkOverlaps() {
        let order = tensors.sorted { $0.offset < $1.offset }
        for (first, second) in zip(order, order.dropFirst())
        where first.offset + (first.byteCount ?? 1) > second.offset {
            note(
                cursor.malformed(
                    "tensor \(second.name), offset", expected: "to begin after tensor \(first.name.visible()) ends",
                    found: "both at byte \(second.offset)"))
        }
    }
}
