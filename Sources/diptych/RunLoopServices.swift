import Backends
import Chat
import InferenceCore
import ModelLibrary
import Playground
import Reports

/// What the playground's effects need of the rest of the program.
protocol PlaygroundServices: Sendable {
    /// Opens a model. Blocks; called on a thread of its own.
    func open(_ model: String, contextLength: Int?) throws -> any ChatBackend
    /// The models that can be had, and whether they fit. Blocks; called on a thread of its own.
    func listings(contextLength: Int?) throws -> [ModelListing]
    /// Fetches a model, and reports how far it is. Ends with `CancellationError` when the task is cancelled.
    func pull(_ id: CatalogEntry.ID, report: @escaping @Sendable (PullEvent) -> Void) async throws
}

/// The models of this machine, opened in this process. All of them share one set of workers.
struct LocalServices: PlaygroundServices {
    /// Tokens of context that "fits" is estimated for where nothing else is asked.
    private static let estimatedContextLength = 4096

    private let library: ModelLibrary
    private let runtime: Runtime
    private let cacheFormat: KVCacheFormat
    private let template: ChatTemplate?

    init(library: ModelLibrary, runtime: Runtime, cacheFormat: KVCacheFormat, template: ChatTemplate? = nil) {
        self.library = library
        self.runtime = runtime
        self.cacheFormat = cacheFormat
        self.template = template
    }

    func open(_ model: String, contextLength: Int?) throws -> any ChatBackend {
        let resolved = try library.resolve(model)
        return try LocalBackend.open(
            path: resolved.path, name: resolved.name, runtime: runtime, contextLength: contextLength,
            cacheFormat: cacheFormat, template: template)
    }

    func listings(contextLength: Int?) throws -> [ModelListing] {
        library.listings(contextLength: contextLength ?? Self.estimatedContextLength)
    }

    func pull(_ id: CatalogEntry.ID, report: @escaping @Sendable (PullEvent) -> Void) async throws {
        _ = try await library.pull(id) { progress in
            switch progress.phase {
            case .verifying: report(.verifying)
            case .done: break
            case .waiting, .checkingSpace, .downloading:
                report(
                    .progress(
                        Playground.PullProgress(
                            received: progress.bytes, total: progress.totalBytes,
                            bytesPerSecond: progress.bytesPerSecond,
                            timeLeft: progress.secondsLeft.map { .seconds($0) })))
            }
        }
    }
}
