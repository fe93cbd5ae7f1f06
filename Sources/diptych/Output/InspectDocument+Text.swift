import Chat
import ModelLibrary

extension InspectDocument {
    /// The document for people.
    var text: String {
        [overview, partTable, metadataTable, formatTable, tensorTable, memoryTable, issueList]
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var overview: String {
        var facts = [path.onOneLine]
        if let version { facts.append("GGUF version \(version)") }
        if let fileBytes { facts.append(ByteSize.text(fileBytes)) }
        if parameters > 0 { facts.append("\(parameters) parameters") }
        return facts.joined(separator: ", ") + "\n"
    }

    private var partTable: String {
        guard let parts else { return "" }
        var table = TextTable()
        table.add("part", "tensors", "size")
        for part in parts { table.add(part.path.onOneLine, "\(part.tensors)", ByteSize.text(part.bytes)) }
        return table.text
    }

    private var metadataTable: String {
        metadata.map { "\($0.key.onOneLine) (\($0.type)) = \($0.value.onOneLine)\n" }.joined()
    }

    private var formatTable: String {
        guard !formats.isEmpty else { return "" }
        var table = TextTable()
        table.add("format", "tensors", "parameters", "size")
        for total in formats {
            table.add(total.format, "\(total.tensors)", "\(total.parameters)", ByteSize.text(total.bytes))
        }
        return table.text
    }

    private var tensorTable: String {
        guard !tensors.isEmpty else { return "" }
        var table = TextTable()
        let offset = parts == nil ? "offset" : "part: offset"
        table.add("tensor", "format", "shape", offset, "size")
        for tensor in tensors {
            let offset = tensor.offset.map(String.init) ?? FigureText.missing
            table.add(
                tensor.name.onOneLine, tensor.format, tensor.shape.map(String.init).joined(separator: " x "),
                tensor.part.map { "\($0): \(offset)" } ?? offset, FigureText.bytes(tensor.bytes))
        }
        return table.text
    }

    private var memoryTable: String {
        guard let memory else { return "" }
        var table = TextTable()
        table.add("memory, estimated at a context of \(memory.contextLength) tokens", ByteSize.text(memory.total))
        table.add("  weights", ByteSize.text(memory.weights))
        table.add("  KV cache and scratch", ByteSize.text(memory.kvCache))
        table.add("available now", ByteSize.text(memory.available))
        return table.text + (memory.fits ? "" : "The model does not fit.\n")
    }

    private var issueList: String {
        issues.map { "note: \($0.onOneLine)\n" }.joined()
    }
}
