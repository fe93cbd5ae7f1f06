import InferenceCore
import Reports

/// What can be had and what is here, as `models list` shows it.
public struct ModelSurvey: Sendable, Equatable {
    /// The catalog in its order, then what was found besides; what can't be opened last.
    public var listings: [ModelListing]
    /// What the machine can give now.
    public var availableBytes: Int
    /// What was passed over while looking, and why, one line each.
    public var notes: [String]
}

extension ModelLibrary {
    /// Every model of the catalog, and all that other tools and the user have on this machine: whether it fits in the
    /// memory that is free now with a context of so many tokens. Headers are read the first time; nothing is changed
    /// but this program's own cache.
    ///
    /// - Parameter isVerified: whether files of one size are read whole, a second or so a gigabyte, to see which of them
    ///   are the same. Otherwise only what is known of them counts.
    public func survey(contextLength: Int, isVerified: Bool = false) -> ModelSurvey {
        var notes: [String] = []
        if isVerified { notes += rememberHashes(of: discovery()) }
        let discovery = discovery()
        let available = availableBytes
        var memory = OutlineMemory(path: outlineMemoryPath)
        defer { memory.save() }
        let fitting = Fitting(contextLength: contextLength, availableBytes: available)
        var left = discovery.groups
        let catalogued = catalog.models.map { model in
            let index = left.firstIndex { Self.holds($0, model.entry) }
            return listing(of: model.entry, found: index.map { left.remove(at: $0) } ?? [], fitting, &memory)
        }
        let others = left.map { Self.listing(of: $0, fitting, &memory) }
        return ModelSurvey(
            listings: catalogued + others.filter { $0.obstacle == nil } + others.filter { $0.obstacle != nil },
            availableBytes: available, notes: notes + discovery.notes)
    }

    /// The rows of ``survey(contextLength:isVerified:)``.
    public func listings(contextLength: Int) -> [ModelListing] {
        survey(contextLength: contextLength).listings
    }

    /// Whether a group has the very file of the catalog.
    static func holds(_ group: [Discovery.Found], _ entry: CatalogEntry) -> Bool {
        group.contains { $0.model.digest == entry.sha256 && $0.model.path != nil && $0.model.bytes == entry.bytes }
    }

    private func listing(
        of entry: CatalogEntry, found: [Discovery.Found], _ fitting: Fitting, _ memory: inout OutlineMemory
    ) -> ModelListing {
        let files = files(of: entry)
        var places = found.map { $0.listedPlace }
        if files.isWhole {
            places.insert(
                ModelListing.Place(tool: OwnFolder.title, isOwn: true, id: entry.id, path: files.whole), at: 0)
        }
        let availability: ModelListing.Availability =
            if let path = places.first?.path {
                .onDisk(path: path)
            } else {
                files.keptBytes > 0 ? .partial(bytes: files.keptBytes) : .remote
            }
        var listing = ModelListing(entry: entry, availability: availability, fit: fitting.fit(of: entry))
        listing.places = places
        if let path = places.first?.path {
            let model = FoundModel(id: entry.id, title: entry.title, files: [path])
            if case .success(let outline) = memory.outline(of: model) { listing.take(outline) }
        }
        return listing
    }

    private static func listing(
        of group: [Discovery.Found], _ fitting: Fitting, _ memory: inout OutlineMemory
    ) -> ModelListing {
        let first = group[0]
        var listing = ModelListing(
            id: first.id, title: first.model.title, bytes: first.model.bytes,
            availability: first.model.isWhole
                ? .onDisk(path: first.model.files[0]) : .partial(bytes: first.model.bytes),
            obstacle: first.model.obstacle, places: group.map { $0.listedPlace })
        guard first.model.path != nil else { return listing }
        switch memory.outline(of: first.model) {
        case .success(let outline):
            listing.take(outline)
            listing.title = outline.name ?? first.model.title
            listing.obstacle = outline.obstacle
            if outline.obstacle == nil { listing.fit = fitting.fit(of: outline) }
        case .failure(let failure):
            listing.obstacle = failure.reason
        }
        return listing
    }

    /// Reads the files that may be the same as others, because they have the same size, and remembers their hashes.
    /// - Returns: what couldn't be read.
    private func rememberHashes(of discovery: Discovery) -> [String] {
        let single = discovery.groups.compactMap(\.first).filter { $0.model.files.count == 1 && $0.model.path != nil }
        var sizes = Dictionary(grouping: single, by: \.model.bytes).mapValues(\.count)
        for model in catalog.models { sizes[model.entry.bytes, default: 0] += 1 }
        return single.filter { sizes[$0.model.bytes] ?? 0 > 1 && $0.model.digest == nil }.compactMap { found in
            do {
                _ = try fingerprint(of: ResolvedModel(path: found.model.files[0], name: found.id))
                return nil
            } catch {
                return "\(found.model.files[0]): it can't be read to the end, so it may be listed twice"
            }
        }
    }
}

extension Discovery.Found {
    fileprivate var listedPlace: ModelListing.Place {
        ModelListing.Place(
            tool: place.title, isOwn: place.isOwn, id: id, path: model.files.first ?? "", system: model.system,
            parameters: model.parameters)
    }
}

extension ModelListing {
    fileprivate mutating func take(_ outline: ModelOutline) {
        architecture = outline.architecture.isEmpty ? nil : outline.architecture
        format = outline.format.isEmpty ? nil : outline.format
        contextLength = outline.contextLength
        isEncoder = outline.kind == .encoder
        parameters = parameters ?? outline.parameters
    }
}

/// What a model has to fit into.
private struct Fitting {
    let contextLength: Int
    let availableBytes: Int

    func fit(of entry: CatalogEntry) -> Fit {
        Fit(estimating: entry, contextLength: contextLength, availableBytes: availableBytes)
    }

    /// A context longer than the model was trained for isn't asked of it.
    func fit(of outline: ModelOutline) -> Fit {
        Fit(
            weights: outline.bytes, bytesPerToken: outline.cacheBytesPerToken,
            contextLength: min(contextLength, outline.contextLength ?? contextLength), availableBytes: availableBytes)
    }
}
