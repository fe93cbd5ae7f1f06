import Reports

extension State {
    mutating func list(_ listings: [ModelListing]) -> [Effect] {
        let chosen: ModelListing.ID? = if case .models(let picker) = dialog { self.chosen(in: picker)?.id } else { nil }
        library.listings = listings
        library.failure = nil
        // The line stays on its model.
        changePicker { [self] picker in
            picker.selected = rows(of: picker).firstIndex { $0.id == chosen } ?? picker.selected
        }
        return []
    }

    mutating func unlist(_ failure: String) -> [Effect] {
        library.failure = failure
        return []
    }

    /// Fetches a model, and opens it in a pane when it is here.
    mutating func startPull(_ listing: ModelListing, for pane: Int) -> [Effect] {
        library.awaitingPanes[listing.id, default: []].insert(panes[pane].id)
        guard library.pulls[listing.id]?.isRunning != true else { return [] }
        let received =
            if case .partial(let bytes) = listing.availability { bytes } else { 0 }
        library.pulls[listing.id] = .running(PullProgress(received: received, total: listing.bytes ?? 0))
        return [.pull(listing.id)]
    }

    mutating func stopPull(_ id: CatalogEntry.ID) -> [Effect] {
        guard library.pulls[id]?.isRunning == true else {
            library.pulls[id] = nil
            return []
        }
        return [.cancelPull(id)]
    }

    mutating func pull(_ id: CatalogEntry.ID, _ event: PullEvent) -> [Effect] {
        // A pull that has ended has nothing more to say.
        guard library.pulls[id]?.isRunning == true else { return [] }
        switch event {
        case .progress(let progress):
            library.pulls[id] = .running(progress)
            return []
        case .verifying:
            library.pulls[id] = .verifying
            return []
        case .finished:
            library.pulls[id] = nil
            let waiting = library.awaitingPanes.removeValue(forKey: id) ?? []
            guard !isOccupied else {
                // An answer that is being measured isn't disturbed.
                notice = Notice(kind: .success, text: "\(id) is here; F2 opens it.")
                return [.listModels]
            }
            notice = Notice(kind: .success, text: "\(id) is here.")
            let indices = waiting.compactMap { index(of: $0) }.sorted()
            return indices.flatMap { choose(id, for: $0) } + [.listModels]
        case .failed(let reason):
            library.pulls[id] = .failed(reason)
            library.awaitingPanes[id] = nil
            notice = Notice(kind: .failure, text: reason)
            return [.listModels]
        case .cancelled:
            library.pulls[id] = nil
            library.awaitingPanes[id] = nil
            return [.listModels]
        }
    }
}
