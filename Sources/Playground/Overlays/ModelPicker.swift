import Reports

/// The dialog that gives a pane another model.
public struct ModelPicker: Sendable, Equatable {
    /// Index of the pane that the choice is for.
    public internal(set) var pane: Int
    /// Index of the chosen row.
    public internal(set) var selected = 0

    init(pane: Int) { self.pane = pane }
}

/// Whether a model fits beside those of the other panes. An estimate, and shown as one.
struct PairFit: Equatable {
    /// The other panes, as they are called.
    var others: [String]
    /// Weights, KV cache and scratch of all of them.
    var fit: Fit
    /// The largest model that would fit, where this one doesn't.
    var alternative: String?
}

extension State {
    /// Whether a listed model fits in a pane beside what the other panes hold; nil where there are no others, or it isn't
    /// known what they need.
    func pairFit(of listing: ModelListing, in pane: Int) -> PairFit? {
        let others = panes.indices.filter { $0 != pane }
        let needs = others.compactMap { neededBytes(of: panes[$0]) }
        guard !others.isEmpty, needs.count == others.count else { return nil }
        // What the open models hold besides their files isn't free, but is theirs already.
        let held = panes.reduce(0) { sum, pane in
            guard case .ready(_, let memory?) = pane.model else { return sum }
            return sum + memory.keyValueCache + memory.scratch + memory.repacked
        }
        let available = listing.fit.availableBytes + held
        let beside = needs.reduce(0, +)
        let fit = Fit(neededBytes: listing.fit.neededBytes + beside, availableBytes: available)
        var alternative: String?
        if !fit.fits {
            alternative =
                library.listings?.filter { $0.fit.neededBytes + beside <= available }
                .max { $0.fit.neededBytes < $1.fit.neededBytes }?.id
        }
        return PairFit(others: others.map { label($0) }, fit: fit, alternative: alternative)
    }

    /// What a pane's model needs: as listed, or as measured where it isn't.
    private func neededBytes(of pane: Pane) -> Int? {
        if let listing = library.listings?.first(where: { $0.isModel(of: pane) }) { return listing.fit.neededBytes }
        guard case .ready(let profile, let memory) = pane.model else { return nil }
        // What a server needs is nothing that this machine has to give.
        if profile.server != nil { return 0 }
        guard let fileBytes = profile.fileBytes else { return nil }
        return fileBytes + (memory.map { $0.keyValueCache + $0.scratch + $0.repacked } ?? 0)
    }
}
