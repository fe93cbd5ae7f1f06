import Chat
import Foundation
import Playground
import Recording
import Reports
import Synchronization

/// A recorded session in the place of models: each pane opens what was opened in it then, and answers what was
/// answered.
final class ReplayServices: PlaygroundServices {
    private let session: RecordedSession
    private let speed: ReplaySpeed
    /// How often each pane has been opened.
    private let openings = Mutex<[PaneID: Int]>([:])

    init(_ session: RecordedSession, speed: ReplaySpeed) {
        self.session = session
        self.speed = speed
    }

    func open(_ request: LoadRequest) throws -> any ChatBackend {
        let count = openings.withLock { openings in
            defer { openings[request.pane, default: 0] += 1 }
            return openings[request.pane, default: 0]
        }
        let recorded = session.panes.indices.filter { session.panes[$0].opening.pane == request.pane.number }
        guard recorded.indices.contains(count) else {
            throw CommandFailure(message: "\(request.model): not in the recording, which opens no other models")
        }
        return RecordedBackend(session, pane: recorded[count], speed: speed)
    }

    func file(of model: String) -> RecordedModelFile? { nil }

    func promptLibrary() -> (history: [String], starters: [StarterPrompt], complaints: [String]) { ([], [], []) }

    func remember(_ prompt: String) {}

    func listings(contextLength: Int?) -> [ModelListing] { [] }

    func pull(_ id: CatalogEntry.ID, report: @escaping @Sendable (PullEvent) -> Void) throws {
        throw CommandFailure(message: "\(id): a recording is shown, which fetches nothing")
    }
}
