import Reports

/// The dialog that gives a pane another model.
public struct ModelPicker: Sendable, Equatable {
    /// Index of the pane that the choice is for.
    public internal(set) var pane: Int
    /// Index of the chosen row among those that match.
    public internal(set) var selected = 0
    /// The words that a row must have.
    public internal(set) var filter = ""
    /// Whether letters are added to the filter, or are keys.
    public internal(set) var isFiltering = false

    init(pane: Int) { self.pane = pane }

    mutating func type(_ character: Character) {
        guard isFiltering, !character.isNewline, filter.count < 40 else { return }
        filter.append(character)
        selected = 0
    }

    mutating func erase(all: Bool) {
        filter = all ? "" : String(filter.dropLast())
        selected = 0
    }
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
    /// The models that have every word of the picker's filter in what a row or its details say.
    func rows(of picker: ModelPicker) -> [ModelListing] {
        let words = picker.filter.lowercased().split(separator: " ")
        guard !words.isEmpty else { return library.listings ?? [] }
        return (library.listings ?? []).filter { listing in
            let text = listing.searchedText
            return words.allSatisfy { text.contains($0) }
        }
    }

    /// The listing that the picker's line is on.
    func chosen(in picker: ModelPicker) -> ModelListing? {
        let rows = rows(of: picker)
        return rows.indices.contains(picker.selected) ? rows[picker.selected] : nil
    }

    /// Changes the picker that is open.
    mutating func changePicker(_ change: (inout ModelPicker) -> Void) {
        guard case .models(var picker) = dialog else { return }
        change(&picker)
        picker.selected = min(max(0, picker.selected), max(0, rows(of: picker).count - 1))
        dialog = .models(picker)
    }

    /// Whether a listed model fits in a pane beside what the other panes hold; nil where there are no others, or it isn't
    /// known what they need.
    func pairFit(of listing: ModelListing, in pane: Int) -> PairFit? {
        let others = panes.indices.filter { $0 != pane }
        let needs = others.compactMap { neededBytes(of: panes[$0]) }
        guard let own = listing.fit, !others.isEmpty, needs.count == others.count else { return nil }
        // What the open models hold besides their files isn't free, but is theirs already.
        let held = panes.reduce(0) { sum, pane in
            guard case .ready(_, let memory?) = pane.model else { return sum }
            return sum + memory.keyValueCache + memory.scratch + memory.repacked
        }
        let available = own.availableBytes + held
        let beside = needs.reduce(0, +)
        let fit = Fit(neededBytes: own.neededBytes + beside, availableBytes: available)
        var alternative: String?
        if !fit.fits {
            let fitting = (library.listings ?? []).compactMap { other in other.fit.map { (other.id, $0.neededBytes) } }
                .filter { $0.1 + beside <= available }
            alternative = fitting.max { $0.1 < $1.1 }?.0
        }
        return PairFit(others: others.map { label($0) }, fit: fit, alternative: alternative)
    }

    /// What a pane's model needs: as listed, or as measured where it isn't.
    private func neededBytes(of pane: Pane) -> Int? {
        if let fit = library.listings?.first(where: { $0.isModel(of: pane) })?.fit { return fit.neededBytes }
        guard case .ready(let profile, let memory) = pane.model else { return nil }
        // What a server needs is nothing that this machine has to give.
        if profile.server != nil { return 0 }
        guard let fileBytes = profile.fileBytes else { return nil }
        return fileBytes + (memory.map { $0.keyValueCache + $0.scratch + $0.repacked } ?? 0)
    }
}

extension ModelListing {
    fileprivate var searchedText: String {
        let places = places.map { "\($0.tool) \($0.id)" }
        let known = [id, title, architecture, format, status.text, remark].compactMap { $0 }
        return (known + places).joined(separator: " ").lowercased()
    }
}
