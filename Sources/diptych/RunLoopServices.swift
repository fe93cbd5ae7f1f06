import Backends
import Chat
import Configuration
import Foundation
import InferenceCore
import ModelLibrary
import Playground
import Recording
import Reports

/// What the playground's effects need of the rest of the program.
protocol PlaygroundServices: Sendable {
    /// Opens a model. Blocks; called on a thread of its own.
    func open(_ request: LoadRequest) throws -> any ChatBackend
    /// Which file a MODEL is, for a record of what was compared. Blocks; called on a thread of its own.
    func file(of model: String) -> RecordedModelFile?
    /// The prompts of earlier times, and those to start from; with what is wrong with them. Blocks.
    func promptLibrary() -> (history: [String], starters: [StarterPrompt], complaints: [String])
    /// Adds a prompt to those of earlier times. Blocks.
    func remember(_ prompt: String) throws
    /// The models that can be had, and whether they fit. Blocks; called on a thread of its own.
    func listings(contextLength: Int?) throws -> [ModelListing]
    /// Fetches a model, and reports how far it is. Ends with `CancellationError` when the task is cancelled.
    func pull(_ id: CatalogEntry.ID, report: @escaping @Sendable (PullEvent) -> Void) async throws
}

/// The models of this machine, and those on servers. Those in this process share one set of workers.
struct ModelServices: PlaygroundServices {
    /// Tokens of context that "fits" is estimated for where nothing else is asked.
    private static let estimatedContextLength = 4096

    private let resolver: ModelResolver
    private let opener: ModelOpener
    private var library: ModelLibrary { resolver.library }

    init(resolver: ModelResolver, opener: ModelOpener) {
        self.resolver = resolver
        self.opener = opener
    }

    func open(_ request: LoadRequest) throws -> any ChatBackend {
        try opener.open(resolver.resolve(request.model), contextLength: request.settings.contextLength)
    }

    func file(of model: String) -> RecordedModelFile? {
        guard case .local(let resolved)? = try? resolver.resolve(model) else { return nil }
        let name = (resolved.path as NSString).lastPathComponent
        guard let fingerprint = try? library.fingerprint(of: resolved) else { return RecordedModelFile(name: name) }
        return RecordedModelFile(
            name: name, sha256: fingerprint.sha256,
            hashSource: RecordedModelFile.HashSource(rawValue: fingerprint.source.rawValue))
    }

    func promptLibrary() -> (history: [String], starters: [StarterPrompt], complaints: [String]) {
        let prompts = PromptLibrary(files: ShippedFiles(directories: library.directories))
        var complaints = prompts.complaints
        var history: [String] = []
        do {
            history = try PromptHistory(path: library.directories.historyFile).load()
        } catch {
            complaints.append(String(oneLine: error))
        }
        return (
            history,
            prompts.entries.map { StarterPrompt(task: $0.task, title: $0.title, text: $0.text) }, complaints
        )
    }

    func remember(_ prompt: String) throws {
        try PromptHistory(path: library.directories.historyFile).append(prompt)
    }

    func listings(contextLength: Int?) throws -> [ModelListing] {
        library.listings(contextLength: contextLength ?? Self.estimatedContextLength)
            + resolver.configuration.servers.map { ModelListing($0) }
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
