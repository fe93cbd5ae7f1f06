import ModelLibrary

extension ModelListDocument {
    /// A table for people, and what its figures mean.
    var text: String {
        var table = TextTable(.left)
        table.add("MODEL", "SIZE", "STATE", "MEMORY", "LICENCE", "")
        for model in models {
            let memory = ByteSize.text(model.neededBytes) + (model.fits ? "" : "!")
            let notes = [model.role.map { "default \($0.rawValue)" }, model.note].compactMap { $0 }
            table.add(
                model.id, ByteSize.text(model.bytes), model.stateText, memory, model.licence.onOneLine,
                notes.joined(separator: "; ").onOneLine)
        }
        let warning = models.allSatisfy(\.fits) ? "" : " (! is more than that)"
        return table.text + """

            Memory is estimated for a context of \(contextLength) tokens; \(ByteSize.text(availableBytes)) are free\(warning).
            Models are in \(directory.onOneLine); 'diptych models pull MODEL' fetches one.

            """
    }
}

extension ModelListDocument.Model {
    fileprivate var stateText: String {
        switch state {
        case .onDisk: "on disk"
        case .partial: "\(100 * (partialBytes ?? 0) / max(1, bytes))% here"
        case .remote: "not here"
        }
    }
}
