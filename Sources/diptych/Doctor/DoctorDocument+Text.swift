import ModelLibrary
import Reports

extension DoctorDocument.Model {
    init(_ entry: CatalogEntry, path: String?) {
        id = entry.id
        bytes = entry.bytes
        self.path = path
    }
}

extension DoctorDocument.Cache {
    init(_ folder: ModelFolder) {
        (tool, path, models, bytes) = (folder.tool, folder.path, folder.models, folder.bytes)
        unusableModels = folder.unusableModels
    }

    fileprivate var contents: String {
        let usable =
            models == 0 ? "no models" : "\(models) \(models == 1 ? "model" : "models"), \(ByteSize.text(bytes))"
        return usable + (unusableModels == 0 ? "" : "; \(unusableModels) can't be opened")
    }
}

extension DoctorDocument {
    /// The document for people.
    var text: String {
        [
            "diptych \(version)\n", machineTable,
            section("Directories", directories.map { [$0.name, $0.path.onOneLine, $0.state] }),
            section("Models", models.map { [$0.id, ByteSize.text($0.bytes), $0.path?.onOneLine ?? "not on disk"] }),
            caches.isEmpty
                ? nil : section("Caches found", caches.map { [$0.tool, $0.path.onOneLine, $0.contents] }),
            servers.isEmpty ? nil : section("Servers", servers.map { [$0.name, $0.url.onOneLine, $0.state] }),
            section("Programs", programs.map { [$0.name, $0.path?.onOneLine ?? "not found"] }),
            mend.isEmpty ? "Nothing to mend.\n" : section("To mend", mend.map { [$0.onOneLine] }),
        ]
        .compactMap { $0 }.joined(separator: "\n")
    }

    private var machineTable: String {
        var table = TextTable(.left)
        table.add("Processor", cpu.model?.onOneLine ?? "unknown")
        table.add("Instruction sets", cpu.features.joined(separator: " "))
        table.add("Kernels in use", cpu.variant)
        table.add("Threads", "\(cpu.threads)")
        table.add("Memory", "\(size(memory.available)) available of \(size(memory.total))")
        table.add("Terminal", terminal.sentence)
        return table.text
    }

    private func section(_ title: String, _ rows: [[String]]) -> String {
        var table = TextTable(.left)
        for row in rows { table.add(["  " + (row.first ?? "")] + row.dropFirst()) }
        return "\(title)\n\(table.text)"
    }

    private func size(_ bytes: Int?) -> String { bytes.map { ByteSize.text($0) } ?? "unknown" }
}

extension DoctorDocument.Server {
    fileprivate var state: String { problem == nil ? key.map { "key from \($0.onOneLine)" } ?? "no key" : "not usable" }
}

extension DoctorDocument.Directory {
    fileprivate var state: String {
        exists ? (isWritable ? "writable" : "not writable") : (isWritable ? "not made yet" : "can't be made")
    }
}

extension DoctorDocument.Terminal {
    fileprivate var sentence: String {
        let extent = columns.flatMap { columns in rows.map { "\(columns)x\($0)" } }
        return [
            isTerminal ? extent : "none here", "TERM \(term?.onOneLine ?? "not set")", "colours \(colors)",
            isUTF8 ? "UTF-8" : "not UTF-8",
        ]
        .compactMap { $0 }.joined(separator: ", ")
    }
}
