import Reports

/// The models that can be had, and the pulls that are under way whether or not a dialog shows them.
public struct Library: Sendable, Equatable {
    /// One pull, until the user has seen how it ended.
    public enum Pull: Sendable, Equatable {
        case running(PullProgress)
        case verifying
        case failed(String)

        var isRunning: Bool {
            switch self {
            case .running, .verifying: true
            case .failed: false
            }
        }
    }

    /// Nil until they have been listed.
    public internal(set) var listings: [ModelListing]?
    /// Why the models can't be listed.
    public internal(set) var failure: String?
    public internal(set) var pulls: [CatalogEntry.ID: Pull] = [:]
    /// The panes that load a model as soon as its pull has finished.
    public internal(set) var awaitingPanes: [CatalogEntry.ID: Set<PaneID>] = [:]

    func listing(_ id: CatalogEntry.ID) -> ModelListing? { listings?.first { $0.id == id } }
}
