import Chat
import Foundation
import Playground
import Recording
import Synchronization

/// Writes what happens in the playground into a session file, which begins with the first answer: a playground in which
/// nothing was asked leaves none.
final class SessionRecorder: Sendable {
    private struct Contents {
        var writer: SessionWriter?
        /// Models that were opened before the file began.
        var openings: [PaneID: PaneOpening] = [:]
        /// Panes that have had a model.
        var open: Set<PaneID> = []
        /// When each run began, from the start of the session.
        var starts: [RunID: Duration] = [:]
        var hasFailed = false
    }

    private let directory: String
    private let header: @Sendable () -> SessionHeader
    /// Tells the user, once, that nothing is recorded any more.
    private let onFailure: @Sendable (String) -> Void
    private let contents = Mutex(Contents())

    init(
        directory: String, header: @escaping @Sendable () -> SessionHeader,
        onFailure: @escaping @Sendable (String) -> Void
    ) {
        self.directory = directory
        self.header = header
        self.onFailure = onFailure
    }

    /// The file, once it has begun.
    var path: String? { contents.withLock { $0.writer?.path } }

    func paneOpened(_ request: LoadRequest, profile: ModelProfile, file: RecordedModelFile?) {
        var opening = PaneOpening(
            pane: request.pane.number, at: .zero, role: request.role, model: request.model, profile: profile,
            file: file,
            parameters: PaneParameters(
                contextLength: request.settings.contextLength,
                systemPrompt: request.settings.systemPrompt.isEmpty ? nil : request.settings.systemPrompt,
                sampling: request.settings.sampling))
        contents.withLock { contents in
            contents.open.insert(request.pane)
            guard let writer = contents.writer else {
                contents.openings[request.pane] = opening
                return
            }
            opening.at = writer.elapsed
            writer.append(.paneOpened(opening))
        }
    }

    func paneClosed(_ pane: PaneID) {
        contents.withLock { contents in
            contents.openings[pane] = nil
            // A pane whose model couldn't be opened isn't in the file.
            guard contents.open.remove(pane) != nil, let writer = contents.writer else { return }
            writer.append(.paneClosed(pane: pane.number, at: writer.elapsed))
        }
    }

    func runStarted(_ request: RunRequest) {
        contents.withLock { contents in
            begin(&contents)
            guard let writer = contents.writer else { return }
            let at = writer.elapsed
            contents.starts[request.id] = at
            writer.append(
                .runStarted(
                    RunStart(
                        run: request.id.number, pane: request.pane.number, turn: request.action,
                        purpose: RunStart.Purpose(request.kind), prompt: request.prompt, request: request.chat,
                        isConcurrent: request.isConcurrent, started: Date(), at: at)))
        }
    }

    func run(_ id: RunID, _ event: ChatEvent) {
        contents.withLock { contents in contents.writer }?.append(.event(run: id.number, event))
    }

    func runFailed(_ id: RunID, _ message: String) {
        end(id) { .failed(run: id.number, message: message, at: $0) }
    }

    func runCancelled(_ id: RunID) {
        end(id) { .cancelled(run: id.number, at: $0) }
    }

    func voted(_ vote: Playground.Vote) {
        guard let writer = contents.withLock({ $0.writer }) else { return }
        let outcome: Recording.Vote.Outcome =
            switch vote.choice {
            case .left: .won(pane: vote.left.number)
            case .right: .won(pane: vote.right.number)
            case .tie: .tie
            case .bothBad: .bothBad
            }
        writer.append(
            .vote(
                Recording.Vote(
                    prompt: vote.prompt, panes: [vote.left.number, vote.right.number], outcome: outcome,
                    at: writer.elapsed)))
    }

    func close() {
        contents.withLock { $0.writer }?.close()
    }

    private func end(_ id: RunID, _ record: (Duration) -> SessionRecord) {
        contents.withLock { contents in
            guard let writer = contents.writer, let start = contents.starts.removeValue(forKey: id) else { return }
            writer.append(record(writer.elapsed - start))
        }
    }

    /// Makes the file, and says in it which models are open.
    private func begin(_ contents: inout Contents) {
        guard contents.writer == nil, !contents.hasFailed else { return }
        do {
            let writer = try SessionWriter(directory: directory, header: header()) { [onFailure] failure in
                onFailure("\(failure)")
            }
            for opening in contents.openings.values.sorted(by: { $0.pane < $1.pane }) {
                writer.append(.paneOpened(opening))
            }
            contents.openings = [:]
            contents.writer = writer
        } catch {
            contents.hasFailed = true
            onFailure(String(oneLine: error))
        }
    }
}

extension RunStart.Purpose {
    init(_ kind: Turn.Kind) {
        self =
            switch kind {
            case .answer: .answer
            case .regeneration: .regeneration
            case .branch: .branch
            case .repeat: .repeat
            case .warmUp: .warmUp
            }
    }
}
