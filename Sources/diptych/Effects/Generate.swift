import Chat
import Playground

/// Answers a request with a pane's model; every event carries the run's id.
struct Generate {
    var request: RunRequest

    func perform(in context: EffectContext) {
        let (id, chat) = (request.id, request.chat)
        guard let backend = context.backend(of: request.pane) else {
            context.post(.run(id, .failed("no model is open in this pane; choose one")))
            return
        }
        // The small model guesses for the large one.
        if let drafting = backend as? any DraftTaking {
            drafting.take(draftFrom: request.draftPane.flatMap { context.backend(of: $0) })
        }
        context.start(.run(id, pane: request.pane)) {
            do {
                for try await event in backend.respond(to: chat) { context.post(.run(id, .chat(event))) }
                context.post(.run(id, .ended))
            } catch is CancellationError {
                context.post(.run(id, .ended))
            } catch {
                context.post(.run(id, .failed(String(oneLine: error))))
            }
        }
    }
}
