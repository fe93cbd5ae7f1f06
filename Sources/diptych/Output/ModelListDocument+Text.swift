import ModelLibrary

extension ModelListDocument {
    /// A table for people, and below it what doesn't fit into eighty columns.
    var text: String {
        var table = TextTable(.left)
        table.add("MODEL", "SIZE", "STATE", "MEMORY", "LICENCE")
        for model in models {
            let memory = ByteSize.text(model.neededBytes) + (model.fits ? "" : "!")
            table.add(model.id, ByteSize.text(model.bytes), model.stateText, memory, model.licence.onOneLine)
        }
        let defaults = models.compactMap { model in model.role.map { "the \($0.rawValue) model is \(model.id)" } }
        let notes = models.compactMap { model in model.note.map { "\(model.id): \($0.onOneLine)." } }
        let warning = models.allSatisfy(\.fits) ? "" : " (! is more than that)"
        let lines =
            (defaults.isEmpty ? [] : ["Unless you name others, \(defaults.joined(separator: ",\n"))."])
            + notes + [
                "MEMORY is an estimate at \(contextLength) tokens of context;"
                    + " \(ByteSize.text(availableBytes)) are free now\(warning).",
                "'diptych models pull MODEL' fetches a model into",
                "\(directory.onOneLine).",
            ]
        return table.text + "\n" + lines.joined(separator: "\n") + "\n"
    }
}

extension ModelListDocument.Model {
    fileprivate var stateText: String {
        switch state {
        case .onDisk: "on disk"
        case .partial: "\(Int(100 * Double(partialBytes ?? 0) / Double(max(1, bytes))))% here"
        case .remote: "not here"
        }
    }
}
