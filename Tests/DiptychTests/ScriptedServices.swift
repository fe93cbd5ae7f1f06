import Chat
import ChatTestSupport
import Playground
import Recording
import Reports
import Synchronization

@testable import diptych

/// Services that do what a test says.
final class ScriptedServices: PlaygroundServices {
    private struct Script {
        var open: @Sendable (String) throws -> any ChatBackend = { name in
            ScriptedBackend.answering(["hello"], profile: .scripted(name: name))
        }
        var pull: @Sendable (String, @Sendable (PullEvent) -> Void) async throws -> Void = { _, _ in }
        var opened: [String] = []
        var remembered: [String] = []
    }

    private let script = Mutex(Script())

    /// What was opened so far, oldest first.
    var opened: [String] { script.withLock { $0.opened } }
    /// The prompts that were to be remembered, oldest first.
    var remembered: [String] { script.withLock { $0.remembered } }

    func onOpen(_ open: @escaping @Sendable (String) throws -> any ChatBackend) { script.withLock { $0.open = open } }

    func onPull(_ pull: @escaping @Sendable (String, @Sendable (PullEvent) -> Void) async throws -> Void) {
        script.withLock { $0.pull = pull }
    }

    func open(_ model: String, contextLength: Int?) throws -> any ChatBackend {
        let open = script.withLock { script in
            script.opened.append(model)
            return script.open
        }
        return try open(model)
    }

    func listings(contextLength: Int?) throws -> [ModelListing] { [] }

    func file(of model: String) -> RecordedModelFile? { RecordedModelFile(name: model) }

    func promptLibrary() -> (history: [String], starters: [StarterPrompt], complaints: [String]) { ([], [], []) }

    func remember(_ prompt: String) throws { script.withLock { $0.remembered.append(prompt) } }

    func pull(_ id: CatalogEntry.ID, report: @escaping @Sendable (PullEvent) -> Void) async throws {
        try await script.withLock { $0.pull }(id, report)
    }
}
