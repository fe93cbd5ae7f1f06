import ModelLibrary
import Reports
import Screen

extension ModelListDocument {
    /// Tables for people, and below them what doesn't fit into eighty columns.
    var text: String {
        let catalogued = models.filter { $0.licence != nil }
        let served = models.filter { $0.state == .served }
        let others = models.filter { $0.licence == nil && $0.state != .served }
        let usable = others.filter { $0.obstacle == nil }
        let parts = [
            catalogued.isEmpty ? "" : catalogue(catalogued), usable.isEmpty ? "" : table(of: usable),
            served.isEmpty ? "" : servers(of: served), obstacles(of: others.filter { $0.obstacle != nil }), remarks,
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func catalogue(_ models: [Model]) -> String {
        var table = TextTable(.left)
        table.add("MODEL", "SIZE", "STATE", "MEMORY", "LICENCE")
        for model in models {
            table.add(model.id, model.sizeText, model.stateText, model.memoryText, model.licence?.onOneLine ?? "")
        }
        return table.text
    }

    /// What was found besides: a line for the name, which may be long, and one for what is known of it.
    private func table(of models: [Model]) -> String {
        var table = TextTable(.left)
        table.add("  SIZE", "WEIGHTS", "FAMILY", "FORMAT", "CONTEXT", "MEMORY", "WHERE")
        for model in models {
            table.add(
                "  " + model.sizeText, model.parameters.map { ParameterCount.text($0) } ?? "",
                (model.architecture ?? "").onOneLine, (model.format ?? "").onOneLine,
                model.contextLength.map { "\($0)" } ?? "", model.memoryText, model.whereText)
        }
        let lines = table.text.split(separator: "\n", omittingEmptySubsequences: false)
        let rows = zip(models, lines.dropFirst()).map { model, line in "\(model.id.onOneLine)\n\(line)\n" }
        return "ALSO HERE\n\(lines[0])\n" + rows.joined()
    }

    /// What `config.yaml` says of models elsewhere; nobody was asked.
    private func servers(of models: [Model]) -> String {
        var table = TextTable(.left)
        table.add("ON A SERVER", "MODEL THERE", "SERVER")
        for model in models {
            table.add(model.id.onOneLine, model.title.onOneLine, (model.server ?? "").onOneLine)
        }
        return table.text
    }

    private func obstacles(of models: [Model]) -> String {
        guard !models.isEmpty else { return "" }
        let lines = models.map { model in
            let id = "\(model.id.onOneLine):"
            let reason = BriefReason.text((model.obstacle ?? "").onOneLine) { Self.twoLines("\(id) \($0)") != nil }
            return "  " + (Self.twoLines("\(id) \(reason)") ?? "\(id) \(reason)") + "\n"
        }
        return "Found, but not to be opened:\n" + lines.joined()
    }

    /// A text of one line or two, broken at a space; nil for a longer one. With an indentation of two they fit into eighty
    /// columns.
    private static func twoLines(_ text: String) -> String? {
        let lines = Wrap.lines(of: text, columns: 76)
        guard lines.count <= 2, lines.joined(separator: " ") == text else { return nil }
        return lines.joined(separator: "\n    ")
    }

    private var remarks: String {
        let defaults = models.compactMap { model in model.role.map { "the \($0.rawValue) model is \(model.id)" } }
        let notes = models.compactMap { model in model.note.map { "\(model.id): \($0.onOneLine)." } }
        let elsewhere = models.compactMap(\.elsewhere)
        let warning = models.contains { $0.fits == false } ? " (! is more than that)" : ""
        let lines =
            (defaults.isEmpty ? [] : ["Unless you name others, \(defaults.joined(separator: ",\n"))."])
            + notes + elsewhere + [
                "MEMORY is an estimate at \(contextLength) tokens of context;" + (warning.isEmpty ? " " : "\n")
                    + "\(ByteSize.text(availableBytes)) are free now\(warning).",
                "'diptych models pull MODEL' fetches a model into",
                "\(directory.onOneLine).",
            ]
            + self.notes.map { "Passed over: \($0.onOneLine)." }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension ModelListDocument.Model {
    fileprivate var sizeText: String { bytes.map { ByteSize.text($0) } ?? "" }

    fileprivate var memoryText: String {
        neededBytes.map { ByteSize.text($0) + (fits == false ? "!" : "") } ?? ""
    }

    fileprivate var stateText: String {
        switch state {
        case .onDisk: places?.first.map { $0.id == id ? "on disk" : "in \($0.tool)" } ?? "on disk"
        case .partial: "\(Int(100 * Double(partialBytes ?? 0) / Double(max(1, bytes ?? 1))))% here"
        case .remote: "not here"
        case .served: "served"
        }
    }

    fileprivate var whereText: String { (server ?? places?.first?.tool ?? "").onOneLine }

    /// The other names of the same weights.
    fileprivate var elsewhere: String? {
        let others = (places ?? []).map(\.id).filter { $0 != id }
        return others.isEmpty ? nil : "\(id.onOneLine) is also \(others.map(\.onOneLine).joined(separator: ", "))."
    }
}
